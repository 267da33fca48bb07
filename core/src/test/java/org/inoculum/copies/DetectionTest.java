package org.inoculum.copies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.GaussianBlur;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.image.Rotation;
import org.inoculum.image.Symmetry;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planted copies are found, and images that are none are left alone. */
class DetectionTest {
  private static final Map<String, UnaryOperator<Image>> DAMAGES = damages();

  private static Map<String, UnaryOperator<Image>> damages() {
    Map<String, UnaryOperator<Image>> damages = new LinkedHashMap<>();
    damages.put("exact", image -> image);
    damages.put("blurred by 1 pixel", image -> blurred(image, 1));
    damages.put("10 levels brighter", image -> each(image, v -> v + 10));
    damages.put("15 levels darker", image -> each(image, v -> v - 15));
    damages.put("8 % more gain", image -> each(image, v -> v * 1.08));
    damages.put("blurred and brighter", image -> each(blurred(image, 1), v -> v + 10));
    damages.put("turned by 45 degrees", image -> Rotation.by(image, 45));
    damages.put("grain of 3 levels", DetectionTest::grained);
    return damages;
  }

  @Test
  void onDrawnBacilli() {
    check("drawn", drawn(0, 64), drawn(64, 200));
  }

  @ParameterizedTest
  @CsvSource({
    "tb64, train64/bacillus, heldout/bacillus",
    "tb64, train-negatives/not-bacillus, heldout/not-bacillus",
    "wbc64, train64, heldout"
  })
  void onRealImages(String set, String train, String heldOut) {
    String root = System.getenv("INOCULUM_DATA");
    Assumptions.assumeTrue(root != null, "INOCULUM_DATA names no folder with real images");
    Path folder = Path.of(String.valueOf(root), set);
    check(
        set + " " + train,
        DataSetReader.read(folder.resolve(train), ReadOptions.DEFAULT),
        DataSetReader.read(folder.resolve(heldOut), ReadOptions.DEFAULT));
  }

  private static void check(String what, DataSet train, DataSet unseen) {
    TrainingImages training = TrainingImages.of(train);
    double threshold = training.threshold();
    int planted = 0;
    int missed = 0;
    List<String> report = new ArrayList<>();
    for (var damage : DAMAGES.entrySet()) {
      double worst = 0;
      double farthest = 0;
      int here = 0;
      for (int i = 0; i < train.samples().size(); i++) {
        Symmetry symmetry = List.of(Symmetry.values()).get(i % 8);
        Image copy = damage.getValue().apply(symmetry.apply(train.samples().get(i).image()));
        Match match = training.nearest(copy);
        worst = Math.max(worst, match.ratio());
        farthest = Math.max(farthest, match.distance());
        planted++;
        here += match.ratio() < threshold && match.training() == i ? 0 : 1;
      }
      missed += here;
      report.add(
          "%s: missed %d, rho <= %.2f, d <= %.3f"
              .formatted(damage.getKey(), here, worst, farthest));
    }
    CopyFilter filter = new CopyFilter(training, threshold);
    Map<CopyFilter.Reason, Integer> alarms = new LinkedHashMap<>();
    double nearest = Double.POSITIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (Sample sample : unseen.samples()) {
      CopyFilter.Decision verdict = filter.check(sample.image());
      verdict.rejected().ifPresent(reason -> alarms.merge(reason, 1, Integer::sum));
      least = Math.min(least, verdict.nearest().ratio());
      nearest = Math.min(nearest, verdict.nearest().distance());
    }
    report.add(
        "held out %d: rho >= %.2f, d >= %.3f, rejected %s; threshold %.3f"
            .formatted(unseen.samples().size(), least, nearest, alarms, threshold));
    assertThat(missed).as("%s: %s", what, report).isLessThanOrEqualTo(planted / 100);
    assertThat(alarms.values().stream().mapToInt(n -> n).sum())
        .as("%s: %s", what, report)
        .isLessThanOrEqualTo(unseen.samples().size() / 100);
  }

  /** Drawn images {@code first} … as a data set of 64 x 64. */
  static DataSet drawn(int first, int count) {
    List<Sample> samples =
        IntStream.range(first, first + count)
            .mapToObj(i -> new Sample(i + ".png", 0, DrawnBacilli.draw(0, i, 64), ""))
            .toList();
    return new DataSet(
        "drawn", List.of("bacillus"), 64, 3, samples, OfflineAugmentation.NONE, List.of());
  }

  private static Image grained(Image image) {
    RandomStream random = RandomStream.of(1, Purpose.CHECKING, 0);
    return each(image, v -> v + 3 * random.nextGaussian());
  }

  private static Image each(Image image, java.util.function.DoubleUnaryOperator change) {
    short[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = level(change.applyAsDouble(samples[i]));
    }
    return new Image(image.width(), image.height(), image.channels(), 8, samples);
  }

  private static Image blurred(Image image, double sigma) {
    int side = image.width();
    short[] samples = new short[side * side * 3];
    for (int c = 0; c < 3; c++) {
      double[] field = new double[side * side];
      for (int i = 0; i < field.length; i++) {
        field[i] = image.sample(i % side, i / side, c);
      }
      double[] soft = GaussianBlur.blur(field, side, sigma);
      for (int i = 0; i < field.length; i++) {
        samples[3 * i + c] = level(soft[i]);
      }
    }
    return new Image(side, side, 3, 8, samples);
  }

  private static short level(double value) {
    return (short) Math.max(0, Math.min(255, Math.round(value)));
  }
}
