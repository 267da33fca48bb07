package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.inoculum.UserException;
import org.inoculum.image.Effort;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are made to harm: each is refused by the one typed error, with little time and memory.
 */
class HostileAnnotationsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"images\": [], \"categories\": []}",
        "{\"images\": {}, \"categories\": [], \"annotations\": []}",
        "{\"images\": [1], \"categories\": [], \"annotations\": []}",
        "{\"images\": null, \"categories\": [], \"annotations\": []}",
        "{\"images\": [{\"id\": 1}], \"categories\": [], \"annotations\": []}",
        "{\"images\": [{\"file_name\": \"a\"}], \"categories\": [], \"annotations\": []}",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a\"}, {\"id\": 1, \"file_name\": \"b\"}], \"categories\": [], \"annotations\": []}",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a\"}, {\"id\": 2, \"file_name\": \"a\"}], \"categories\": [], \"annotations\": []}",
        "{\"images\": [{\"id\": {}, \"file_name\": \"a\"}], \"categories\": [], \"annotations\": []}",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a\", \"width\": \"wide\"}], \"categories\": [], \"annotations\": []}",
        "{\"images\": [{\"id\": 1, \"id\": 2, \"file_name\": \"a\"}], \"categories\": [], \"annotations\": []}",
        "{\"images\": [], \"images\": [], \"categories\": [], \"annotations\": []}",
        "{\"images\": [], \"categories\": [{\"id\": 1}], \"annotations\": []}",
        "{\"images\": [], \"categories\": [{\"id\": 1, \"name\": \"a\"}, {\"id\": 1, \"name\": \"b\"}], \"annotations\": []}",
        "{\"images\": [], \"categories\": [], \"annotations\": [{\"id\": 1, \"bbox\": [0, 0, 1, 1]}]}",
        "{\"images\": [], \"categories\": [], \"annotations\": []} {}",
        "{\"images\": [], \"categories\": [], \"annotations\": [",
        "{\"images\": [], \"categories\": [], \"annotations\": [NaN]}"
      })
  void cocoThatLacksWhatItNeeds(String json) throws IOException {
    refused(write("boxes.json", json), "boxes.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0, 0, 1] | four numbers",
        "[0, 0, 1, null] | four numbers",
        "null | four numbers",
        "[0, 0, 1e308, 1] | no box of finite numbers",
        "[0, 0, 1e999, 1] | no box of finite numbers",
        "[-1e300, 0, 1, 1] | no box of finite numbers",
        "[0, 0, -1, 1] | empty or turned inside out",
        "[0, 0, 1, 0] | empty or turned inside out"
      })
  void cocoBoxesOfNonsense(String box, String reason) throws IOException {
    Path file = write("boxes.json", coco("\"bbox\": " + box));
    assertThat(Annotations.read(file, null, null, BoxLimits.DEFAULT).bad())
        .singleElement()
        .asString()
        .startsWith("annotation 3: ")
        .contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b.png",
        "..\\\\secret.png",
        "C:\\\\Windows\\\\x.png",
        "\\\\\\\\server\\\\share\\\\x.png"
      })
  void namesThatLeadOutOfTheFolderLeadNowhere(String name) throws IOException {
    Path json = write("boxes.json", coco("\"bbox\": [0, 0, 1, 1]").replace("a.png", name));
    Path csv =
        write(
            "boxes.csv",
            "image,x,y,width,height\n\"" + name.replace("\\\\", "\\") + "\",0,0,1,1\n");
    for (Path file : List.of(json, csv)) {
      Annotations read = Annotations.read(file, null, null, BoxLimits.DEFAULT);
      assertThat(read.boxes().get(0).image())
          .doesNotContain("..", "\\", ":")
          .doesNotStartWith("/")
          .isNotEmpty();
      assertThat(read.notes()).last().asString().contains("another machine or folder");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/..", "/", "C:", "a/", "./."})
  void namesOfNothing(String name) throws IOException {
    refused(
        write("boxes.json", coco("\"bbox\": [0, 0, 1, 1]").replace("a.png", name)),
        "image 1",
        "expected an image's name");
    refused(
        write("boxes.csv", "image,x,y,width,height\n\"" + name + "\",0,0,1,1\n"),
        "line 2",
        "expected an image's name");
  }

  @Test
  void xmlThatReadsOtherFiles() throws IOException {
    Path secret = write("secret.txt", "0 0.5 0.5 0.1 0.1");
    String entity =
        "<!DOCTYPE annotation [<!ENTITY x SYSTEM \""
            + secret.toUri()
            + "\">]>"
            + "<annotation><filename>&x;</filename></annotation>";
    refused(write("a.xml", entity), "a.xml, line 1", "DOCTYPE");
    refused(
        write("b.xml", "<!DOCTYPE annotation SYSTEM \"http://127.0.0.1:9/x.dtd\"><annotation/>"),
        "DOCTYPE");
    refused(write("c.xml", "<annotation><filename>&x;</filename></annotation>"), "c.xml");
  }

  @Test
  void xmlThatGrows() throws IOException {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE annotation [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
    }
    refused(
        write("a.xml", laughs + "]><annotation><filename>&l29;</filename></annotation>"),
        "DOCTYPE");
    refused(write("b.xml", "<annotation>" + "<a>".repeat(100_000)), "more than 32 deep");
    refused(
        write("c.xml", "<annotation><filename>" + "x".repeat(70_000) + "</filename></annotation>"),
        "more than 65536 characters");
    refused(
        write("d.xml", "<annotation><filename>a</filename><filename>b</filename></annotation>"),
        "'filename' is there twice");
    refused(write("e.xml", "<OME><Image/></OME>"), "expected an element 'annotation'");
  }

  @Test
  void xmlOfOneImageTwice() throws IOException {
    write("set/a.xml", "<annotation><filename>x.png</filename></annotation>");
    write("set/b.xml", "<annotation><filename>x.png</filename></annotation>");
    refused(folder.resolve("set"), "a.xml", "b.xml", "are both of 'x.png'");
  }

  @Test
  void linesWithoutEnd() throws IOException {
    byte[] much = new byte[1 << 20];
    Arrays.fill(much, (byte) 'x');
    for (String name : new String[] {"a.csv", "a.txt", "a.json", "a.xml", "boxes"}) {
      Path file = folder.resolve(name);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        String start =
            switch (name) {
              case "a.json" -> "{\"images\": [{\"id\": \"";
              case "a.xml" -> "<annotation a='";
              default -> "image,x,y,width,height";
            };
        out.write(start.getBytes(StandardCharsets.US_ASCII));
        int mebibytes = name.equals("a.csv") || name.equals("a.json") ? 100 : 7;
        for (int i = 0; i < mebibytes; i++) {
          out.write(much);
        }
      }
      refused(file, name);
      Files.delete(file);
    }
  }

  @Test
  void listsWithoutEnd() throws IOException {
    refused(
        write("a.json", coco("\"bbox\": [0" + ",0".repeat(5_000_000) + "]")),
        "an element has more than 10000 parts");
    refused(write("b.json", "[".repeat(1_000_000)), "b.json");
    refused(write("c.json", coco("\"segmentation\": " + "[".repeat(1_000_000))), "c.json");
  }

  @Test
  void limitsAreNamed() throws IOException {
    Path csv = write("a.csv", "image,x,y,width,height\n" + "a.png,0,0,1,1\n".repeat(11));
    refused(csv, new BoxLimits(1000, 10), "more than 10 boxes or images (--max-crops");
    refused(csv, new BoxLimits(100, 20), "over the limit of 100 (--max-annotation-bytes)");
    assertThat(Annotations.read(csv, null, null, new BoxLimits(1000, 11)).boxes()).hasSize(11);
    // Boxes of nonsense count too.
    Path bad = write("bad.csv", "image,x,y,width,height\n" + "a.png,?,0,1,1\n".repeat(11));
    refused(bad, new BoxLimits(1000, 10), "more than 10 boxes or images (--max-crops");
    for (int i = 0; i < 11; i++) {
      write("set/" + i + ".txt", "0 .5 .5 .1 .1\n");
    }
    refused(
        folder.resolve("set"),
        new BoxLimits(1000, 10),
        "more than 10 boxes or images (--max-crops");
    refused(folder.resolve("set"), new BoxLimits(100, 20), "bytes of annotations, over the limit");
  }

  @Test
  void tablesThatAreNone() throws IOException {
    refused(write("a.csv", ""), "a.csv, line 0", "expected a header");
    refused(write("b.csv", "image,x,y\n"), "expected a header");
    refused(write("c.csv", "image,x,y,width,height\na.png,1,1,1\n"), "line 2", "5 columns");
    refused(write("d.csv", "image,x,y,width,height\n\"a.png,1,1,1,1\n"), "line 2", "not closed");
    Path latin = folder.resolve("e.csv");
    Files.write(
        latin, "image,x,y,width,height\nä.png,1,1,1,1\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(latin, "UTF-8");
    assertThatThrownBy(
            () ->
                Annotations.read(
                    write("f.csv", "image,x,y,width,height\n"), null, "slide", BoxLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no column is called 'slide'")
        .hasMessageContaining("image, x, y, width, height");
  }

  /** Valid files of each format with a few bytes changed: read or refused, nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.json",
        "outline.json",
        "runs.json",
        "a.geojson",
        "labelme.json",
        "studio.json",
        "cvat.xml",
        "a.xml",
        "a.csv",
        "a.txt"
      })
  void damagedFiles(String name) throws IOException {
    String valid =
        switch (name) {
          case "a.json" -> coco("\"bbox\": [0, 0, 12.5, 1]");
          case "outline.json" -> coco("\"segmentation\": [[0, 0, 12.5, 1, 4, 7], [1, 2, 3, 4]]");
          case "a.geojson" ->
              "{\"features\": [{\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[1, 2], [3, 2], [3, 4]]]}, \"properties\": {\"classification\": {\"name\": \"rod\"}}}]}";
          case "labelme.json" ->
              "{\"shapes\": [{\"label\": \"rod\", \"points\": [[1, 2], [3, 4]], \"shape_type\": \"circle\"}], \"imagePath\": \"a.png\", \"imageHeight\": 480, \"imageWidth\": 640}";
          case "studio.json" ->
              "[{\"id\": 1, \"data\": {\"image\": \"a.png\"}, \"annotations\": [{\"result\": [{\"type\": \"rectanglelabels\", \"original_width\": 640, \"original_height\": 480, \"value\": {\"x\": 1, \"y\": 2, \"width\": 3, \"height\": 4, \"rotation\": 5, \"rectanglelabels\": [\"rod\"]}}]}]}]";
          case "cvat.xml" ->
              "<annotations><image name='a.png' width='9' height='9'><box label='rod' xtl='1' ytl='2' xbr='3' ybr='4'/><polygon label='rod' points='1,2;3,4.5'/></image></annotations>";
          case "runs.json" ->
              coco("\"segmentation\": {\"counts\": [29, 3, 14, 1, 16], \"size\": [9, 7]}")
                  .replace(
                      "]}}]",
                      "]}}, {\"image_id\": 1, \"category_id\": 1, \"segmentation\": {\"size\": [9, 7], \"counts\": \"m03>N2\"}}]");
          case "a.xml" ->
              "<annotation><filename>a.png</filename><size><width>9</width><height>9</height></size><object>"
                  + "<name>rod</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>5</xmax><ymax>5</ymax></bndbox></object></annotation>";
          case "a.csv" ->
              "image,x,y,width,height,label\n\"a.png\",1,2,3.5,4e0,rod\nb.png,1,2,3,4,rod\n";
          default -> "0 0.5 0.5 0.25 1e-1\n1 .5 .5 .25 .1\n";
        };
    int refused = 0;
    for (int n = 0; n < 500; n++) {
      RandomStream random = RandomStream.of(n, Purpose.CHECKING, name.hashCode());
      byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = folder.resolve(name);
      Files.write(
          file, random.nextInt(4) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      try {
        Annotations.read(file, null, null, BoxLimits.DEFAULT);
      } catch (UserException e) {
        assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA);
        assertThat(e).message().contains(name).doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 499);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.json: {{\"images\": [}}",
        "names: [[[[[[[[",
        "names:\n  - a\n -b\n",
        "\"names: x",
        "names: [a]\n\u0000",
        "%YAML 9.9\n---\nnames: [a",
        "names: {? [a, b] : c}",
        "names: {0: &x [*x]}",
        "? ? ? ? ? ?",
        "names: !!binary ["
      })
  void namesThatAreNoYaml(String yaml) throws IOException {
    write("data.yaml", yaml);
    refused(write("x.txt", "0 .5 .5 .1 .1\n"), "data.yaml");
  }

  @Test
  void namesThatGrow() throws IOException {
    Path boxes = write("x.txt", "0 .5 .5 .1 .1\n");
    StringBuilder laughs = new StringBuilder("l0: &l0 [a]\n");
    for (int i = 1; i < 40; i++) {
      String above = "*l" + (i - 1);
      laughs.append("l%d: &l%d [%s, %s]\n".formatted(i, i, above, above));
    }
    write("data.yaml", laughs + "names: *l39\n");
    refused(boxes, "data.yaml", "expected class names");
    for (String endless : new String[] {"[", "{a: ", "- ", "? ", "&a ", "!a ", "'", "a: \n "}) {
      write("data.yaml", "x:\n " + endless.repeat(130_000 / endless.length()));
      refused(boxes, "data.yaml");
    }
    write("data.yaml", "names: [" + "a, ".repeat(20_000) + "]\n");
    refused(boxes, "data.yaml", "at most 10000");
    write("data.yaml", "# " + "x".repeat(2 << 20));
    refused(boxes, "data.yaml", "over the limit of 131072 for the names of classes");
  }

  /** A valid file of names with a few bytes changed: read or refused, nothing else. */
  @Test
  void damagedNames() throws IOException {
    String valid =
        "path: ../x\nnc: 2\nnames: {0: 'E. coli, wt', 1: \"gram \\x232\"} # two\na:\n- &b c\n";
    Path boxes = write("x.txt", "0 .5 .5 .1 .1\n");
    int refused = 0;
    for (int n = 0; n < 500; n++) {
      RandomStream random = RandomStream.of(n, Purpose.CHECKING, 24);
      byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(folder.resolve("data.yaml"), bytes);
      try {
        Annotations.read(boxes, null, null, BoxLimits.DEFAULT);
      } catch (UserException e) {
        assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA);
        assertThat(e).message().contains("data.yaml").doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 499);
  }

  /** docs/guide/fields.md has figures of such files. */
  @Test
  @Tag("slow")
  void aMillionBoxes() throws IOException {
    Path csv = folder.resolve("a.csv");
    Path json = folder.resolve("a.json");
    String outline = ",0.5".repeat(24).substring(1);
    try (Writer table = Files.newBufferedWriter(csv);
        Writer document = Files.newBufferedWriter(json)) {
      table.write("image,x,y,width,height,label\n");
      document.write("{\"images\": [{\"id\": 0, \"file_name\": \"field.png\"}], ");
      document.write("\"categories\": [{\"id\": 1, \"name\": \"rod\"}], \"annotations\": [");
      for (int i = 0; i < 1_000_000; i++) {
        table.write("field_%04d.png,%d,%d,30,40,rod%n".formatted(i % 1000, i % 1900, i % 1700));
        document.write(
            "%s{\"id\": %d, \"image_id\": 0, \"category_id\": 1, \"bbox\": [%d, 7, 30, 40], \"segmentation\": [[%s]]}%n"
                .formatted(i == 0 ? "" : ",", i, i % 1900, outline));
      }
      document.write("]}");
    }
    for (Path file : List.of(csv, json)) {
      List<Box> boxes = new ArrayList<>();
      Effort effort =
          Effort.of(
              () -> boxes.addAll(Annotations.read(file, null, null, BoxLimits.DEFAULT).boxes()));
      assertThat(boxes).hasSize(1_000_000);
      assertThat(effort.cpuSeconds()).isLessThan(60);
    }
  }

  private static String coco(String annotation) {
    return String.format(
        Locale.ROOT,
        "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\"}], \"categories\": [{\"id\": 1, \"name\": \"rod\"}],"
            + "\"annotations\": [{\"id\": 3, \"image_id\": 1, \"category_id\": 1, %s}]}",
        annotation);
  }

  private static void refused(Path source, String... words) {
    refused(source, BoxLimits.DEFAULT, words);
  }

  private static void refused(Path source, BoxLimits limits, String... words) {
    Effort effort =
        Effort.of(
            () ->
                assertThatThrownBy(() -> Annotations.read(source, null, null, limits))
                    .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
                    .message()
                    .contains(words)
                    .doesNotContain("\n")
                    .hasSizeLessThan(700));
    assertThat(effort.cpuSeconds()).isLessThan(2);
    assertThat(effort.allocatedMebibytes()).isLessThan(64);
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
