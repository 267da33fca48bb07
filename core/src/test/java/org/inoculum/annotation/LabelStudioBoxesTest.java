package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

/** JSON as Label Studio exports it. */
class LabelStudioBoxesTest {
  @TempDir Path folder;

  /** As Label Studio 1.x exports "JSON". */
  @Test
  void asLabelStudioExportsIt() throws IOException {
    Path file =
        write(
            """
            [{"id": 12, "annotations": [
               {"id": 3, "completed_by": 1, "result": [
                  {"original_width": 640, "original_height": 480, "image_rotation": 0,
                   "value": {"x": 12.5, "y": 25.0, "width": 50.0, "height": 12.5, "rotation": 0, "rectanglelabels": ["rod"]},
                   "id": "aB3", "from_name": "label", "to_name": "image", "type": "rectanglelabels", "origin": "manual"},
                  {"original_width": 640, "original_height": 480, "image_rotation": 0,
                   "value": {"points": [[25, 25], [50, 25], [50, 75]], "closed": true, "polygonlabels": ["coccus"]},
                   "id": "aB4", "from_name": "polygon", "to_name": "image", "type": "polygonlabels", "origin": "manual"},
                  {"value": {"choices": ["good"]}, "id": "aB5", "from_name": "c", "to_name": "image", "type": "choices"}],
                "was_cancelled": false, "ground_truth": false, "lead_time": 21.1},
               {"id": 4, "result": [], "was_cancelled": false}],
              "file_upload": "0a1b2c3d-a.png", "drafts": [], "predictions": [],
              "data": {"image": "\\/data\\/upload\\/1\\/0a1b2c3d-a.png"}, "meta": {}, "project": 1}]
            """);
    Annotations read = read(file);
    assertThat(read.format()).isEqualTo(BoxFormat.LABEL_STUDIO);
    String image = "data/upload/1/a.png";
    assertThat(read.boxes())
        .containsExactly(
            new Box(image, "rod", 0.125, 0.25, 0.5, 0.125, true, null, "task 12, result number 0"),
            new Box(
                image, "coccus", 0.25, 0.25, 0.25, 0.5, true, null, "task 12, result number 1"));
    assertThat(read.sizes()).isEqualTo(Map.of(image, new Annotations.Size(640, 480)));
    assertThat(read.notes())
        .startsWith(
            "of outlines the bounding boxes are taken: 1",
            "further annotations of a task, by other persons, left out: 1",
            "results that are neither boxes nor polygons left out: 1");
  }

  @ParameterizedTest
  @CsvSource({
    "/data/local-files/?d=set%20one/a.png, set one/a.png",
    "s3://bucket/set/a.png, bucket/set/a.png",
    "https://host/x/0a1b2c3d-a.png, host/x/0a1b2c3d-a.png",
    "/data/upload/0a1b2c3d-a.png, data/upload/a.png"
  })
  void namesOfImages(String written, String image) throws IOException {
    assertThat(read(write(task("'rotation': 0").replace("a.png", written))).boxes().get(0).image())
        .isEqualTo(image);
  }

  /** A box of 200 x 100 pixels at (100, 100) of 1000 x 500, turned about that corner. */
  @Test
  void turnedBoxes() throws IOException {
    Annotations read =
        read(write(task("'rotation': 90, 'x': 10, 'y': 20, 'width': 20, 'height': 20")));
    Box box = read.boxes().get(0).inPixels(1000, 500);
    assertThat(box.left()).isCloseTo(0, within(1e-9));
    assertThat(box.top()).isCloseTo(100, within(1e-9));
    assertThat(box.width()).isCloseTo(100, within(1e-9));
    assertThat(box.height()).isCloseTo(200, within(1e-9));
    assertThat(read.notes())
        .containsExactly("of turned boxes the upright bounding boxes are taken: 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'x': null | no box of finite numbers",
        "'width': NaN | no box of finite numbers",
        "'width': 0 | is empty",
        "'rectanglelabels': [] | expected one label",
        "'rectanglelabels': ['a', 'b'] | expected one label",
        "'rectanglelabels': [' '] | its label is empty"
      })
  void resultsOfNonsense(String value, String reason) throws IOException {
    assertThat(read(write(task(value))).bad())
        .singleElement()
        .asString()
        .startsWith("task 1, result number 0: ")
        .contains(reason);
  }

  @Test
  void polygonsOfNonsense() throws IOException {
    String json = task("'polygonlabels': ['a'], 'points': [[1, 2, 3]]");
    assertThat(read(write(json.replace("'type': 'rectangle", "'type': 'polygon"))).bad())
        .singleElement()
        .asString()
        .contains("no list of points");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[1]",
        "[{'id': 1}]",
        "[{'id': 1, 'image': '/a.png', 'label': []}]",
        "[{'annotations': []}]",
        "[{'annotations': [], 'data': {'image': {}}}]",
        "[{'annotations': [], 'data': {'image': '?d=%zz'}}]",
        "[{'annotations': 1, 'data': {'image': 'a.png'}}]",
        "[{'annotations': [], 'data': {'image': 'a'}}, {'annotations': [], 'data': {'image': 'a'}}]",
        "[{'annotations': [{'was_cancelled': 'x'}], 'data': {'image': 'a.png'}}]",
        "[{'annotations': [[[["
      })
  void filesOfNonsense(String json) throws IOException {
    Path file = write(json);
    assertThatThrownBy(
            () -> Annotations.read(file, BoxFormat.LABEL_STUDIO, null, BoxLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tasks.json");
  }

  /** A task with one box, of which some fields of the value are others. */
  private static String task(String value) {
    StringBuilder fields = new StringBuilder(value);
    for (String usual :
        new String[] {
          "'x': 1", "'y': 2", "'width': 3", "'height': 4", "'rectanglelabels': ['a']"
        }) {
      if (!value.contains(usual.substring(0, usual.indexOf(':') + 1))) {
        fields.append(", ").append(usual);
      }
    }
    return "[{'id': 1, 'data': {'image': 'a.png'}, 'annotations': [{'result': [{'type': 'rectanglelabels', 'original_width': 1000, 'original_height': 500, 'value': {"
        + fields
        + "}}]}]}]";
  }

  private static Annotations read(Path source) {
    return Annotations.read(source, null, null, BoxLimits.DEFAULT);
  }

  private Path write(String json) throws IOException {
    return Files.write(
        folder.resolve("tasks.json"), json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
