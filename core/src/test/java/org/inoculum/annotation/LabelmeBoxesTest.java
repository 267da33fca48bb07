package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON files as labelme writes them. */
class LabelmeBoxesTest {
  @TempDir Path folder;

  /** As labelme 5.4 saves it, with the image inside. */
  @Test
  void asLabelmeSavesIt() throws IOException {
    write(
        "set/a.json",
        """
        {
          "version": "5.4.1",
          "flags": {},
          "shapes": [
            {"label": "rod", "points": [[10.5, 20.0], [30.0, 22.0], [15.0, 41.5]], "group_id": null, "description": "", "shape_type": "polygon", "flags": {}, "mask": null},
            {"label": "coccus", "points": [[50.0, 40.0], [44.0, 30.0]], "group_id": null, "description": "", "shape_type": "rectangle", "flags": {}, "mask": null},
            {"label": "coccus", "points": [[50.0, 40.0], [53.0, 44.0]], "group_id": null, "description": "", "shape_type": "circle", "flags": {}, "mask": null},
            {"label": "rod", "points": [[3.0, 4.0], [6.0, 4.0]], "group_id": null, "description": "", "shape_type": "mask", "flags": {}, "mask": "iVBORw0KGgo="},
            {"label": "tip", "points": [[3.0, 4.0]], "group_id": null, "description": "", "shape_type": "point", "flags": {}, "mask": null}
          ],
          "imagePath": "..\\\\images\\\\a.png",
          "imageData": "%s",
          "imageHeight": 480,
          "imageWidth": 640
        }
        """
            .formatted("iVBORw0KGgo".repeat(20_000)));
    Files.write(folder.resolve("set/a.png"), new byte[0]);
    Annotations read = read(folder.resolve("set"));
    assertThat(read.format()).isEqualTo(BoxFormat.LABELME);
    String place = "a.json, shape number ";
    String image = "images/a.png";
    assertThat(read.boxes())
        .containsExactly(
            new Box(image, "rod", 10.5, 20, 19.5, 21.5, false, null, place + 0),
            new Box(image, "coccus", 44, 30, 6, 10, false, null, place + 1),
            new Box(image, "coccus", 45, 35, 10, 10, false, null, place + 2),
            new Box(image, "rod", 3, 4, 4, 1, false, null, place + 3));
    assertThat(read.sizes()).isEqualTo(Map.of(image, new Annotations.Size(640, 480)));
    assertThat(read.bad()).isEmpty();
    assertThat(read.notes())
        .startsWith(
            "of outlines the bounding boxes are taken: 1",
            "points and lines, which have no area, left out: 1");
  }

  /** As labelme 3 saved it: no shape_type, no sizes; and new corners of rectangles. */
  @Test
  void otherVersions() throws IOException {
    Path file =
        write(
            "b.json",
            "{\"shapes\": [{\"label\": \"rod\", \"line_color\": null, \"fill_color\": null, \"points\": [[1, 2], [3, 2], [3, 7]]},"
                + "{\"label\": \"rod\", \"shape_type\": \"rectangle\", \"points\": [[1, 2], [3, 2], [3, 7], [1, 7]]}]}");
    Annotations read = read(file);
    assertThat(read.boxes())
        .containsExactly(
            new Box("b", "rod", 1, 2, 2, 5, false, null, "shape number 0"),
            new Box("b", "rod", 1, 2, 2, 5, false, null, "shape number 1"));
    assertThat(read.sizes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | without a label",
        "{'label': 7, 'points': [[1, 2]]} | without a label",
        "{'label': 'a'} | no list of points",
        "{'label': 'a', 'points': [[1, 2, 3]]} | no list of points",
        "{'label': 'a', 'points': 'x'} | no list of points",
        "{'label': 'a', 'points': [[NaN, 2], [3, 4], [5, 6]]} | no box of finite numbers",
        "{'label': 'a', 'points': [[1, 2], [1, 4]]} | is empty",
        "{'label': 'a', 'points': [[1, 2], [1, 2]], 'shape_type': 'circle'} | is empty",
        "{'label': 'a', 'points': [[1, 2]], 'shape_type': 'circle'} | a circle of 1 points",
        "{'label': 'a', 'points': [[1, 2]], 'shape_type': 'rectangle'} | a rectangle of 1 points",
        "{'label': 'a', 'points': [[1, 2]], 'shape_type': {}} | a {} of 1 points"
      })
  void shapesOfNonsense(String shape, String reason) throws IOException {
    Path file = write("a.json", ("{'shapes': [" + shape + "]}").replace('\'', '"'));
    assertThat(read(file).bad())
        .singleElement()
        .asString()
        .startsWith("shape number 0: ")
        .contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'imagePath': 'a.png'}",
        "{'shapes': 1}",
        "{'shapes': [1]}",
        "{'shapes': [], 'imagePath': {}}",
        "{'shapes': [], 'imagePath': '..'}",
        "{'shapes': [], 'imageWidth': 'wide'}",
        "{'shapes': [{'points': [[[[[",
        "[]",
        ""
      })
  void filesOfNonsense(String json) throws IOException {
    Path file = write("a.json", json.replace('\'', '"'));
    assertThatThrownBy(() -> Annotations.read(file, BoxFormat.LABELME, null, BoxLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.json");
  }

  private static Annotations read(Path source) {
    return Annotations.read(source, null, null, BoxLimits.DEFAULT);
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
