package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.files.Json;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Symmetry;
import org.inoculum.image.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  @TempDir Path folder;

  @Test
  void countsWhatIsThere() throws IOException {
    TestFolders.png(folder.resolve("a/1.png"), TestImages.blobs(20, 1));
    TestFolders.png(folder.resolve("a/2.png"), TestImages.noise(10, 12, 1, 16, 1));
    TestFolders.write(folder.resolve("b/3.jpg"), TestImages.jpeg(TestImages.blobs(20, 5), 1, true));
    Inspection.Report report = inspect();
    assertThat(report.images()).isEqualTo(3);
    assertThat(report.classes())
        .containsExactly(new Manifest.ClassCount("a", 2), new Manifest.ClassCount("b", 1));
    assertThat(report.sizes()).containsEntry("20 x 20", 2).containsEntry("10 x 12", 1);
    assertThat(report.formats()).containsEntry("png", 2).containsEntry("jpeg", 1);
    assertThat(report.modes()).containsEntry("rgb", 2).containsEntry("grey", 1);
    assertThat(report.bitDepths()).containsEntry("8", 2).containsEntry("16", 1);
    assertThat(report.warnings())
        .anyMatch(line -> line.contains("class a has only 2 images"))
        .anyMatch(line -> line.contains("2 sizes"));
    assertThat(Json.parse(Json.document(report), Inspection.Report.class, "r")).isEqualTo(report);
  }

  @Test
  void listsBadFilesAndGoesOn() {
    TestFolders.png(folder.resolve("1.png"), TestImages.blobs(20, 1));
    TestFolders.write(folder.resolve("2.png"), "text".getBytes(StandardCharsets.US_ASCII));
    TestFolders.png(folder.resolve("3.png"), new Image(1, 1, 1, 8, new short[1]));
    TestFolders.write(folder.resolve("4.tif"), new byte[4]);
    TestFolders.png(folder.resolve("c/5.png"), TestImages.blobs(20, 2));
    Inspection.Report report = inspect();
    assertThat(report.images()).isEqualTo(2);
    assertThat(report.unreadable())
        .extracting(Inspection.Unreadable::file)
        .containsExactlyInAnyOrder("2.png", "3.png", "4.tif");
    assertThat(report.warnings()).anyMatch(line -> line.startsWith("train refuses this folder"));
  }

  @Test
  void findsDuplicatesAndLeaks() {
    TestFolders.png(folder.resolve("a/1.png"), TestImages.blobs(32, 1));
    TestFolders.png(folder.resolve("a/2.png"), TestImages.blobs(32, 2));
    TestFolders.png(folder.resolve("b/copy.png"), TestImages.blobs(32, 1));
    Inspection.Report report = inspect();
    assertThat(report.exactDuplicates()).containsExactly(List.of("a/1.png", "b/copy.png"));
    assertThat(report.nearDuplicates()).isEmpty();
    assertThat(report.warnings()).contains("the same image is in two classes: a/1.png, b/copy.png");
  }

  @Test
  void findsNearDuplicatesAndOnlyThem() throws IOException {
    for (int i = 0; i < 40; i++) {
      TestFolders.png(folder.resolve("cell" + i + ".png"), TestImages.blobs(64, i));
    }
    Image first = TestImages.blobs(64, 0);
    TestFolders.write(folder.resolve("cell0-jpeg.jpg"), TestImages.jpeg(first, 0.85f, false));
    TestFolders.png(folder.resolve("cell0-turned.png"), Symmetry.ROTATE_90.apply(first));
    TestFolders.png(
        folder.resolve("cell1-light.png"), TestImages.brighter(TestImages.blobs(64, 1), 3));
    Inspection.Report report = inspect();
    assertThat(report.exactDuplicates()).isEmpty();
    assertThat(report.nearDuplicates())
        .extracting(Inspection.NearGroup::files)
        .containsExactlyInAnyOrder(
            List.of("cell0-jpeg.jpg", "cell0-turned.png", "cell0.png"),
            List.of("cell1-light.png", "cell1.png"));
  }

  @Test
  void findsBlankImagesAndImbalance() {
    for (int i = 0; i < 5; i++) {
      TestFolders.png(folder.resolve("a/" + i + ".png"), TestImages.blobs(16, i));
    }
    short[] flat = new short[16 * 16];
    java.util.Arrays.fill(flat, (short) 240);
    TestFolders.png(folder.resolve("b/blank.png"), new Image(16, 16, 1, 8, flat));
    Inspection.Report report = inspect();
    assertThat(report.nearlyBlank()).containsExactly("b/blank.png");
    assertThat(report.warnings()).anyMatch(line -> line.contains("more than 4 to 1"));
  }

  /** The calibration of {@link Thumbnail}: real copies are found, real neighbours are not. */
  @Test
  void realBacilliAreDistinctAndTheirCopiesAreFound() throws IOException {
    Path real = DataSetReaderTest.realData();
    for (String set : List.of("tb64/train64", "wbc64/train64")) {
      assertThat(Inspection.inspect(real.resolve(set), Reading.DEFAULT).nearDuplicates()).isEmpty();
    }
    DataSet bacilli = DataSetReader.read(real.resolve("tb64/train64"), ReadOptions.DEFAULT);
    for (int i = 0; i < 64; i += 4) {
      Image original = bacilli.samples().get(i).image();
      Image turned = Symmetry.ROTATE_90.apply(TestImages.brighter(original, 3));
      Image copy =
          ImageFiles.decode(TestImages.jpeg(turned, 0.85f, false), "copy", DecodingLimits.DEFAULT);
      assertThat(NearDuplicates.find(List.of(Thumbnail.of(original), Thumbnail.of(copy))))
          .as("copy of %d", i)
          .hasSize(1);
    }
  }

  private Inspection.Report inspect() {
    return Inspection.inspect(folder, Reading.DEFAULT);
  }
}
