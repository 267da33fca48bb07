package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations as other programs write them at their worst, re-created from public bug reports. */
class OtherToolsTest {
  private static final String BOX = "0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n";

  @TempDir Path folder;

  /** Roboflow, Ultralytics, CVAT and Darknet lay their files out so. */
  @ParameterizedTest
  @CsvSource({
    "data.yaml, train/labels/x.txt, train/labels",
    "data.yaml, train/labels/x.txt, train",
    "data.yaml, labels/train/x.txt, labels/train",
    "dataset.yml, set/labels/x.txt, set/labels",
    "obj.names, obj_train_data/x.txt, obj_train_data",
    "obj.names, obj_train_data/x.txt, .",
    "obj.names, obj_train_data/sub/x.txt, obj_train_data/sub",
    "_darknet.labels, train/x.txt, train",
    "cells.names, labels/x.txt, labels",
    "smears.yaml, train/labels/x.txt, train/labels",
    "classes.txt, labels/x.txt, labels/x.txt"
  })
  void namesLieAboveTheBoxes(String names, String boxes, String source) throws IOException {
    String place = names.startsWith("_") ? "train/" + names : names;
    write(place, names.contains(".y") ? "names: [coccus, rod]\n" : "coccus\nrod\n");
    write("train.txt", "data/obj_train_data/x.png\n");
    write("obj.data", "classes = 2\n");
    write(boxes, BOX);
    Annotations read = read(folder.resolve(source));
    assertThat(read.boxes()).extracting(Box::label).containsExactly("coccus", "rod");
    assertThat(read.bad()).isEmpty();
    assertThat(read.notes()).first().asString().contains("class names come from", names);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "names: ['E. coli, wt', \"gram #2\"]\n",
        "names:\n- 'E. coli, wt'\n- \"gram #2\"\n",
        "nc: 2\nnames: {0: 'E. coli, wt', 1: 'gram #2'}\n",
        "names: [\n  'E. coli, wt',\n  'gram #2'] # two lines\n",
        "names:\n  1: gram#2\n  0: \"E. coli, wt\"\n",
        "%YAML 1.2\n---\nnames: &a\n  - E. coli, wt\n  - 'gram #2'\nother: *a\n",
        "\uFEFFnames:\r\n  0: E. coli, wt\r\n  1: \"gram \\x232\"\r\n"
      })
  void namesAsYamlAllowsThem(String yaml) throws IOException {
    write("data.yaml", yaml);
    Annotations read = read(write("x.txt", BOX));
    assertThat(read.boxes())
        .extracting(Box::label)
        .containsExactly("E. coli, wt", yaml.contains("gram#2") ? "gram#2" : "gram #2");
  }

  @Test
  void otherYamlIsNoError() throws IOException {
    write("environment.yml", "name: torch\ndependencies: [pip: [torch]]\n");
    write("broken.yaml", "names: [\n");
    assertThat(read(write("x.txt", BOX)).notes()).first().asString().contains("no class names");
    write("one.yaml", "names: [coccus, rod]\n");
    assertThat(read(folder.resolve("x.txt")).boxes()).extracting(Box::label).contains("rod");
    write("same.yaml", "nc: 2\nnames: {0: coccus, 1: rod}\n");
    assertThat(read(folder.resolve("x.txt")).boxes()).hasSize(2);
    write("two.yaml", "names: [rod, coccus]\n");
    assertThatThrownBy(() -> read(folder.resolve("x.txt")))
        .hasMessageContaining("one.yaml")
        .hasMessageContaining("two.yaml name classes differently");
  }

  @Test
  void namesThatYamlWouldTakeForSomethingElseStayAsWritten() throws IOException {
    write("data.yaml", "names: [no, 1.0, 0x1F, ~, 2001-01-01]\n");
    Annotations read = read(write("x.txt", "0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n3 .5 .5 .1 .1\n"));
    assertThat(read.boxes()).extracting(Box::label).containsExactly("no", "1.0", "~");
  }

  @Test
  void outlinesBecomeTheirBoundingBoxes() throws IOException {
    write("classes.txt", "rod\n");
    write("x.txt", "0 0.2 0.2 0.4 0.25 0.3 0.4\n0 0.5 0.5 0.2 0.2 0.913\n");
    write("y.txt", "0.0 0.1 0.1 0.3 0.1 0.3 0.2 0.1 0.2\n0 0 0 1 0 1 1.0002 0 1 .5\n");
    write("z.txt", "0 0.1 0.2 0.3\n0 12 10 30 10 30 40\n0 1 1 1 1 1 1\n");
    Annotations read = read(folder);
    assertThat(read.boxes())
        .extracting(box -> round(box.left()) + " " + round(box.top()) + " " + round(box.width()))
        .containsExactly("200 200 200", "400 400 200", "100 100 200", "0 0 1000");
    assertThat(read.bad())
        .hasSize(3)
        .anySatisfy(reason -> assertThat(reason).contains("z.txt, line 1", "found 4 words"))
        .anySatisfy(reason -> assertThat(reason).contains("z.txt, line 2", "pixels, keypoints"))
        .anySatisfy(reason -> assertThat(reason).contains("z.txt, line 3", "empty"));
    assertThat(read.notes())
        .contains(
            "of outlines the bounding boxes are taken: 4",
            "a last number of lines is taken for a confidence and passed over: 2");
  }

  @Test
  void posesAreToldFromOutlinesByTheirYaml() throws IOException {
    write("data.yaml", "kpt_shape: [2, 3]\nnames: [rod]\n");
    Annotations read = read(write("x.txt", "0 .5 .5 .2 .4 .1 .1 2 .9 .9 2\n"));
    assertThat(read.boxes()).singleElement().extracting(Box::width).isEqualTo(0.2);
    assertThat(read.notes()).contains("keypoints of poses are passed over: 1");
  }

  @ParameterizedTest
  @CsvSource({
    "'C:\\Users\\me\\imgs\\x 1.png', Users/me/imgs/x 1.png",
    "'/data/imgs/x.png', data/imgs/x.png",
    "'..\\..\\label-studio\\media\\upload\\4\\x.png', label-studio/media/upload/4/x.png",
    "'\\\\server\\share\\x.png', server/share/x.png",
    "'a/../../x.png', x.png",
    "'file:///home/me/x.png', home/me/x.png",
    "'C:x.png', x.png"
  })
  void namesFromAnotherMachine(String written, String name) throws IOException {
    String json = written.replace("\\", "\\\\");
    write("boxes.json", coco("{\"id\": 1, \"file_name\": \"" + json + "\"}", "\"id\": 3"));
    write("boxes.csv", "image,x,y,width,height\n\"" + written + "\",0,0,1,1\n");
    write(
        "boxes.xml",
        ("<annotation><filename>%s</filename><object><name>a</name><bndbox><xmin>1</xmin><ymin>1</ymin>"
                + "<xmax>2</xmax><ymax>2</ymax></bndbox></object></annotation>")
            .formatted(written));
    for (String file : List.of("boxes.json", "boxes.csv", "boxes.xml")) {
      Annotations read = read(folder.resolve(file));
      assertThat(read.boxes()).singleElement().extracting(Box::image).isEqualTo(name);
      assertThat(read.notes())
          .last()
          .asString()
          .contains("a path from another machine", written, "found by the end of that path");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"id\": 3, \"category_id\": \"1\", \"image_id\": 1.0, \"iscrowd\": false",
        "\"id\": 3.0, \"category_id\": 1.0, \"image_id\": \"1\", \"iscrowd\": 0.0",
        "\"id\": \"3\", \"category_id\": \"1.0\", \"image_id\": 1, \"iscrowd\": \"0\"",
        "\"id\": null, \"iscrowd\": null, \"area\": NaN, \"score\": -Infinity",
        "\"iscrowd\": \"False\", \"segmentation\": {\"counts\": \"x\"}, \"area\": \"?\"",
        "\"iscrowd\": NaN, \"bbox\": [\"0\", \" 0.0\", \"1\", \"1\"]"
      })
  void typesOfScripts(String fields) throws IOException {
    Annotations read =
        read(
            write(
                "boxes.json",
                coco(
                    "{\"id\": 1, \"file_name\": \"x.png\", \"width\": 96.0, \"height\": \"96\"}",
                    fields)));
    assertThat(read.boxes()).singleElement().extracting(Box::label).isEqualTo("rod");
    assertThat(read.sizes()).containsValue(new Annotations.Size(96, 96));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\": 3, \"iscrowd\": \"maybe\" | annotation 3: iscrowd is maybe; expected 0, 1, false or true",
        "\"id\": 3, \"iscrowd\": 2 | annotation 3: iscrowd is 2",
        "\"id\": 3, \"category_id\": [1] | annotation 3: category_id is [1]; expected a number or a text",
        "\"id\": 3, \"image_id\": 1.5 | annotation 3: no image has the image_id 1.5",
        "\"id\": true | annotation number 0: id is true",
        "\"id\": 3, \"image_id\": NaN | annotation 3: no image has the image_id NaN"
      })
  void whatTheResultDependsOnIsRefusedByName(String fields, String message) throws IOException {
    Path file = write("boxes.json", coco("{\"id\": 1, \"file_name\": \"x.png\"}", fields));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("java");
  }

  @Test
  void idsOfAnnotationsMayRepeat() throws IOException {
    String images = "{\"id\": 1, \"file_name\": \"x.png\"}";
    String second = "}, {\"id\": 0, \"image_id\": 1, \"category_id\": 1, \"bbox\": ";
    Annotations read =
        read(
            write(
                "boxes.json",
                coco(images, "\"id\": 0" + second + "[5, 5, 1, 1]" + second + "[0, 0, 1, 1.0]")));
    assertThat(read.boxes())
        .extracting(Box::place)
        .containsExactly("annotation 0", "annotation 0 (number 1)");
    assertThat(read.notes())
        .contains(
            "annotations whose id another one has too: 2",
            "annotations that are there twice, word by word, and are read once: 1");
  }

  @Test
  void tablesOfKerasRetinanet() throws IOException {
    Annotations read =
        read(
            write(
                "a.csv",
                "images\\s0.png,20,20,50,48,rod\nimages\\s1.png,20.5,20,50,48,rod\ns2.png,,,,,\n"));
    assertThat(read.boxes())
        .containsExactly(
            new Box("images/s0.png", "rod", 20, 20, 30, 28, false, null, "line 1"),
            new Box("images/s1.png", "rod", 20.5, 20, 29.5, 28, false, null, "line 2"));
    assertThat(read.bad()).isEmpty();
    assertThat(read.notes())
        .containsExactly(
            "the table has no header; its columns are image, x1, y1, x2, y2, class",
            "lines of images without a box: 1");
    Annotations empty = read(write("b.csv", "s2.png,,,,,\ns0.png,1,2,3,4,rod\n"));
    assertThat(empty.boxes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, ;", "UTF-16LE, ;", "UTF-16BE, ;", "UTF-16LE, '\t'"})
  void tablesOfExcel(String charset, String separator) throws IOException {
    String table =
        "\uFEFFBild;image;x;y;width;height;label\r\n0;s0ä.png;20,5;-2,25;30,0;28;rod\r\n"
            .replace(";", separator);
    Path file = folder.resolve("b.csv");
    Files.write(file, table.getBytes(Charset.forName(charset)));
    Annotations read = read(file);
    assertThat(read.boxes())
        .containsExactly(new Box("s0ä.png", "rod", 20.5, -2.25, 30, 28, false, null, "line 2"));
    assertThat(read.notes()).containsExactly("numbers with a decimal comma: 3");
  }

  @Test
  void tablesWhoseNumbersCannotBeToldAreRefused() throws IOException {
    assertThat(read(write("a.csv", "image;x;y;width;height\na.png;1.234,5;0;1;1\n")).bad())
        .singleElement()
        .asString()
        .contains("line 2: '1.234,5' is no number");
    assertThatThrownBy(() -> read(write("b.csv", "a.png,1,2,3,4\n")))
        .hasMessageContaining("expected a header");
  }

  private static long round(double share) {
    return Math.round(share * 1000);
  }

  /** One annotation of one image; its fields replace the usual ones. */
  private static String coco(String image, String fields) {
    StringBuilder annotation = new StringBuilder("{").append(fields);
    for (String usual :
        List.of("\"image_id\": 1", "\"category_id\": 1", "\"bbox\": [0, 0, 1, 1]")) {
      String name = usual.substring(0, usual.indexOf(':') + 1);
      String last = fields.substring(fields.lastIndexOf('{') + 1);
      if (!last.contains(name)) {
        annotation.append(", ").append(usual);
      }
    }
    String first = annotation.append('}').toString();
    if (fields.contains("}, {")) { // the first of several lacks the usual ones
      first =
          first.replaceFirst(
              "\\}, \\{", ", \"image_id\": 1, \"category_id\": 1, \"bbox\": [0, 0, 1, 1]}, {");
    }
    return "{\"images\": [%s], \"categories\": [{\"id\": 1, \"name\": \"rod\"}], \"annotations\": [%s]}"
        .formatted(image, first);
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
