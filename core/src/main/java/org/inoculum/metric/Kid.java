package org.inoculum.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Kernel Inception distance (Bińkowski et al. 2018, arXiv 1801.01401): the squared maximum mean
 * discrepancy under k(x, y) = (x·y / d + 1)³, not multiplied by anything. All pairs, and the counts
 * may differ: with m real images x and n generated y,
 *
 * <p>unbiased = Σ_{i≠j} k(x_i, x_j) / (m(m-1)) + Σ_{i≠j} k(y_i, y_j) / (n(n-1)) - 2 mean k(x_i,
 * y_j), and biased = the same with the pairs i = j, divided by m² and n².
 *
 * @param unbiased expected 0 for two samples of one distribution; negative values are legal
 * @param biased at least 0 up to rounding; 0 for identical sets
 * @param realCount real images
 * @param generatedCount generated images
 */
public record Kid(double unbiased, double biased, int realCount, int generatedCount) {
  /** Images of a subset, unless a set is smaller. */
  public static final int SUBSET_SIZE = 50;

  /** Subsets. */
  public static final int SUBSETS = 100;

  /** Most images of a set for {@link #interval}, which holds the kernel of all pairs in memory. */
  public static final int LARGEST_FOR_INTERVAL = 2048;

  /**
   * Both estimates from all pairs.
   *
   * @throws UserException (bad data) if dimensions differ or a set has fewer than two images
   */
  public static Kid of(Features real, Features generated) {
    Features.requireSameDimension(real, generated);
    Features.requireCount(real, 2, "KID");
    Features.requireCount(generated, 2, "KID");
    KernelSums withinReal = KernelSums.within(real);
    KernelSums withinGenerated = KernelSums.within(generated);
    KernelSums across = KernelSums.between(real, generated);
    Pairs.within(real, Pairs.Kernel.SQUARED_DISTANCE, withinReal);
    Pairs.within(generated, Pairs.Kernel.SQUARED_DISTANCE, withinGenerated);
    Pairs.between(real, generated, Pairs.Kernel.SQUARED_DISTANCE, across);
    return of(withinReal, withinGenerated, across, real.count(), generated.count());
  }

  /** From the three sums over all pairs. */
  static Kid of(
      KernelSums withinReal, KernelSums withinGenerated, KernelSums across, int m, int n) {
    double mixed = 2 * across.total() / m / n;
    return new Kid(
        withinReal.total() / m / (m - 1) + withinGenerated.total() / n / (n - 1) - mixed,
        (withinReal.total() + withinReal.diagonal()) / m / m
            + (withinGenerated.total() + withinGenerated.diagonal()) / n / n
            - mixed,
        m,
        n);
  }

  /**
   * The unbiased estimate on {@code subsets} pairs of subsets of {@code size} different images (or
   * of all, where a set is smaller). The standard deviation belongs to a subset, not to the mean;
   * it is 0 where neither set is larger than a subset.
   *
   * @throws UserException as {@link #of}
   */
  public static Spread subsets(
      Features real, Features generated, int size, int subsets, long seed) {
    int drawn = Math.min(size, Math.min(real.count(), generated.count()));
    double[] values = new double[subsets];
    for (int i = 0; i < subsets; i++) {
      RandomStream random = RandomStream.of(seed, Purpose.CHECKING, i);
      values[i] = of(real.draw(drawn, random), generated.draw(drawn, random)).unbiased();
    }
    return Spread.of(values);
  }

  /**
   * Bootstrap interval of the unbiased estimate. Pairs of one image with itself, which a resample
   * holds off the diagonal too, are left out: they would raise every resample above the estimate.
   * Where the two distributions agree the interval is only a rough guide (the statistic is
   * degenerate there).
   *
   * @throws UserException as {@link #of}, and (usage) beyond {@link #LARGEST_FOR_INTERVAL} images
   */
  public static Interval interval(Features real, Features generated, Bootstrap bootstrap) {
    Features.requireSameDimension(real, generated);
    Features.requireCount(real, 2, "KID");
    Features.requireCount(generated, 2, "KID");
    int largest = Math.max(real.count(), generated.count());
    if (largest > LARGEST_FOR_INTERVAL) {
      throw UserException.usage(
          "the bootstrap interval of KID takes at most %d images a set, found %d: use the spread over subsets"
              .formatted(LARGEST_FOR_INTERVAL, largest));
    }
    double[][] withinReal = kernel(Gram.of(real), real.dimension());
    double[][] withinGenerated = kernel(Gram.of(generated), real.dimension());
    double[][] across = kernel(Gram.of(real, generated), real.dimension());
    return bootstrap.of(
        random -> {
          double[] w = multiplicities(real.count(), random);
          double[] v = multiplicities(generated.count(), random);
          return resampledWithin(withinReal, w)
              + resampledWithin(withinGenerated, v)
              - 2 * weighted(across, w, v) / w.length / v.length;
        });
  }

  private static double[][] kernel(double[][] products, int dimension) {
    for (double[] row : products) {
      Arrays.setAll(row, j -> KernelSums.cube(row[j] / dimension + 1));
    }
    return products;
  }

  private static double[] multiplicities(int count, RandomStream random) {
    double[] times = new double[count];
    IntStream.range(0, count).forEach(i -> times[random.nextInt(count)]++);
    return times;
  }

  private static double weighted(double[][] kernel, double[] w, double[] v) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      double row = 0;
      for (int j = 0; j < v.length; j++) {
        row += kernel[i][j] * v[j];
      }
      sum += w[i] * row;
    }
    return sum;
  }

  /** The mean over pairs of different images; 0 in the rare resample that holds only one image. */
  private static double resampledWithin(double[][] kernel, double[] w) {
    double same = 0;
    double samePairs = 0;
    for (int i = 0; i < w.length; i++) {
      same += w[i] * w[i] * kernel[i][i];
      samePairs += w[i] * w[i];
    }
    double pairs = (double) w.length * w.length - samePairs;
    return pairs == 0 ? 0 : (weighted(kernel, w, w) - same) / pairs;
  }
}
