package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;
import org.inoculum.image.Symmetry;
import org.inoculum.metric.CopyRatio;
import org.inoculum.metric.CopyTest;
import org.inoculum.metric.Features;
import org.inoculum.metric.PooledTest;
import org.inoculum.metric.RankTest;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * The evidence for and against a set of generated images: the numbers that {@link Verdict}'s rules
 * look at. A change is a rank test's z with the difference of the medians.
 *
 * @param fine change of the finest texture, in natural logarithms
 * @param medium change of the texture half as fine
 * @param colours change of the mean red, green and blue, in standard deviations of the real images
 * @param pooled permutation tests in the feature space; null below {@link PooledTest#LEAST} images
 * @param copies how near the generated images lie to training images; null where these are not
 *     known
 * @param nReal real images
 * @param nGenerated generated images
 */
record Evidence(
    Change fine,
    Change medium,
    List<Change> colours,
    @Nullable PooledTest pooled,
    @Nullable Copies copies,
    int nReal,
    int nGenerated) {
  /** How long it takes, beside a score. */
  static final int STEPS = 2;

  private static final int DIVISIONS = 999;

  /** A quarter of a grey level: real images that are all one colour would make any change huge. */
  private static final double LEAST_DEVIATION = 0.001;

  /** Most images of a set in the permutation tests, which look at all pairs again and again. */
  private static final int MOST_POOLED = 256;

  /**
   * The difference of a trait of single images from the real ones.
   *
   * @param z of the rank test, below 0 where the generated images have less
   * @param difference of the medians
   */
  record Change(double z, double difference) {}

  /**
   * The nearness of generated images to training images.
   *
   * @param share of generated images that count as copies, under any of the 8 symmetries
   * @param realShare the same of real images, which are none
   * @param cT the data-copying test in the feature space
   */
  record Copies(double share, double realShare, double cT) {}

  static Evidence of(Comparison images, FeatureSets features) {
    return of(
        ImageTraits.of(images.real()),
        ImageTraits.of(images.generated()),
        pooled(features.real(), features.generated()),
        copies(images, features));
  }

  /** From what was measured in each image. */
  static Evidence of(
      List<ImageTraits> real,
      List<ImageTraits> generated,
      @Nullable PooledTest pooled,
      @Nullable Copies copies) {
    List<Change> colours = new ArrayList<>();
    for (ToDoubleFunction<ImageTraits> colour :
        List.<ToDoubleFunction<ImageTraits>>of(
            ImageTraits::red, ImageTraits::green, ImageTraits::blue)) {
      Change change = change(real, generated, colour);
      double deviation = Math.max(LEAST_DEVIATION, deviation(values(real, colour)));
      colours.add(new Change(change.z(), change.difference() / deviation));
    }
    return new Evidence(
        change(real, generated, ImageTraits::fine),
        change(real, generated, ImageTraits::medium),
        colours,
        pooled,
        copies,
        real.size(),
        generated.size());
  }

  static @Nullable PooledTest pooled(Features real, Features generated) {
    int count = Math.min(MOST_POOLED, Math.min(real.count(), generated.count()));
    if (count < PooledTest.LEAST) {
      return null;
    }
    RandomStream random = RandomStream.of(0, Purpose.CHECKING, count);
    return PooledTest.of(
        real.select(Subsets.some(real.count(), count, random)),
        generated.select(Subsets.some(generated.count(), count, random)),
        DIVISIONS,
        0);
  }

  private static @Nullable Copies copies(Comparison images, FeatureSets features) {
    ImageSet train = images.train();
    if (train == null || features.train() == null || train.count() < 2) {
      return null;
    }
    Features known = new PixelFeatures().of(train.images());
    CopyRatio generated = CopyRatio.of(known, symmetries(images.generated()));
    CopyRatio real = CopyRatio.of(known, symmetries(images.real()));
    return new Copies(
        generated.shareBelow(CopyRatio.DEFAULT_THRESHOLD),
        real.shareBelow(CopyRatio.DEFAULT_THRESHOLD),
        CopyTest.of(features.train(), features.real(), features.generated()).cT());
  }

  private static List<Features> symmetries(ImageSet set) {
    List<Image> small =
        set.images().stream()
            .map(image -> Resize.to(image, PixelFeatures.SIDE, PixelFeatures.SIDE))
            .toList();
    return Arrays.stream(Symmetry.values())
        .map(symmetry -> new PixelFeatures().of(small.stream().map(symmetry::apply).toList()))
        .toList();
  }

  private static Change change(
      List<ImageTraits> real, List<ImageTraits> generated, ToDoubleFunction<ImageTraits> trait) {
    double[] a = values(real, trait);
    double[] b = values(generated, trait);
    return new Change(RankTest.z(a, b), median(b) - median(a));
  }

  private static double[] values(List<ImageTraits> set, ToDoubleFunction<ImageTraits> trait) {
    return set.stream().mapToDouble(trait).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
