package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.image.PlaneChoice;
import org.inoculum.image.Png;
import org.inoculum.image.TestImages;
import org.inoculum.image.Window;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetReaderTest {
  private static final Reading SKIPPING =
      new Reading(PlaneChoice.ONLY, WindowChoice.DEFAULT, DecodingLimits.DEFAULT, true);

  @TempDir Path temporary;

  @Test
  void aFolderOfImagesIsOneClass() throws IOException {
    Path folder = temporary.resolve("cells");
    TestFolders.png(folder.resolve("b.PNG"), TestImages.blobs(20, 1));
    TestFolders.write(folder.resolve("a.jpg"), TestImages.jpeg(TestImages.blobs(30, 2), 1, false));
    TestFolders.png(folder.resolve("Z.png"), TestImages.waves(9, 9, 1));
    for (String other : List.of("notes.txt", "t.csv", "r.md", "x.json", ".DS_Store", "Thumbs.db")) {
      TestFolders.write(folder.resolve(other), new byte[] {1});
    }
    TestFolders.write(folder.resolve("._b.png"), new byte[] {1});
    TestFolders.write(folder.resolve(".cache/x.png"), new byte[] {1});
    DataSet data = DataSetReader.read(folder, ReadOptions.DEFAULT);
    assertThat(data.root()).isEqualTo("cells");
    assertThat(data.classes()).containsExactly("cells");
    assertThat(data.samples())
        .extracting(Sample::source)
        .containsExactly("Z.png", "a.jpg", "b.PNG");
    assertThat(data.size()).isEqualTo(128);
    assertThat(data.channels()).isEqualTo(3);
    assertThat(data.augmentation()).isEqualTo(OfflineAugmentation.NONE);
    assertThat(data.samples().get(2).sha256())
        .isEqualTo(Sha256.of(Files.readAllBytes(folder.resolve("b.PNG"))));
  }

  @Test
  void subFoldersAreClassesInTheOrderOfTheirNames() {
    for (String name : List.of("b/1.png", "b/2.png", "a/3.png", "C/4.png")) {
      TestFolders.png(temporary.resolve(name), TestImages.blobs(16, name.hashCode()));
    }
    TestFolders.write(temporary.resolve("docs/readme.txt"), new byte[] {1});
    DataSet data = DataSetReader.read(temporary, options(16, 1));
    assertThat(data.classes()).containsExactly("C", "a", "b");
    assertThat(data.samples())
        .extracting(sample -> sample.source() + " " + sample.label())
        .containsExactly("C/4.png 0", "a/3.png 1", "b/1.png 2", "b/2.png 2");
    assertThat(data.channels()).isEqualTo(1);
  }

  @Test
  void theOverviewOfGeneratedImagesIsNoImage() {
    TestFolders.png(temporary.resolve("bacillus/1.png"), TestImages.blobs(16, 1));
    TestFolders.png(temporary.resolve("bacillus/2.png"), TestImages.blobs(16, 3));
    TestFolders.png(temporary.resolve("contact-sheet.png"), TestImages.blobs(16, 2));
    assertThatThrownBy(() -> DataSetReader.read(temporary, options(16, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("contact-sheet.png");
    TestFolders.write(
        temporary.resolve("generation.json"),
        FormatVersion.document(Map.of()).getBytes(StandardCharsets.UTF_8));
    DataSet data = DataSetReader.read(temporary, options(16, 1));
    assertThat(data.samples())
        .extracting(Sample::source)
        .containsExactly("bacillus/1.png", "bacillus/2.png");
  }

  @Test
  void sixteenBitsBecomeEightAndEqualSizesStayExact() {
    Image wide = TestImages.noise(12, 12, 1, 16, 4);
    TestFolders.png(temporary.resolve("a.png"), wide);
    TestFolders.png(temporary.resolve("b.png"), TestImages.waves(12, 12, 1));
    WindowChoice whole = new WindowChoice(0, 65_535, false);
    DataSet data = DataSetReader.read(temporary, options(12, 1).with(Reading.DEFAULT.with(whole)));
    assertThat(data.samples().get(0).image().sample(3, 4, 0))
        .isEqualTo((int) Math.round(wide.sample(3, 4, 0) / 257.0));
    assertThat(data.samples().get(1).image()).isEqualTo(TestImages.waves(12, 12, 1));
  }

  @Test
  void manifestIsAFunctionOfTheContent() {
    TestFolders.png(temporary.resolve("x/a/1.png"), TestImages.blobs(16, 1));
    TestFolders.png(temporary.resolve("x/b/2.png"), TestImages.blobs(16, 2));
    Manifest first = DataSetReader.read(temporary.resolve("x"), options(16, 3)).manifest();
    assertThat(first.classes())
        .containsExactly(new Manifest.ClassCount("a", 1), new Manifest.ClassCount("b", 1));
    assertThat(first.images()).isEqualTo(2);
    String lines =
        first.files().stream()
            .map(f -> f.sha256() + " " + f.label() + " " + f.source() + "\n")
            .sorted()
            .reduce("", String::concat);
    assertThat(first.sha256()).isEqualTo(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
    assertThat(Json.parse(Json.line(first), Manifest.class, "m")).isEqualTo(first);
    TestFolders.png(temporary.resolve("x/b/2.png"), TestImages.blobs(16, 3));
    Manifest second = DataSetReader.read(temporary.resolve("x"), options(16, 3)).manifest();
    assertThat(second.sha256()).isNotEqualTo(first.sha256());
  }

  @Test
  void refusesFoldersThatAreNone() throws IOException {
    assertRefused(temporary.resolve("missing"), "missing: no such folder");
    Path file = TestFolders.png(temporary.resolve("file.png"), TestImages.waves(4, 4, 1));
    assertRefused(file, "file.png is a file; a folder of images was expected");
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertRefused(empty, "empty holds no PNG, JPEG or TIFF image");
    TestFolders.write(empty.resolve("a.bmp"), new byte[] {1});
    TestFolders.write(empty.resolve("b.bmp"), new byte[] {1});
    assertRefused(empty, "empty holds no PNG, JPEG or TIFF image (found: 2 x .bmp)");
    TestFolders.png(empty.resolve("one.png"), TestImages.waves(4, 4, 1));
    assertRefused(empty, "empty holds only one image (one.png); at least 2 are needed");
  }

  @Test
  void refusesUnclearArrangements() throws IOException {
    TestFolders.png(temporary.resolve("m/a.png"), TestImages.waves(4, 4, 1));
    TestFolders.png(temporary.resolve("m/c/b.png"), TestImages.waves(4, 4, 1));
    assertRefused(
        temporary.resolve("m"), "images both directly (a.png) and in sub-folders (c/b.png)");
    TestFolders.png(temporary.resolve("d/c/a.png"), TestImages.waves(4, 4, 1));
    TestFolders.png(temporary.resolve("d/c/e/f/b.png"), TestImages.waves(4, 4, 1));
    assertRefused(temporary.resolve("d"), "b.png lies too deep");
    TestFolders.png(temporary.resolve("t/a.png"), TestImages.waves(4, 4, 1));
    TestFolders.write(temporary.resolve("t/scan.TIFF"), new byte[] {1});
    assertRefused(temporary.resolve("t"), "scan.TIFF: not a PNG, JPEG or TIFF image");
  }

  /** A dim image stays dim beside a bright one: the window is the data set's, not each one's. */
  @Test
  void highBitDepthFilesShareOneWindowThatIsRecorded() {
    TestFolders.png(temporary.resolve("dim.png"), deep(1000, 1500));
    TestFolders.png(temporary.resolve("bright.png"), deep(1000, 5000));
    DataSet data = DataSetReader.read(temporary, options(16, 1));
    assertThat(data.window()).isEqualTo(new Window(1000, 5000));
    assertThat(data.manifest().window()).isEqualTo(data.window());
    assertThat(Json.parse(Json.line(data.manifest()), Manifest.class, "m"))
        .isEqualTo(data.manifest());
    assertThat(data.samples().get(0).image().sample(15, 15, 0)).isEqualTo(255); // bright.png
    assertThat(data.samples().get(1).image().sample(15, 15, 0)).isEqualTo(32); // 500 of 4000
    assertThat(data.samples().get(1).image().sample(0, 0, 0)).isZero();
  }

  /** A held-out folder's own percentiles would make the same value another grey. */
  @Test
  void severalFoldersShareTheWindowOfTheFirst() {
    TestFolders.png(temporary.resolve("train/a.png"), deep(1000, 5000));
    TestFolders.png(temporary.resolve("train/b.png"), deep(1000, 5000));
    TestFolders.png(temporary.resolve("test/a.png"), deep(2000, 3000));
    TestFolders.png(temporary.resolve("test/b.png"), deep(2000, 3000));
    Path train = temporary.resolve("train");
    Path test = temporary.resolve("test");
    Reading settled = DataSetReader.settled(Reading.DEFAULT, List.of(train, test));
    assertThat(settled.window()).isEqualTo(WindowChoice.values(new Window(1000, 5000)));
    DataSet data = DataSetReader.read(test, options(16, 1).with(settled));
    assertThat(data.samples().get(0).image().sample(0, 0, 0)).isEqualTo(64); // 1000 of 4000
    DataSet trained = DataSetReader.read(train, options(16, 1));
    assertThat(DataSetReader.read(test, ReadOptions.like(trained)).samples())
        .isEqualTo(data.samples());
    assertThat(ReadOptions.as(trained.manifest())).isEqualTo(ReadOptions.like(trained));
    TestFolders.png(temporary.resolve("eight/a.png"), TestImages.waves(8, 8, 1));
    assertThat(DataSetReader.settled(Reading.DEFAULT, List.of(temporary.resolve("eight"))))
        .isEqualTo(Reading.DEFAULT);
  }

  @Test
  void aPreparedFolderKeepsItsScale() {
    TestFolders.png(temporary.resolve("in/a.png"), deep(1000, 5000));
    TestFolders.png(temporary.resolve("in/b.png"), deep(1000, 3000));
    Path out = temporary.resolve("out");
    PrepareOptions prepare =
        new PrepareOptions(16, Fit.CROP, OfflineAugmentation.NONE, 1, 0, Reading.DEFAULT);
    assertThat(Preparation.prepare(temporary.resolve("in"), out, prepare).window())
        .isEqualTo(new Window(1000, 5000));
    DataSet data = DataSetReader.read(out, options(16, 1));
    assertThat(data.window()).isEqualTo(new Window(1000, 5000));
    assertThat(data.samples())
        .extracting(sample -> sample.image().sample(15, 15, 0))
        .containsExactly(255, 128); // 2000 of 4000
    Reading other = Reading.DEFAULT.with(new WindowChoice(0, 5000, false));
    assertThatThrownBy(() -> DataSetReader.read(out, options(16, 1).with(other)))
        .hasMessageContaining("made with the window 1000,5000 and is wanted with 0,5000");
    DataSet source = DataSetReader.read(temporary.resolve("in"), options(16, 1));
    assertThat(DataSetReader.read(out, ReadOptions.like(source)).samples())
        .extracting(Sample::image)
        .isEqualTo(source.samples().stream().map(Sample::image).toList());
    Path again = temporary.resolve("again");
    assertThat(Preparation.prepare(out, again, prepare).window()).isEqualTo(new Window(1000, 5000));
    assertThat(DataSetReader.read(again, options(16, 1)).samples())
        .extracting(Sample::image)
        .isEqualTo(data.samples().stream().map(Sample::image).toList());
  }

  @Test
  void badFilesAreLeftOutOnlyWhenAsked() {
    TestFolders.png(temporary.resolve("a.png"), TestImages.waves(8, 8, 1));
    TestFolders.png(temporary.resolve("b.png"), TestImages.waves(9, 9, 1));
    TestFolders.write(temporary.resolve("c.png"), new byte[] {1});
    assertRefused(temporary, "c.png: not a PNG, JPEG or TIFF image");
    DataSet data = DataSetReader.read(temporary, options(8, 1).with(SKIPPING));
    assertThat(data.samples()).hasSize(2);
    assertThat(data.skipped()).singleElement().asString().contains("c.png");
    assertThat(data.manifest().skipped()).isEqualTo(1);
    TestFolders.write(temporary.resolve("d.png"), new byte[] {1});
    assertRefused(temporary, "2 of the 4 images in");
    assertRefused(temporary, "d.png: not a PNG, JPEG or TIFF image");
    TestFolders.write(temporary.resolve("a.png"), new byte[] {1});
    assertThatThrownBy(() -> DataSetReader.read(temporary, options(8, 1).with(SKIPPING)))
        .hasMessageContaining("only 1 images can be read");
  }

  @Test
  void aClassWithoutReadableImagesIsNoClass() {
    for (String name : List.of("a/1.png", "c/2.png", "c/3.png")) {
      TestFolders.png(temporary.resolve(name), TestImages.blobs(16, name.hashCode()));
    }
    TestFolders.write(temporary.resolve("b/bad.png"), new byte[] {1});
    DataSet data = DataSetReader.read(temporary, options(16, 1).with(SKIPPING));
    assertThat(data.classes()).containsExactly("a", "c");
    assertThat(data.samples()).extracting(Sample::label).containsExactly(0, 1, 1);
  }

  /** 16 x 16, 16 bit: one value everywhere but for the last row, which has another. */
  private static Image deep(int ground, int last) {
    short[] samples = new short[256];
    for (int i = 0; i < 256; i++) {
      samples[i] = (short) (i < 240 ? ground : last);
    }
    return new Image(16, 16, 1, 16, samples);
  }

  @Test
  void circlesOfLinksEnd() throws IOException {
    TestFolders.png(temporary.resolve("l/c/a.png"), TestImages.waves(4, 4, 1));
    TestFolders.png(temporary.resolve("l/c/b.png"), TestImages.waves(5, 5, 1));
    Path link = temporary.resolve("l/c/again");
    Files.createSymbolicLink(link, temporary.resolve("l"));
    assertThat(DataSetReader.read(temporary.resolve("l"), options(8, 1)).samples()).hasSize(2);
    Path around = temporary.resolve("l/around");
    Files.createSymbolicLink(around, temporary.resolve("l"));
    assertRefused(temporary.resolve("l"), "around is a link to a folder that it lies in");
  }

  @Test
  void refusesBadFilesByName() throws IOException {
    TestFolders.png(temporary.resolve("good.png"), TestImages.waves(4, 4, 1));
    Path bad =
        TestFolders.write(
            temporary.resolve("bad.jpeg"), "text".getBytes(StandardCharsets.US_ASCII));
    assertRefused(temporary, "bad.jpeg: not a PNG, JPEG or TIFF image");
    TestFolders.png(bad, new Image(1, 1, 1, 8, new short[1]));
    assertRefused(temporary, "bad.jpeg is 1 x 1 pixels");
    Files.delete(bad);
    Files.createSymbolicLink(bad, temporary.resolve("gone.png"));
    assertRefused(temporary, "bad.jpeg: no such file");
  }

  @Test
  void refusesWhatMayNotBeRead() throws IOException {
    Path folder = temporary.resolve("locked");
    Path file = TestFolders.png(folder.resolve("a.png"), TestImages.waves(4, 4, 1));
    TestFolders.png(folder.resolve("b.png"), TestImages.waves(4, 4, 1));
    Assumptions.assumeTrue(file.toFile().setReadable(false), "the file system has no permissions");
    Assumptions.assumeFalse(Files.isReadable(file), "this user, root perhaps, may read everything");
    assertRefused(folder, "a.png: no permission to read it");
    assertThat(folder.toFile().setReadable(false)).isTrue();
    assertRefused(folder, "locked: no permission to read it");
    assertThat(folder.toFile().setReadable(true)).isTrue();
  }

  @Test
  void readsTheArticlesData() {
    Path data = realData();
    DataSet bacilli = DataSetReader.read(data.resolve("tb64/train64"), ReadOptions.DEFAULT);
    assertThat(bacilli.classes()).containsExactly("bacillus");
    assertThat(bacilli.samples()).hasSize(64);
    DataSet cells = DataSetReader.read(data.resolve("wbc64/train64"), ReadOptions.DEFAULT);
    assertThat(cells.manifest().classes())
        .containsExactly(
            new Manifest.ClassCount("eosinophil", 5),
            new Manifest.ClassCount("lymphocyte", 11),
            new Manifest.ClassCount("monocyte", 10),
            new Manifest.ClassCount("neutrophil", 38));
  }

  static Path realData() {
    String folder = System.getenv("INOCULUM_DATA");
    Assumptions.assumeTrue(folder != null, "INOCULUM_DATA names no folder of real data");
    return Path.of(String.valueOf(folder));
  }

  private static ReadOptions options(int size, int channels) {
    return new ReadOptions(
        OptionalInt.of(size), Fit.CROP, OptionalInt.of(channels), Reading.DEFAULT);
  }

  private static void assertRefused(Path folder, String message) {
    assertThatThrownBy(() -> DataSetReader.read(folder, ReadOptions.DEFAULT))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void classifiesAPreparedFolder() {
    TestFolders.png(temporary.resolve("in/a.png"), TestImages.blobs(16, 1));
    TestFolders.png(temporary.resolve("in/b.png"), TestImages.blobs(16, 2));
    PrepareOptions options =
        new PrepareOptions(16, Fit.CROP, OfflineAugmentation.ARTICLE, 10, 0, Reading.DEFAULT);
    Preparation.prepare(temporary.resolve("in"), temporary.resolve("out"), options);
    DataSet data = DataSetReader.read(temporary.resolve("out"), options(16, 3));
    assertThat(data.augmentation()).isEqualTo(OfflineAugmentation.ARTICLE);
    assertThat(data.samples()).hasSize(20);
    assertThat(data.samples().get(0).image()).isEqualTo(TestImages.blobs(16, 1));
    TestFolders.write(
        temporary.resolve("out/prepare.json"), "{}".getBytes(StandardCharsets.US_ASCII));
    assertRefused(temporary.resolve("out"), "prepare.json");
    assertThat(Png.encode(data.samples().get(0).image())).isNotEmpty();
  }
}
