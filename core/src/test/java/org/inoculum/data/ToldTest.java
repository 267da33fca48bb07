package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Symmetry;
import org.inoculum.image.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is turned, cut off, passed over or found elsewhere is told by inspect, prepare and train.
 */
class ToldTest {
  @TempDir Path temporary;

  /** Boxes of programs that do not turn images upright, for each orientation that Exif knows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void boxesOfStoredImagesAreTurnedWithThem(int orientation) throws IOException {
    Path fields = turned(orientation);
    Path csv = write("boxes.csv", "image,x,y,width,height\np0.jpg,8,16,8,8\np1.jpg,8,16,8,8\n");
    Preparation.Report stored = prepare(fields, csv, "stored", true);
    assertThat(brightness("stored")).isGreaterThan(200);
    Preparation.Report upright = prepare(fields, csv, "upright", false);
    if (orientation == 1) {
      assertThat(brightness("upright")).isGreaterThan(200);
      assertThat(upright.notes()).isEmpty();
    } else {
      assertThat(brightness("upright")).isLessThan(60);
      assertThat(upright.notes())
          .singleElement()
          .asString()
          .contains("2 images are turned upright", "--box-coordinates stored", "p0.jpg, p1.jpg");
      assertThat(stored.notes())
          .singleElement()
          .asString()
          .contains("their boxes are turned with them");
    }
  }

  /** The size that COCO names fits only the stored image, so that nothing need be asked. */
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8})
  void sizesTellWhichImageBoxesWereDrawnOn(int orientation) throws IOException {
    Path fields = turned(orientation);
    Path json =
        write(
            "boxes.json",
            "{\"images\": [{\"id\": 1, \"file_name\": \"p0.jpg\", \"width\": 48, \"height\": 32},"
                + "{\"id\": 2, \"file_name\": \"p1.jpg\", \"width\": 48, \"height\": 32}],"
                + "\"categories\": [{\"id\": 1, \"name\": \"rod\"}], \"annotations\": ["
                + "{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [8, 16, 8, 8]},"
                + "{\"id\": 2, \"image_id\": 2, \"category_id\": 1, \"bbox\": [8, 16, 8, 8]}]}");
    Preparation.Report report = prepare(fields, json, "out", false);
    assertThat(brightness("out/rod")).isGreaterThan(200);
    assertThat(report.notes()).last().asString().contains("their boxes are turned with them");
  }

  @Test
  void whatIsCutOffIsTold() throws IOException {
    Path folder = temporary.resolve("wide");
    for (int i = 0; i < 5; i++) {
      TestFolders.png(folder.resolve(i + ".png"), TestImages.noise(36, i == 4 ? 36 : 24, 1, 8, i));
    }
    String sentence = "4 of 5 images are not square (such as 36 x 24); their middle is taken";
    DataSet read = DataSetReader.read(folder, ReadOptions.DEFAULT);
    assertThat(read.notes())
        .singleElement()
        .asString()
        .contains(sentence, "--fit pad", "0.png, 1.png, 2.png, …");
    assertThat(Inspection.inspect(folder, Reading.DEFAULT).warnings())
        .anyMatch(line -> line.startsWith(sentence));
    assertThat(Preparation.prepare(folder, temporary.resolve("out"), options(Fit.CROP)).notes())
        .anyMatch(line -> line.startsWith(sentence));
    assertThat(Preparation.prepare(folder, temporary.resolve("pad"), options(Fit.PAD)).notes())
        .isEmpty();
  }

  @Test
  void strongReductionIsTold() {
    Path folder = temporary.resolve("large");
    for (int i = 0; i < 3; i++) {
      TestFolders.png(folder.resolve(i + ".png"), TestImages.noise(130, 130, 1, 8, i));
    }
    assertThat(DataSetReader.read(folder, ReadOptions.DEFAULT.withSize(16)).notes())
        .singleElement()
        .asString()
        .contains("3 of 3 images are reduced", "such as 130 x 130", "prepare --boxes or --tiles");
    assertThat(DataSetReader.read(folder, ReadOptions.DEFAULT.withSize(64)).notes()).isEmpty();
  }

  /** Synology, macOS, Windows and browsers of images leave folders of copies. */
  @ParameterizedTest
  @CsvSource({
    "@eaDir",
    "__MACOSX",
    "$RECYCLE.BIN",
    ".thumbnails",
    "#recycle",
    "System Volume Information"
  })
  void foldersOfTheSystemArePassedOver(String name) throws IOException {
    Path folder = temporary.resolve("set");
    for (String cls : List.of("a", "b")) {
      for (int i = 0; i < 2; i++) {
        TestFolders.png(folder.resolve(cls).resolve(i + ".png"), TestImages.noise(16, 16, 1, 8, i));
      }
      TestFolders.png(
          folder.resolve(cls).resolve(name).resolve("0.png/thumb.png"),
          TestImages.noise(4, 4, 1, 8, 1));
    }
    TestFolders.png(folder.resolve(name).resolve("x.png"), TestImages.noise(4, 4, 1, 8, 1));
    write("set/a/raw.czi", "x");
    write("set/a/table.xlsx", "x");
    DataSet read = DataSetReader.read(folder, ReadOptions.DEFAULT);
    assertThat(read.samples()).hasSize(4);
    assertThat(read.notes())
        .containsExactly(
            "1 .czi file is not read; convert it to TIFF or PNG (Fiji and Bio-Formats' bfconvert can)",
            "hidden folders and folders of the system are passed over: " + name + " (3)");
    assertThat(Inspection.inspect(folder, Reading.DEFAULT).warnings()).containsAll(read.notes());
  }

  @ParameterizedTest
  @CsvSource({
    "'C:\\Users\\me\\p1\\x.png', p1/x.png",
    "'/data/imgs/p2/x.png', p2/x.png",
    "'..\\..\\upload\\y.png', p1/y.png",
    "'D:/y', p1/y.png",
    "'/data/upload/z%20%C3%A4+1.png', p1/z ä+1.png",
    "'p1/100%.png', p1/100%.png"
  })
  void pathsOfOtherMachinesAreFoundByTheirEnd(String written, String file) throws IOException {
    Path fields = temporary.resolve("fields");
    for (String name : List.of("p1/x.png", "p2/x.png", "p1/y.png", "p1/z ä+1.png", "p1/100%.png")) {
      TestFolders.png(fields.resolve(name), TestImages.noise(16, 16, 1, 8, name.hashCode()));
    }
    Path csv =
        write(
            "boxes.csv",
            "image,x,y,width,height\n\"%s\",1,1,4,4\n\"%s\",5,5,4,4\n".formatted(written, written));
    Preparation.Report report = prepare(fields, csv, "out", false);
    assertThat(report.notes().stream().anyMatch(note -> note.contains("found by the end of that")))
        .isEqualTo(!written.startsWith("p1"));
    assertThat(Files.readString(temporary.resolve("out/origins.jsonl")))
        .contains("\"" + file + "\"");
  }

  @Test
  void aPathThatMayEndInSeveralFilesIsRefused() throws IOException {
    Path fields = temporary.resolve("fields");
    for (String name : List.of("x.png", "p1/x.png", "p2/x.png")) {
      TestFolders.png(fields.resolve(name), TestImages.noise(16, 16, 1, 8, name.hashCode()));
    }
    Path csv = write("boxes.csv", "image,x,y,width,height\nC:/imgs/x.png,1,1,4,4\n");
    assertThatThrownBy(() -> prepare(fields, csv, "out", false))
        .hasMessageContaining("could belong to x.png or p1/x.png or p2/x.png");
  }

  @Test
  void twoPathsThatEndInOneFileAreRefused() throws IOException {
    Path fields = temporary.resolve("fields");
    TestFolders.png(fields.resolve("x.png"), TestImages.noise(16, 16, 1, 8, 1));
    TestFolders.png(fields.resolve("y.png"), TestImages.noise(16, 16, 1, 8, 2));
    Path csv =
        write("boxes.csv", "image,x,y,width,height\nC:/a/x.png,1,1,4,4\nC:/b/x.png,5,5,4,4\n");
    assertThatThrownBy(() -> prepare(fields, csv, "out", false))
        .hasMessageContaining("'a/x.png' and 'b/x.png' would both be x.png");
  }

  @Test
  void whyNoBoxIsLeftIsTold() throws IOException {
    Path fields = temporary.resolve("fields");
    TestFolders.png(fields.resolve("x.png"), TestImages.noise(16, 16, 1, 8, 1));
    Path json =
        write(
            "boxes.json",
            "{\"images\": [{\"id\": 1, \"file_name\": \"x.png\"}], \"categories\": [{\"id\": 1, \"name\": \"rod\"}],"
                + "\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 1, 4, 4], \"iscrowd\": 1}]}");
    assertThatThrownBy(() -> prepare(fields, json, "out", false))
        .hasMessageContaining("holds no box of an image in")
        .hasMessageContaining("regions of crowds (iscrowd) left out: 1");
  }

  /** Two JPEG of 48 x 32, dark but for the 8 x 8 pixels from (8, 16) as they are stored. */
  private Path turned(int orientation) throws IOException {
    short[] samples = new short[48 * 32];
    java.util.Arrays.fill(samples, (short) 20);
    for (int y = 16; y < 24; y++) {
      java.util.Arrays.fill(samples, y * 48 + 8, y * 48 + 16, (short) 240);
    }
    Path fields = temporary.resolve("fields");
    byte[] jpeg = TestImages.jpeg(new Image(48, 32, 1, 8, samples), 0.95f, false);
    byte[] exif = {
      -1,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      18,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(exif);
    file.write(jpeg, 2, jpeg.length - 2);
    for (int i = 0; i < 2; i++) {
      TestFolders.write(fields.resolve("p" + i + ".jpg"), file.toByteArray());
    }
    Image read = ImageFiles.read(fields.resolve("p0.jpg"), DecodingLimits.DEFAULT);
    int[] size = Symmetry.ofExif(orientation).apply(48, 32);
    assertThat(List.of(read.width(), read.height())).isEqualTo(List.of(size[0], size[1]));
    return fields;
  }

  private double brightness(String out) {
    Path file = temporary.resolve(out).resolve("p0_0000.png");
    Image image = ImageFiles.read(file, DecodingLimits.DEFAULT);
    double sum = 0;
    for (short sample : image.samples()) {
      sum += sample;
    }
    return sum / image.samples().length;
  }

  private Preparation.Report prepare(Path fields, Path boxes, String out, boolean stored) {
    Cutting cutting = new Cutting.Boxes(boxes, null, 0, BoxLimits.DEFAULT, null, stored);
    return Preparation.prepare(
        fields,
        temporary.resolve(out),
        new PrepareOptions(
            8, Fit.CROP, OfflineAugmentation.NONE, 1, 0, Reading.DEFAULT, cutting, null, null));
  }

  private static PrepareOptions options(Fit fit) {
    return new PrepareOptions(16, fit, OfflineAugmentation.NONE, 1, 0, Reading.DEFAULT);
  }

  private Path write(String name, String content) {
    return TestFolders.write(temporary.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }
}
