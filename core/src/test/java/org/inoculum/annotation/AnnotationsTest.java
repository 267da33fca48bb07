package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format in hand-made files; the expected boxes were computed by hand from its definition. */
class AnnotationsTest {
  @TempDir Path folder;

  @Test
  void coco() throws IOException {
    Path file =
        write(
            "boxes.json",
            """
            {"info": {"year": 2024, "more": [1, {"deep": []}]},
             "annotations": [
               {"id": 7, "image_id": 2, "category_id": 1, "bbox": [10, 20.5, 30, 40],
                "segmentation": [[1, 2, 3, 4, 5, 6]], "area": 1200, "iscrowd": 0},
               {"id": 8, "image_id": 2, "category_id": 5, "bbox": [0, 0, 3, 4], "iscrowd": 1},
               {"image_id": "1", "category_id": 5, "bbox": [1, 2, 3, 4]}],
             "images": [
               {"id": 1, "file_name": "a/x.png", "width": 640, "height": 480, "license": 3},
               {"id": 2, "file_name": ".\\\\b\\\\y.tif"}],
             "categories": [
               {"id": 1, "name": "neutrophil", "supercategory": "cell"}, {"id": 5, "name": "other"}]}
            """);
    Annotations read = read(file);
    assertThat(read.format()).isEqualTo(BoxFormat.COCO);
    assertThat(read.boxes())
        .containsExactly(
            pixels("b/y.tif", "neutrophil", 10, 20.5, 30, 40, "annotation 7"),
            pixels("a/x.png", "other", 1, 2, 3, 4, "annotation number 2"));
    assertThat(read.sizes()).isEqualTo(Map.of("a/x.png", new Annotations.Size(640, 480)));
    assertThat(read.notes()).containsExactly("regions of crowds (iscrowd) left out: 1");
    assertThat(read.bad()).isEmpty();
  }

  @Test
  void yoloWithNamesInAFile() throws IOException {
    write("labels/x.txt", "1 0.5 0.25 0.1 0.2\n\n0 0.1\t0.1 0.2 0.2\r\n");
    write("labels/slide/y.txt", "0 0.5 0.5 1 1");
    write("labels/empty.txt", "");
    write("labels/classes.txt", "rod\ncoccus\n");
    Annotations read = read(folder.resolve("labels"));
    assertThat(read.format()).isEqualTo(BoxFormat.YOLO);
    assertThat(read.boxes().stream().map(Box::image)).containsExactly("slide/y", "x", "x");
    assertThat(read.boxes().stream().map(Box::label)).containsExactly("rod", "coccus", "rod");
    assertThat(read.boxes().stream().map(Box::place))
        .containsExactly("slide/y.txt, line 1", "x.txt, line 1", "x.txt, line 3");
    assertThat(read.notes().get(0)).contains("class names come from", "classes.txt");
    // A centre at (0.5, 0.25) of 200 x 100 pixels, 0.1 x 0.2 of them large.
    Box second = read.boxes().get(1).inPixels(200, 100);
    assertThat(second.left()).isEqualTo(90);
    assertThat(second.top()).isEqualTo(15);
    assertThat(second.width()).isEqualTo(20);
    assertThat(second.height()).isEqualTo(20);
    assertThat(second.relative()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path: .\nnc: 2\nnames: [rod, 'coc cus'] # two\ntrain: a\n",
        "names:\n  - rod\n  - \"coc cus\"\nnc: 2\n",
        "# a comment\nnames:\n- rod\n- coc cus\n",
        "train: x\nnames:\n  1: coc cus\n\n  0: rod # first\nnc: 2\n"
      })
  void yoloWithNamesInYaml(String yaml) throws IOException {
    write("set/data.yaml", yaml);
    write("set/labels/train/x.txt", "0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n2 .5 .5 .1 .1\n");
    Annotations read = read(folder.resolve("set/labels/train"));
    assertThat(read.boxes().stream().map(Box::label)).containsExactly("rod", "coc cus");
    assertThat(read.bad())
        .singleElement()
        .asString()
        .startsWith("x.txt, line 3: class 2 has no name in ");
  }

  @Test
  void yoloWithoutNames() throws IOException {
    write("data.yaml", "names: [not, mine]\n");
    Path file = write("boxes/x.txt", "17 .5 .5 .1 .1\n");
    assertThat(read(file).boxes().get(0).label()).isEqualTo("17");
    assertThat(read(folder.resolve("boxes")).notes())
        .singleElement()
        .asString()
        .contains("no class names were found", "called by their numbers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "names: names.txt\n",
        "names:\n  0: a\n  0: b\n",
        "nc: 1\n",
        "names:\n  x\n",
        "names: [a, [b]]\n",
        "names: [a, '']\n",
        "names: {rod: 0}\n",
        "names: [a\n",
        "names: [a]\nnames: [b]\n",
        "- a\n",
        "",
        "a: &x [rod]\nnames: *x\n",
        "a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\nnames: [rod]\n"
      })
  void refusesOtherYaml(String yaml) throws IOException {
    write("data.yaml", yaml);
    assertBad(write("x.txt", "0 .5 .5 .1 .1\n"), "data.yaml");
  }

