package org.inoculum.metric;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Percentile intervals from resampling images with replacement (Efron &amp; Tibshirani, "An
 * Introduction to the Bootstrap", 1993, chapter 13). The same seed gives the same interval.
 *
 * <p>Never resample a set and then look for nearest neighbours in it: a repeated image is its own
 * neighbour at distance 0. For precision, recall, coverage and authenticity use {@link
 * Interval#ofShare}, for density {@link #ofMean}: they hold the balls fixed and ask which images
 * fall into them.
 *
 * @param resamples how often to draw, at least 1
 * @param level share of resamples inside the interval, between 0 and 1
 * @param seed of the draws
 */
public record Bootstrap(int resamples, double level, long seed) {
  /** 1,000 resamples, 95 %, seed 0. */
  public static final Bootstrap DEFAULT = new Bootstrap(1000, 0.95, 0);

  /** Checks the ranges. */
  public Bootstrap {
    if (resamples < 1 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "expected at least 1 resample and a level between 0 and 1, found "
              + resamples
              + " and "
              + level);
    }
  }

  /** The statistic of one resample, a function of its own random draws. */
  @FunctionalInterface
  public interface Resample {
    /** One value; takes its indices from {@code random}. */
    double draw(RandomStream random);
  }

  /** The interval of the mean of {@code values}, one value an image. */
  public Interval ofMean(double[] values) {
    return of(
        random -> {
          double sum = 0;
          for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
          }
          return sum / values.length;
        });
  }

  /**
   * The interval of a difference of means over the same images (paired), such as two classifiers on
   * one test set.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public Interval ofPairedDifference(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "expected pairs, found " + first.length + " and " + second.length + " values");
    }
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    return ofMean(differences);
  }

  /**
   * The interval of any statistic of two sets, each resampled by itself; the statistic is computed
   * once a resample. Not for nearest-neighbour statistics, see above.
   */
  public Interval of(
      Features real, Features generated, ToDoubleBiFunction<Features, Features> statistic) {
    return of(
        random ->
            statistic.applyAsDouble(
                real.select(indices(real.count(), random)),
                generated.select(indices(generated.count(), random))));
  }

  /** The interval of any statistic that draws its own resample. */
  public Interval of(Resample statistic) {
    double[] drawn =
        IntStream.range(0, resamples)
            .parallel()
            .mapToDouble(i -> statistic.draw(RandomStream.of(seed, Purpose.CHECKING, i)))
            .sorted()
            .toArray();
    double outside = (1 - level) / 2;
    return new Interval(quantile(drawn, outside), quantile(drawn, 1 - outside), level);
  }

  private static int[] indices(int count, RandomStream random) {
    return IntStream.generate(() -> random.nextInt(count)).limit(count).toArray();
  }

  /** Linear between the two nearest order statistics (type 7 of Hyndman &amp; Fan 1996). */
  static double quantile(double[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }
}
