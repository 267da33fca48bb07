package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.PlaneChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs of public bug reports, re-created, each with what is right beside it. */
class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // images | boxes | classes | images that result | words of a note
        "02-yolo-roboflow-layout/train/images | 02-yolo-roboflow-layout/train/labels | coccus, rod | 12 | data.yaml",
        "02-yolo-roboflow-layout/valid/images | 02-yolo-roboflow-layout/valid/labels | coccus, rod | 4 | data.yaml",
        "04-yolo-polygons/images | 04-yolo-polygons/labels | rod | 4 | of outlines the bounding boxes are taken: 2",
        "04-yolo-polygons/images | 04-yolo-polygons/labels | rod | 4 | confidence and passed over: 1",
        "05-coco-labelstudio-paths/images | 05-coco-labelstudio-paths/result.json | rod | 4 | 4 images are named by a path",
        "06-coco-types/images | 06-coco-types/a-string.json | rod | 4 | ",
        "06-coco-types/images | 06-coco-types/b-float.json | rod | 4 | ",
        "06-coco-types/images | 06-coco-types/c-bool.json | rod | 4 | ",
        "06-coco-types/images | 06-coco-types/d-nan.json | rod | 4 | ",
        "07-coco-ids-zero/images | 07-coco-ids-zero/a.json | rod | 4 | whose id another one has too: 3",
        "07-coco-ids-zero/images | 07-coco-ids-zero/b.json | rod | 4 | whose id another one has too: 2",
        "08-voc-labelimg/images | 08-voc-labelimg/a | rod | 4 | ",
        "08-voc-labelimg/images | 08-voc-labelimg/b | rod | 4 | 4 images are named by a path",
        "16-csv-retinanet/images | 16-csv-retinanet/a.csv | rod | 3 | the table has no header",
        "16-csv-retinanet/images | 16-csv-retinanet/a-header.csv | rod | 3 | images without a box: 1",
        "16-csv-retinanet/images | 16-csv-retinanet/b.csv | rod | 3 | a decimal comma: 12",
        "16-csv-retinanet/images | 16-csv-retinanet/c-utf16.csv | rod | 3 | ",
        "24-yolo-yaml-names/a/images | 24-yolo-yaml-names/a/labels | E. coli, wt, rod | 4 | data.yaml",
        "24-yolo-yaml-names/b/images | 24-yolo-yaml-names/b/labels | gram #2, rod | 4 | data.yaml"
      })
  void boxes(
      String images,
      String boxes,
      String classes,
      int count,
      @org.jspecify.annotations.Nullable String note) {
    Preparation.Report report = prepare(images, boxes, false);
    assertThat(report.classes().stream().map(Manifest.ClassCount::name).toList())
        .hasToString("[" + classes + "]");
    assertThat(report.images()).isEqualTo(count);
    if (note != null) {
      assertThat(report.notes()).anyMatch(sentence -> sentence.contains(note));
    }
  }

  @Test
  void twoFilesOfOneImageAreNamed() {
    assertThatThrownBy(() -> prepare("08-voc-labelimg/images", "08-voc-labelimg/c", false))
        .hasMessageContaining("smear 0.xml")
        .hasMessageContaining("smear 1.xml")
        .hasMessageContaining("are both of 'smear 0.png'");
  }

  @ParameterizedTest
  @CsvSource({"three, false, 90", "three, true, 250", "six, false, 90", "six, true, 250"})
  void turnedImagesWithBoxes(String folder, boolean stored, int brightness) {
    String root = "14-exif-boxes/" + folder;
    Preparation.Report report = prepare(root + "/images", root + "/labels", stored);
    assertThat(report.notes()).anyMatch(note -> note.startsWith("3 images are turned upright"));
    double mean = mean(ImageFiles.read(image("rod/p0_0000.png"), DecodingLimits.DEFAULT));
    if (stored) {
      assertThat(mean).isGreaterThan(brightness - 10);
    } else {
      assertThat(mean).isLessThan(brightness);
    }
  }

  @Test
  void samplesBehindAColour() {
    Path folder = CASES.resolve("11-rgb-plus-extra-channels");
    assertThatThrownBy(() -> DataSetReader.read(folder, ReadOptions.DEFAULT))
        .hasMessageContaining("holds 5 samples")
        .hasMessageContaining("--channel 1 to 5");
    Reading fourth =
        new Reading(
            new PlaneChoice("4", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
            WindowChoice.DEFAULT,
            DecodingLimits.DEFAULT,
            false);
    DataSet read =
        DataSetReader.read(folder, ReadOptions.DEFAULT.withSize(64).withChannels(1).with(fourth));
    // The mean of the fourth channel as NumPy has it.
    assertThat(mean(read.samples().get(0).image())).isEqualTo(49.427734375);
  }

  @ParameterizedTest
  @ValueSource(strings = {"strips-ycc", "tiles-rgb", "tiles-ycc"})
  void colourJpegInTiff(String folder) {
    DataSet read =
        DataSetReader.read(
            CASES.resolve("23-jpeg-tiff-colour").resolve(folder), ReadOptions.DEFAULT.withSize(96));
    assertThat(read.samples()).hasSize(2);
    assertThat(read.notes()).isEmpty();
  }

  private Preparation.Report prepare(String images, String boxes, boolean stored) {
    Cutting cutting =
        new Cutting.Boxes(CASES.resolve(boxes), null, 0, BoxLimits.DEFAULT, null, stored);
    return Preparation.prepare(
        CASES.resolve(images),
        temporary.resolve("out"),
        new PrepareOptions(
            16, Fit.CROP, OfflineAugmentation.NONE, 1, 0, Reading.DEFAULT, cutting, null, null));
  }

  private Path image(String name) {
    return temporary.resolve("out").resolve(name);
  }

  private static double mean(Image image) {
    double sum = 0;
    for (short sample : image.samples()) {
      sum += sample;
    }
    return sum / image.samples().length;
  }
}