  @Test
  void voc() throws IOException {
    write(
        "one.xml",
        """
        <?xml version="1.0"?>
        <annotation verified="yes">
          <folder>elsewhere</folder><filename>x.jpg</filename><path>/home/someone/x.jpg</path>
          <size><width>640</width><height>480</height><depth>3</depth></size>
          <object>
            <name> WBC &amp; more </name><pose>Unspecified</pose>
            <bndbox><ymin>1</ymin><xmin>11</xmin><xmax>20</xmax><ymax>40.5</ymax></bndbox>
            <part><name>nucleus</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part>
          </object>
          <object><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>
          <object><name>RBC</name><bndbox><xmin>5</xmin><ymin>5</ymin><xmax>5</xmax></bndbox></object>
        </annotation>
        """);
    write(
        "deep/two.xml",
        "<annotation><object><name>RBC</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>1</xmax>"
            + "<ymax>1</ymax></bndbox></object></annotation>");
    Annotations read = read(folder);
    assertThat(read.format()).isEqualTo(BoxFormat.VOC);
    // Pixels count from 1 and both corners belong to the box.
    assertThat(read.boxes())
        .containsExactlyInAnyOrder(
            pixels("deep/two", "RBC", 0, 0, 1, 1, "deep/two.xml, object in line 1"),
            pixels("x.jpg", "WBC & more", 10, 0, 10, 40.5, "one.xml, object in line 5"));
    assertThat(read.sizes()).isEqualTo(Map.of("x.jpg", new Annotations.Size(640, 480)));
    assertThat(read.bad())
        .hasSize(2)
        .anySatisfy(reason -> assertThat(reason).contains("one.xml, object in line 10", "name"))
        .anySatisfy(reason -> assertThat(reason).contains("one.xml, object in line 11", "NaN"));
    assertThat(read(folder.resolve("one.xml")).boxes().get(0).place())
        .isEqualTo("object in line 5");
  }

  @Test
  void csv() throws IOException {
    Annotations read =
        read(
            write(
                "boxes.csv",
                "\uFEFFFilename, X,Y,Width,Height,Class,patient\r\n"
                    + "\"a, b.png\",1,2,3,4,\"the \"\"rod\"\"\",P1\r\n"
                    + "\r\n"
                    + "c.png,1.5,-2,3e1,4,rod,P2\r\n"),
            "patient");
    assertThat(read.format()).isEqualTo(BoxFormat.CSV);
    assertThat(read.boxes())
        .containsExactly(
            new Box("a, b.png", "the \"rod\"", 1, 2, 3, 4, false, "P1", "line 2"),
            new Box("c.png", "rod", 1.5, -2, 30, 4, false, "P2", "line 4"));
  }

  @Test
  void csvOfCornersBetweenTabsOrSemicolons() throws IOException {
    // As TensorFlow's tables: width and height are the image's.
    Annotations read =
        read(
            write(
                "t.tsv",
                "filename\twidth\theight\tclass\txmin\tymin\txmax\tymax\na.png\t64\t48\trod\t1\t2\t5\t8\n"));
    assertThat(read.boxes()).containsExactly(pixels("a.png", "rod", 1, 2, 4, 6, "line 2"));
    assertThat(read.sizes()).isEqualTo(Map.of("a.png", new Annotations.Size(64, 48)));
    Annotations bare = read(write("semicolons", "image;x_min;y_min;x_max;y_max\na.png;1;2;5;8\n"));
    assertThat(bare.boxes()).containsExactly(pixels("a.png", "", 1, 2, 4, 6, "line 2"));
  }

  @Test
  void boxesOfNonsenseAreNamedAndCounted() throws IOException {
    Annotations read =
        read(
            write(
                "boxes.csv",
                """
                image,x,y,width,height,label
                a.png,NaN,0,1,1,rod
                a.png,0,1e308,1,1,rod
                a.png,0,0,-3,1,rod
                a.png,0,0,1,0,rod
                a.png,0,0,Infinity,1,rod
                a.png,0,0,one,1,rod
                a.png,0,0,1,1,
                a.png,0,0,1,1,rod
                """));
    assertThat(read.boxes()).hasSize(1);
    assertThat(read.bad())
        .hasSize(7)
        .contains(
            "line 4: is empty or turned inside out (x 0.0, y 0.0, width -3.0, height 1.0)",
            "line 7: 'one' is no number",
            "line 8: the class is empty");
    assertThat(read.bad().get(0)).startsWith("line 2: is no box of finite numbers");
    assertThat(read.bad().get(1)).contains("1.0E308");
  }

  @ParameterizedTest
  @CsvSource({
    "a.json, {}, COCO",
    "a.xml, <annotation/>, VOC",
    "a.txt, 0 1 1 1 1, YOLO",
    "boxes, '{\"images\": 1}', COCO",
    "boxes, <annotation/>, VOC",
    "boxes.txt, 'image,x,y,width,height', CSV"
  })
  void formatsAreTold(String name, String content, BoxFormat format) throws IOException {
    assertThat(BoxFormats.find(write(name, content))).isEqualTo(format);
  }

  @Test
  void formatsThatCannotBeTold() throws IOException {
    assertBad(write("boxes.dat", "hello"), "--boxes-format");
    write("a.txt", "0 1 1 1 1");
    write("a.xml", "<annotation/>");
    assertBad(folder, "both .txt files (YOLO) and .xml files (Pascal VOC)");
    assertThat(Annotations.read(folder, BoxFormat.YOLO, null, BoxLimits.DEFAULT).boxes())
        .hasSize(1);
    assertBad(Files.createDirectory(folder.resolve("none")), "neither .txt files");
    assertBad(folder.resolve("missing.csv"), "no such file");
    assertThatThrownBy(() -> read(folder.resolve("a.xml"), "patient"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("--group-column");
  }

  private static Box pixels(
      String image, String label, double x, double y, double w, double h, String place) {
    return new Box(image, label, x, y, w, h, false, null, place);
  }

  private static Annotations read(Path source) {
    return read(source, null);
  }

  private static Annotations read(Path source, @org.jspecify.annotations.Nullable String column) {
    return Annotations.read(source, null, column, BoxLimits.DEFAULT);
  }

  private static void assertBad(Path source, String... words) {
    assertThatThrownBy(() -> read(source))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .satisfies(e -> assertThat(e.getMessage()).contains(List.of(words)));
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
