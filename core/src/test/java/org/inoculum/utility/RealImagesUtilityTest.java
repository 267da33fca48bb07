package org.inoculum.utility;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.TorchTest;
import org.inoculum.utility.UtilityResult.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The default test on tb64, with 64 + 64 real images to train on: real images passed off as
 * synthetic help, noise harms, and the training images once more do nothing. Every second held-out
 * image is "synthetic", the others are for testing.
 */
@Tag("slow")
class RealImagesUtilityTest extends TorchTest {
  private static final UtilityOptions OPTIONS =
      new UtilityOptions(UtilityOptions.QUICK_REPEATS, UtilityOptions.QUICK_BUDGETS, false, 2, 0);

  @Test
  void moreRealImagesHelp() {
    UtilityResult result = run(heldOut(0));
    assertThat(result.outcome()).as(result.verdict()).isEqualTo(Outcome.GAIN);
  }

  @Test
  void noiseHarms() {
    UtilityResult result = run(noise());
    assertThat(result.outcome()).as(result.verdict()).isEqualTo(Outcome.HARM);
  }

  @Test
  void aCopyOfTheTrainingImagesDoesNothing() {
    List<Sample> twice = new ArrayList<>(train()); // other numbers of images: other draws
    twice.addAll(train());
    UtilityResult result = run(twice);
    assertThat(result.outcome()).as(result.verdict()).isEqualTo(Outcome.NO_DIFFERENCE);
  }

  private static List<Sample> train() {
    List<Sample> train = new ArrayList<>(read("train64/bacillus", 0));
    train.addAll(read("train-negatives/not-bacillus", 1));
    return train;
  }

  private static UtilityResult run(List<Sample> synthetic) {
    return UtilityExperiment.run(
        List.of(
            new UtilityData(
                set("train", train()), set("test", heldOut(1)), set("generated", synthetic))),
        OPTIONS,
        (done, of) -> {},
        warning -> {},
        () -> false);
  }

  /** 100 images of each class, every value drawn alike. */
  private static List<Sample> noise() {
    List<Sample> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      RandomStream random = RandomStream.of(0, Purpose.CHECKING, i);
      short[] values = new short[3 * UtilityData.SIZE * UtilityData.SIZE];
      for (int j = 0; j < values.length; j++) {
        values[j] = (short) random.nextInt(256);
      }
      Image image = new Image(UtilityData.SIZE, UtilityData.SIZE, 3, 8, values);
      all.add(new Sample("noise " + i, i % 2, image, "noise " + i));
    }
    return all;
  }

  private static List<Sample> heldOut(int remainder) {
    List<Sample> all = new ArrayList<>(read("heldout/bacillus", 0));
    all.addAll(read("heldout/not-bacillus", 1));
    List<Sample> half = new ArrayList<>();
    for (int i = remainder; i < all.size(); i += 2) {
      half.add(all.get(i));
    }
    return half;
  }

  private static List<Sample> read(String folder, int label) {
    String root = System.getenv("INOCULUM_DATA");
    Assumptions.assumeTrue(root != null, "INOCULUM_DATA names no folder with real images");
    Path path = Path.of(String.valueOf(root), "tb64").resolve(folder);
    return DataSetReader.read(path, ReadOptions.DEFAULT.withSize(UtilityData.SIZE))
        .samples()
        .stream()
        .map(one -> new Sample(folder + "/" + one.source(), label, one.image(), one.sha256()))
        .toList();
  }

  private static DataSet set(String name, List<Sample> samples) {
    return new DataSet(
        name,
        List.of("bacillus", "not-bacillus"),
        UtilityData.SIZE,
        3,
        samples,
        OfflineAugmentation.NONE,
        List.of());
  }
}
