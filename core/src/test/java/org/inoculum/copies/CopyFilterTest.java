package org.inoculum.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.UserException;
import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.image.Symmetry;
import org.inoculum.metric.CopyRatio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyFilterTest {
  private static final DataSet DRAWN = DetectionTest.drawn(0, 20);

  @TempDir private Path folder;

  @Test
  void copiesRepeatsAndBlankImagesAreToldApart() {
    TrainingImages training = TrainingImages.of(DRAWN);
    CopyFilter filter = new CopyFilter(training, training.threshold());
    Image fresh = image(DetectionTest.drawn(20, 1), 0);
    CopyFilter.Decision copy = filter.check(Symmetry.ROTATE_90.apply(image(DRAWN, 7)));
    assertThat(copy.rejected()).contains(Reason.COPY);
    assertThat(copy.nearest().name()).isEqualTo("7.png");
    assertThat(copy.nearest().lay(image(DRAWN, 7)))
        .isEqualTo(Symmetry.ROTATE_90.apply(image(DRAWN, 7)));
    assertThat(filter.check(fresh).rejected()).isEmpty();
    assertThat(filter.check(Symmetry.FLIP.apply(fresh)).rejected()).contains(Reason.REPEAT);
    assertThat(filter.check(new Image(64, 64, 3, 8, new short[64 * 64 * 3])).rejected())
        .contains(Reason.BLANK);
  }

  @Test
  void aImageThatLiesTwiceInTheTrainingSetIsStillCopied() {
    DataSet twice = with(DRAWN, Symmetry.MIRROR.apply(image(DRAWN, 3)));
    TrainingImages training = TrainingImages.of(twice);
    assertThat(training.threshold()).isEqualTo(TrainingImages.of(DRAWN).threshold());
    CopyFilter filter = new CopyFilter(training, training.threshold());
    assertThat(filter.check(Symmetry.TRANSPOSE.apply(image(DRAWN, 3))).rejected())
        .contains(Reason.COPY);
  }

  @Test
  void oneTrainingImageOrAllAlikeStillFindsCopies() {
    DataSet one = DetectionTest.drawn(0, 1);
    for (DataSet alike : List.of(one, with(one, image(one, 0)))) {
      TrainingImages training = TrainingImages.of(alike);
      assertThat(training.threshold()).isEqualTo(CopyRatio.DEFAULT_THRESHOLD);
      CopyFilter filter = new CopyFilter(training, training.threshold());
      assertThat(filter.check(image(one, 0)).rejected()).contains(Reason.COPY);
      assertThat(filter.check(image(DRAWN, 1)).rejected()).isEmpty();
    }
  }

  @Test
  void heldOutImagesThatLookLikeCopiesLowerTheThreshold() {
    TrainingImages training = TrainingImages.of(DRAWN);
    List<Image> heldOut = List.of(image(DRAWN, 0), image(DetectionTest.drawn(30, 1), 0));
    assertThat(training.threshold(heldOut)).isLessThan(1e-6);
    assertThat(training.threshold(heldOut.subList(1, 2))).isEqualTo(training.threshold());
  }

  @Test
  void theFileGivesTheSameVerdicts() throws IOException {
    TrainingImages training = TrainingImages.of(DRAWN);
    Path file = folder.resolve(TrainingImages.FILE);
    List<Integer> told = new ArrayList<>();
    TrainingImages.write(DRAWN, file, (doing, done, total) -> told.add(done));
    assertThat(told).last().isEqualTo(DRAWN.samples().size());
    TrainingImages read = TrainingImages.read(file);
    assertThat(file).hasContent(training.document());
    assertThat(read.sha256()).isEqualTo(training.sha256());
    for (Sample sample : DetectionTest.drawn(18, 6).samples()) {
      Match before = training.nearest(sample.image());
      Match after = read.nearest(sample.image());
      assertThat(after.training()).isEqualTo(before.training());
      assertThat(after.distance()).isCloseTo(before.distance(), within());
    }
    Path broken = folder.resolve("broken.json");
    Files.writeString(
        broken, Files.readString(file).replaceFirst("\"upright\":\"....", "\"upright\":\"?"));
    assertThatThrownBy(() -> TrainingImages.read(broken))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("broken.json");
    Files.writeString(broken, "{\"method\": \"another\", \"images\": []}");
    assertThatThrownBy(() -> TrainingImages.read(broken))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--train DIR");
  }

  @Test
  void theSheetLaysTrainingImagesDownAsTheFakeShowsThem() {
    TrainingImages training = TrainingImages.of(DRAWN);
    Image fake = Symmetry.TRANSVERSE.apply(image(DRAWN, 5));
    List<Image> all = DRAWN.samples().stream().map(Sample::image).toList();
    Image sheet = NearestSheet.of(List.of(fake), List.of(training.nearest(fake)), all);
    assertThat(sheet.width()).isEqualTo(130);
    for (int i = 0; i < 64 * 64; i++) {
      int x = i % 64;
      int y = i / 64;
      assertThat(sheet.sample(66 + x, y, 1)).isEqualTo(sheet.sample(x, y, 1));
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-3);
  }

  private static Image image(DataSet data, int index) {
    return data.samples().get(index).image();
  }

  private static DataSet with(DataSet data, Image more) {
    List<Sample> samples = new ArrayList<>(data.samples());
    samples.add(new Sample("more.png", 0, more, ""));
    return new DataSet(
        "drawn", List.of("bacillus"), 64, 3, samples, OfflineAugmentation.NONE, List.of());
  }
}
