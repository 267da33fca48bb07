package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GeoJSON as QuPath writes it. */
class QuPathBoxesTest {
  /** As QuPath 0.5 exports a FeatureCollection: an annotation, a detection, two parts, a point. */
  private static final String EXPORTED =
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","id":"16c2d6c5-2f3b-4d0e-a1f0-8c5c0b1a7d11","geometry":{"type":"Polygon","coordinates":[[[120,80],[180,80],[180,140.5],[120,140.5],[120,80]],[[130,90],[140,90],[140,100],[130,90]]]},
       "properties":{"objectType":"annotation","name":"one","classification":{"name":"Tumor","color":[200,0,0]},"isLocked":true}},
      {"type":"Feature","id":"PathDetectionObject","geometry":{"type":"Polygon","coordinates":[[[10.5,20],[14,20],[14,25.25],[10.5,20]]]},
       "nucleusGeometry":{"type":"Polygon","coordinates":[[[11,21],[12,21],[12,22],[11,21]]]},
       "properties":{"objectType":"cell","classification":{"names":["Tumor","Positive"],"color":[1,2,3]},"measurements":{"Nucleus: Area":12.5,"x":NaN}}},
      {"type":"Feature","id":"3","geometry":{"type":"MultiPolygon","coordinates":[[[[1,2],[3,2],[3,4],[1,2]]],[[[7,8],[9,8],[9,10],[7,8]]]]},"properties":{"objectType":"annotation"}},
      {"type":"Feature","id":"4","geometry":{"type":"Point","coordinates":[5,6]},"properties":{"objectType":"annotation"}}]}
      """;

  @TempDir Path folder;

  @Test
  void asQuPathExportsIt() throws IOException {
    write("boxes/slide 1.ome.tif.geojson", EXPORTED);
    Annotations read = read(folder.resolve("boxes"));
    assertThat(read.format()).isEqualTo(BoxFormat.QUPATH);
    String image = "slide 1.ome.tif";
    String place = image + ".geojson, feature number ";
    assertThat(read.boxes())
        .containsExactly(
            new Box(image, "Tumor", 120, 80, 60, 60.5, false, null, place + 0),
            new Box(image, "Tumor Positive", 10.5, 20, 3.5, 5.25, false, null, place + 1),
            new Box(image, "unclassified", 1, 2, 8, 8, false, null, place + 2));
    assertThat(read.bad()).isEmpty();
    assertThat(read.notes())
        .containsExactly(
            "of outlines the bounding boxes are taken: 3",
            "points and lines, which have no area, left out: 1",
            "objects without a class, which are called 'unclassified': 1");
  }

  /** As QuPath 0.2 wrote it: a list, and classes that are joined by a colon. */
  @Test
  void aListOfFeatures() throws IOException {
    Path file =
        write(
            "a.json",
            "[{\"type\": \"Feature\", \"id\": \"PathAnnotationObject\", \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[1, 2], [4, 2], [4, 7], [1, 2]]]}, \"properties\": {\"classification\": {\"name\": \"Immune: CD3\", \"colorRGB\": -377282}, \"isLocked\": false}}]");
    Annotations read = read(file);
    assertThat(read.format()).isEqualTo(BoxFormat.QUPATH);
    assertThat(read.boxes())
        .containsExactly(new Box("a", "Immune CD3", 1, 2, 3, 5, false, null, "feature number 0"));
  }

  @Test
  void outlinesOfManyPoints() throws IOException {
    Path file =
        write(
            "a.geojson",
            "{\"features\": [{\"geometry\": {\"coordinates\": [[[1, 2]"
                + ", [7, 9]".repeat(50_000)
                + "]], \"type\": \"Polygon\"}}]}");
    assertThat(read(file).boxes().get(0).height()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | its geometry is none",
        "{'type': 'GeometryCollection', 'geometries': []} | its geometry is GeometryCollection",
        "{'coordinates': [[1, 2]]} | its geometry is null",
        "{'type': 'Polygon'} | are no points",
        "{'type': 'Polygon', 'coordinates': []} | are no points",
        "{'type': 'Polygon', 'coordinates': [[[1, 2, 3]]]} | are no points",
        "{'type': 'Polygon', 'coordinates': [[1, 2], {'a': 1}]} | are no points",
        "{'type': 'Polygon', 'coordinates': {'counts': [1], 'size': [1, 1]}} | are no points",
        "{'type': 'Polygon', 'coordinates': [[NaN, 2], [3, 4]]} | no box of finite numbers",
        "{'type': 'Polygon', 'coordinates': [[1e999, 2], [3, 4]]} | no box of finite numbers",
        "{'type': 'Polygon', 'coordinates': [[1, 2], [3, 2]]} | is empty"
      })
  void objectsOfNonsense(String geometry, String reason) throws IOException {
    write(
        "boxes/a.geojson",
        ("{'type': 'FeatureCollection', 'features': [{'geometry': " + geometry + "}]}")
            .replace('\'', '"'));
    assertThat(read(folder.resolve("boxes")).bad())
        .singleElement()
        .asString()
        .startsWith("a.geojson, feature number 0: ")
        .contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'FeatureCollection'}",
        "{'features': {}}",
        "{'features': [1]}",
        "{'features': [{'geometry': 1}]}",
        "{'features': [{'geometry': {'coordinates': [[[",
        "[1]",
        "[] []",
        ""
      })
  void filesOfNonsense(String json) throws IOException {
    Path file = write("a.geojson", json.replace('\'', '"'));
    assertThatThrownBy(() -> Annotations.read(file, BoxFormat.QUPATH, null, BoxLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.geojson");
  }

  @Test
  void twoFilesOfOneImage() throws IOException {
    write("boxes/a.geojson", "{\"features\": []}");
    write("boxes/a.json", "[]");
    assertThatThrownBy(
            () ->
                Annotations.read(
                    folder.resolve("boxes"), BoxFormat.QUPATH, null, BoxLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("are both of 'a'");
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
