package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.files.Json;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.TestImages;
import org.inoculum.image.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells and tiles out of fields of view. */
class FieldsTest {
  @TempDir Path temporary;
  private Path fields;
  private Path out;

  @BeforeEach
  void folders() {
    fields = temporary.resolve("fields");
    out = temporary.resolve("out");
  }

  /** A field of 8 x 6 pixels whose sample in column x and row y is 10 y + x. */
  private static Image numbered() {
    short[] samples = new short[8 * 6];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (10 * (i / 8) + i % 8);
    }
    return new Image(8, 6, 1, 8, samples);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // x, y, width, height and the 4 x 4 pixels that the square around it shows
        "2,1,4,4 | 12 13 14 15 / 22 23 24 25 / 32 33 34 35 / 42 43 44 45",
        "-2,1,4,4 | 11 10 10 11 / 21 20 20 21 / 31 30 30 31 / 41 40 40 41",
        "6,1,4,4 | 16 17 17 16 / 26 27 27 26 / 36 37 37 36 / 46 47 47 46",
        "2,-2,4,4 | 12 13 14 15 / 2 3 4 5 / 2 3 4 5 / 12 13 14 15",
        "2,4,4,4 | 42 43 44 45 / 52 53 54 55 / 52 53 54 55 / 42 43 44 45",
        "-3,-3,4,4 | 22 21 20 20 / 12 11 10 10 / 2 1 0 0 / 2 1 0 0",
        "7,5,4,4 | 57 57 56 55 / 57 57 56 55 / 47 47 46 45 / 37 37 36 35",
        // A flat box: the square around its centre (4, 3).
        "2,2.5,4,1 | 12 13 14 15 / 22 23 24 25 / 32 33 34 35 / 42 43 44 45"
      })
  void reflectsAtTheBorders(String box, String pixels) throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    Path csv = text("boxes.csv", "image,x,y,width,height\na.png,2,1,4,4\na.png," + box + "\n");
    Preparation.prepare(fields, out, boxes(csv, 4, 0));
    assertThat(rows(image("a_0001.png"))).isEqualTo(pixels);
  }

  private static String rows(Image image) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        text.append(x > 0 ? " " : y > 0 ? " / " : "").append(image.sample(x, y, 0));
      }
    }
    return text.toString();
  }

  @Test
  void theMarginIsAShareOfTheLongerSide() {
    // 20 long: 2 on each side of it; the centre is (30, 25).
    org.inoculum.annotation.Box box =
        new org.inoculum.annotation.Box("a", "", 20, 20, 20, 10, false, null, "");
    assertThat(Region.around(box, 0.1, 100, 100, DecodingLimits.DEFAULT).region())
        .contains(new Region(18, 13, 24));
    assertThat(Region.around(box, 0, 100, 100, DecodingLimits.DEFAULT).region())
        .contains(new Region(20, 15, 20));
    // 3.5 is rounded to 4, and the corner 8.75 - 2 to 7.
    org.inoculum.annotation.Box half =
        new org.inoculum.annotation.Box("a", "", 7, 7, 3.5, 3.5, false, null, "");
    assertThat(Region.around(half, 0, 100, 100, DecodingLimits.DEFAULT).region())
        .contains(new Region(7, 7, 4));
  }

  @Test
  void deepFieldsShareOneWindowAndAreExact() throws IOException {
    short[] samples = new short[64 * 64];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (16 * i); // 0 to 65,520
    }
    Image ramp = new Image(64, 64, 1, 16, samples);
    TestFolders.png(fields.resolve("ramp.png"), ramp);
    short[] dim = new short[64 * 64];
    java.util.Arrays.fill(dim, (short) 1000);
    TestFolders.png(fields.resolve("dim.png"), new Image(64, 64, 1, 16, dim));
    Path csv =
        text(
            "b.csv",
            "image,x,y,width,height\nramp.png,8,8,16,16\nramp.png,56,0,16,16\ndim.png,0,0,16,16\n");
    Reading whole = Reading.DEFAULT.with(WindowChoice.parse("0,65535"));
    Preparation.prepare(fields, out, boxes(csv, 16, 0, whole, null));
    Image exact = image("ramp_0000.png");
    assertThat(exact.bitDepth()).isEqualTo(16);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        assertThat(exact.sample(x, y, 0)).isEqualTo(16 * (64 * (y + 8) + x + 8));
      }
    }
    assertThat(image("ramp_0001.png").sample(15, 0, 0)).isEqualTo(16 * 56); // mirrored: 71 is 56

    // One window for all: neither the flat field nor the flat corner of it is stretched.
    Path windowed = temporary.resolve("windowed");
    Reading half = Reading.DEFAULT.with(WindowChoice.parse("0,2000"));
    Preparation.Report report =
        Preparation.prepare(fields, windowed, boxes(csv, 16, 0, half, null));
    assertThat(report.window()).isEqualTo(new Window(0, 2000));
    Image flat = ImageFiles.read(windowed.resolve("dim_0000.png"), DecodingLimits.DEFAULT);
    assertThat(flat.sample(3, 3, 0)).isEqualTo(32768); // 1000 / 2000 of 65,535
    PreparationRecord record = PreparationRecord.read(windowed.resolve("prepare.json"));
    assertThat(record.window()).isEqualTo(new Window(0, 2000));
    // The default window is measured over all fields together: ranks 9 and 8184 of 8192 values.
    Preparation.Report measured =
        Preparation.prepare(fields, temporary.resolve("m"), boxes(csv, 16, 0));
    assertThat(measured.window()).isEqualTo(new Window(16 * 8, 16 * 4087));
  }

  @Test
  void writesClassesNamesAndOrigins() throws IOException {
    TestFolders.png(fields.resolve("s1/a.png"), TestImages.blobs(60, 1));
    TestFolders.png(fields.resolve("s2/a.png"), TestImages.blobs(60, 2));
    TestFolders.png(fields.resolve("empty.png"), TestImages.blobs(60, 3));
    text("labels/s1/a.txt", "1 0.5 0.5 0.2 0.2\n0 0.25 0.25 0.2 0.1\n");
    text("labels/s2/a.txt", "0 0.5 0.5 0.2 0.2\n");
    text("labels/classes.txt", "rod\ncoccus\n");
    Preparation.Report report =
        Preparation.prepare(fields, out, boxes(temporary.resolve("labels"), 16, 0.1));
    assertThat(names(out)).containsExactly("coccus", "origins.jsonl", "prepare.json", "rod");
    assertThat(names(out.resolve("rod"))).containsExactly("s1_a_0001.png", "s2_a_0000.png");
    assertThat(names(out.resolve("coccus"))).containsExactly("s1_a_0000.png");
    assertThat(report.images()).isEqualTo(3);
    assertThat(report.sources()).isEqualTo(2);
    assertThat(report.classes())
        .containsExactly(new Manifest.ClassCount("coccus", 1), new Manifest.ClassCount("rod", 2));
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).contains("classes.txt"))
        .contains("1 of 3 images have no boxes and give nothing");
    List<ImageOrigin> origins = Json.readLines(out.resolve("origins.jsonl"), ImageOrigin.class);
    assertThat(origins).hasSize(3);
    ImageOrigin second = origins.get(1);
    assertThat(second.file()).isEqualTo("rod/s1_a_0001.png");
    assertThat(second.source()).isEqualTo("s1/a.png");
    assertThat(second.group()).isEqualTo("s1/a.png");
    assertThat(second.annotation()).isEqualTo("s1/a.txt, line 2");
    assertThat(second.crop()).containsExactly(8, 8, 14); // 12 and 1.2 on each side, around (15, 15)
    assertThat(second.sha256()).hasSize(64);
    PreparationRecord record = PreparationRecord.read(out.resolve("prepare.json"));
    assertThat(record.cut()).isEqualTo(new CutRecord("labels", "yolo", 0.1, null, null));
    assertThat(record.classes()).containsExactly("coccus", "rod");
    assertThat(record.files()).hasSize(2);
    DataSet read = DataSetReader.read(out, ReadOptions.DEFAULT.withSize(16));
    assertThat(read.classes()).containsExactly("coccus", "rod");
    assertThat(read.samples().stream().map(Sample::group))
        .containsExactly("s1/a.png", "s1/a.png", "s2/a.png");
    // The same again is the same bytes.
    Path again = temporary.resolve("again");
    Preparation.prepare(fields, again, boxes(temporary.resolve("labels"), 16, 0.1));
    for (String name : List.of("origins.jsonl", "prepare.json", "rod/s1_a_0001.png")) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(out.resolve(name));
    }
    TestFolders.write(out.resolve("origins.jsonl"), "{}\n".getBytes(StandardCharsets.UTF_8));
    refused(() -> DataSetReader.read(out, ReadOptions.DEFAULT), "origins.jsonl lacks file");
  }

  @Test
  void boxesWithoutAnImageAreCounted() throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    Path csv =
        text(
            "b.csv",
            """
            image,x,y,width,height
            a.png,0,0,4,4
            b.png,0,0,4,4
            b.png,0,0,4,4
            c.png,0,0,4,4
            a.png,0,0,-1,4
            a.png,8,0,4,4
            a.png,0,-4,4,4
            a.png,0,0,1.5,1.5
            a.png,1,1,4,4
            """);
    refused(
        () -> Preparation.prepare(fields, out, boxes(csv, 4, 0)),
        "4 of the 9 boxes in " + csv,
        "there is no image 'b.png' (2 boxes)",
        "there is no image 'c.png' (1 box)",
        "line 6: is empty or turned inside out",
        "--skip-bad");
    assertThat(out).doesNotExist();
    Reading skip =
        new Reading(
            Reading.DEFAULT.plane(), Reading.DEFAULT.window(), Reading.DEFAULT.limits(), true);
    Preparation.Report report = Preparation.prepare(fields, out, boxes(csv, 4, 0, skip, null));
    assertThat(report.images()).isEqualTo(2);
    assertThat(names(out)).contains("a_0000.png", "a_0004.png");
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains(
            "left out 7 of 9 boxes",
            "line 7: the box (x 8.0, y 0.0) lies wholly outside of the image of 8 x 6",
            "line 8: the box (x 0.0, y -4.0) lies wholly outside",
            "line 9: the box is smaller than 2 pixels");
  }

  @Test
  void boxesThatArePartlyOutsideAreRefusedOnlyWhereMostWouldBeMirrored() throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    Path csv = text("b.csv", "image,x,y,width,height\na.png,0,0,18,1\na.png,-500000,0,1000000,4\n");
    refused(
        () -> Preparation.prepare(fields, out, boxes(csv, 4, 0)),
        "1 of the 2 boxes",
        "line 3: the box needs a square of 1000000 pixels, more than 3 times the shorter side");
    Path large = text("l.csv", "image,x,y,width,height\na.png,0,0,8,6\na.png,0,0,4,4\n");
    Reading tight =
        new Reading(
            Reading.DEFAULT.plane(),
            Reading.DEFAULT.window(),
            new DecodingLimits(48, 2, 1000),
            false);
    refused(
        () -> Preparation.prepare(fields, out, boxes(large, 4, 0, tight, null)),
        "line 2: the box needs a square of 8 pixels a side, over the limit of 48 pixels (--max-pixels)");
  }

  @Test
  void boxesOfAnotherSizeOfTheImageAreRefused() throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    Path json =
        text(
            "b.json",
            """
            {"images": [{"id": 1, "file_name": "a.png", "width": 16, "height": 12}],
             "categories": [{"id": 1, "name": "rod"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 4, 4]}]}
            """);
    refused(
        () -> Preparation.prepare(fields, out, boxes(json, 4, 0)),
        "a.png is 8 x 6, but its boxes were drawn on 16 x 12 pixels");
  }

  @Test
  void namesFindTheirFiles() {
    FieldNames names = new FieldNames(List.of("s1/a.png", "s2/a.png", "s1/b.tif", "c.v1.png"));
    assertThat(names.find("s1/a.png")).contains("s1/a.png");
    assertThat(names.find("s2/a")).contains("s2/a.png");
    assertThat(names.find("s2/a.jpg")).contains("s2/a.png");
    assertThat(names.find("elsewhere/train/b.tif")).contains("s1/b.tif");
    assertThat(names.find("b.jpeg")).contains("s1/b.tif");
    assertThat(names.find("c.v1")).contains("c.v1.png");
    assertThat(names.find("c")).isEmpty();
    assertThat(names.find("c.v2")).isEmpty();
    assertThat(names.find("d.png")).isEmpty();
    refused(() -> names.find("a.png"), "'a.png' could belong to s1/a.png or s2/a.png");
  }

  @Test
  void twoNamesForOneImageAreRefused() throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    Path csv = text("b.csv", "image,x,y,width,height\nx/a.png,0,0,4,4\ny/a.png,0,0,4,4\n");
    refused(
        () -> Preparation.prepare(fields, out, boxes(csv, 4, 0)),
        "'x/a.png' and 'y/a.png' would both be a.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "a\\b", ".hidden", "dots.", "a:b", "nul\u0001", "?"})
  void classesThatAreNoFolders(String name) throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    Path csv = text("b.csv", "image,x,y,width,height,label\na.png,0,0,4,4," + name + "\n");
    refused(
        () -> Preparation.prepare(fields, out, boxes(csv, 4, 0)),
        "line 2: the class '",
        "can be no folder's name");
    assertThat(names(temporary)).containsExactly("b.csv", "fields");
  }

  @Test
  void classesThatAreOneFolderOnSomeSystems() throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    Path csv =
        text("b.csv", "image,x,y,width,height,label\na.png,0,0,4,4,Rod\na.png,0,0,4,4,rod\n");
    refused(() -> Preparation.prepare(fields, out, boxes(csv, 4, 0)), "'Rod' and 'rod'");
    StringBuilder many = new StringBuilder("image,x,y,width,height,label\n");
    for (int i = 0; i < 1001; i++) {
      many.append("a.png,0,0,4,4,").append(i).append('\n');
    }
    Path csv2 = text("many.csv", many.toString());
    refused(() -> Preparation.prepare(fields, out, boxes(csv2, 4, 0)), "more than 1000 classes");
  }

  @Test
  void tilesCoverEverythingAndTheLastAreFlush() throws IOException {
    TestFolders.png(fields.resolve("a.png"), numbered());
    TestFolders.png(fields.resolve("small.png"), TestImages.noise(8, 3, 1, 8, 1));
    Preparation.Report report = Preparation.prepare(fields, out, tiles(4, 4, 4));
    assertThat(names(out))
        .containsExactly(
            "a_0000.png",
            "a_0001.png",
            "a_0002.png",
            "a_0003.png",
            "origins.jsonl",
            "prepare.json");
    assertThat(rows(image("a_0001.png")))
        .isEqualTo("4 5 6 7 / 14 15 16 17 / 24 25 26 27 / 34 35 36 37");
    // 6 rows are a tile of 4 and one more that ends with the image.
    assertThat(rows(image("a_0002.png")))
        .isEqualTo("20 21 22 23 / 30 31 32 33 / 40 41 42 43 / 50 51 52 53");
    assertThat(report.notes())
        .containsExactly(
            "1 of 2 images are smaller than a tile and give nothing: small.png (8 x 3)");
    Preparation.Report dense =
        Preparation.prepare(fields, temporary.resolve("dense"), tiles(4, 2, 4));
    assertThat(dense.images()).isEqualTo(3 * 2);
    assertThat(PreparationRecord.read(out.resolve("prepare.json")).cut())
        .isEqualTo(new CutRecord(null, null, null, 4, 4));
    refused(
        () -> Preparation.prepare(fields, temporary.resolve("large"), tiles(9, 9, 4)),
        "gives 0 images",
        "2 of 2 images are smaller than a tile");
    assertThatThrownBy(
            () ->
                Preparation.prepare(
                    fields,
                    temporary.resolve("many"),
                    options(new Cutting.Tiles(4, 1, 14), 4, Reading.DEFAULT, null)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than 14 tiles (--max-crops");
  }

  @ParameterizedTest
  @CsvSource({"4,4,4,1", "5,4,4,2", "8,4,4,2", "9,4,4,3", "9,4,2,4", "3,4,4,0", "100,10,7,14"})
  void tilesAlongASide(int length, int size, int stride, int count) {
    Cutting.Tiles tiles = new Cutting.Tiles(size, stride, 1000);
    assertThat(tiles.along(length)).isEqualTo(count);
    boolean[] covered = new boolean[length];
    for (int i = 0; i < count; i++) {
      int start = tiles.start(i, length);
      assertThat(start).isBetween(0, length - size);
      java.util.Arrays.fill(covered, start, start + size, true);
    }
    for (boolean one : covered) {
      assertThat(one).isEqualTo(count > 0);
    }
  }

  @Test
  void classFoldersOfFieldsAreTheClassesOfTiles() throws IOException {
    TestFolders.png(fields.resolve("x/a.png"), TestImages.blobs(32, 1));
    TestFolders.png(fields.resolve("y/a.png"), TestImages.blobs(32, 2));
    Preparation.prepare(fields, out, tiles(16, 16, 16));
    assertThat(names(out.resolve("y"))).hasSize(4).contains("a_0003.png");
    PreparationRecord record = PreparationRecord.read(out.resolve("prepare.json"));
    assertThat(record.files().stream().map(SourceFile::label)).containsExactly(0, 1);
  }

  private PrepareOptions boxes(Path annotations, int size, double margin) {
    return boxes(annotations, size, margin, Reading.DEFAULT, null);
  }

  private PrepareOptions boxes(
      Path annotations,
      int size,
      double margin,
      Reading reading,
      @org.jspecify.annotations.Nullable String column) {
    return options(
        new Cutting.Boxes(annotations, null, margin, BoxLimits.DEFAULT, column),
        size,
        reading,
        null);
  }

  private PrepareOptions tiles(int size, int stride, int side) {
    return options(new Cutting.Tiles(size, stride, 1000), side, Reading.DEFAULT, null);
  }

  private static PrepareOptions options(
      Cutting cutting,
      int size,
      Reading reading,
      @org.jspecify.annotations.Nullable HoldOut holdOut) {
    return new PrepareOptions(
        size, Fit.CROP, OfflineAugmentation.NONE, 1, 0, reading, cutting, null, holdOut);
  }

  private Image image(String name) {
    return ImageFiles.read(out.resolve(name), DecodingLimits.DEFAULT);
  }

  private Path text(String name, String content) {
    return TestFolders.write(temporary.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String... words) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .message()
        .contains(words)
        .doesNotContain("\n");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
