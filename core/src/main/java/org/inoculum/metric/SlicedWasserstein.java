package org.inoculum.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Sliced Wasserstein distance between two sets of image patches (Rabin et al. 2011; Karras et al.
 * 2018, arXiv 1710.10196, section 5), times 1,000 as there. Each set is normalised first: every
 * channel to mean 0 and standard deviation 1 over all patches and pixels. Then the patches are
 * projected onto random directions, and the distance is the mean difference of the sorted
 * projections, averaged over the directions.
 *
 * <p>The sets may have different counts: the distance in one direction is that between the two
 * quantile functions, which for equal counts is the mean difference of the sorted values.
 */
public final class SlicedWasserstein {
  /** Directions drawn at a time and how often, as in the paper's 4 x 128. */
  public static final int DIRECTIONS = 512;

  /** So many, because the projections of all patches are held in memory. */
  private static final int DIRECTIONS_AT_ONCE = 64;

  private static final double SCALE = 1000;

  private SlicedWasserstein() {}

  /**
   * The distance along {@link #DIRECTIONS} random directions.
   *
   * @param real patches as rows, channel by channel: (channel, y, x)
   * @param generated as {@code real}
   * @param channels of a patch
   * @throws org.inoculum.UserException (bad data) if the dimensions differ
   * @throws IllegalArgumentException if the dimension is not a multiple of {@code channels}
   */
  public static double of(Features real, Features generated, int channels, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.CHECKING, 0);
    double[][] directions = new double[DIRECTIONS][real.dimension()];
    for (double[] direction : directions) {
      Arrays.setAll(direction, i -> random.nextGaussian());
    }
    return of(real, generated, channels, Features.adopt(directions, "directions"));
  }

  /**
   * The distance along given directions.
   *
   * @param directions one a row, of any length but 0: they are brought to unit length here
   */
  static double of(Features real, Features generated, int channels, Features directions) {
    Features.requireSameDimension(real, generated);
    Features x = normalised(real, channels);
    Features y = normalised(generated, channels);
    Features unit = unit(directions);
    double[] distances = new double[unit.count()];
    for (int from = 0; from < distances.length; from += DIRECTIONS_AT_ONCE) {
      int to = Math.min(from + DIRECTIONS_AT_ONCE, distances.length);
      int first = from;
      Features some = unit.select(IntStream.range(from, to).toArray());
      double[][] a = Gram.of(some, x); // (directions, patches)
      double[][] b = Gram.of(some, y);
      IntStream.range(0, to - from)
          .parallel()
          .forEach(i -> distances[first + i] = wasserstein(a[i], b[i]));
    }
    return SCALE * Arrays.stream(distances).average().orElseThrow();
  }

  /** ∫ |F⁻¹(t) - G⁻¹(t)| dt of two samples; sorts both arrays. */
  static double wasserstein(double[] a, double[] b) {
    Arrays.sort(a);
    Arrays.sort(b);
    long steps = (long) a.length * b.length; // t in units of 1 / steps: no rounding
    double sum = 0;
    long t = 0;
    int i = 0;
    int j = 0;
    while (t < steps) {
      long endOfA = (i + 1L) * b.length;
      long endOfB = (j + 1L) * a.length;
      long next = Math.min(endOfA, endOfB);
      sum += Math.abs(a[i] - b[j]) * (next - t);
      t = next;
      i += endOfA == next ? 1 : 0;
      j += endOfB == next ? 1 : 0;
    }
    return sum / steps;
  }

  private static Features unit(Features directions) {
    return directions.map(
        row -> {
          double norm = Math.sqrt(Arrays.stream(row).map(v -> v * v).sum());
          return Arrays.stream(row).map(v -> v / norm).toArray();
        });
  }

  /** A constant channel carries nothing and becomes 0. */
  private static Features normalised(Features patches, int channels) {
    if (channels < 1 || patches.dimension() % channels != 0) {
      throw new IllegalArgumentException(
          patches.dimension() + " values do not make patches of " + channels + " channels");
    }
    int size = patches.dimension() / channels;
    double[] mean = new double[channels];
    double[] scale = new double[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (double[] row : patches.rows()) {
        for (int j = c * size; j < (c + 1) * size; j++) {
          sum += row[j];
        }
      }
      mean[c] = sum / size / patches.count();
      double squares = 0;
      for (double[] row : patches.rows()) {
        for (int j = c * size; j < (c + 1) * size; j++) {
          squares += (row[j] - mean[c]) * (row[j] - mean[c]);
        }
      }
      double deviation = Math.sqrt(squares / size / patches.count());
      scale[c] = deviation == 0 ? 0 : 1 / deviation;
    }
    return patches.map(
        row -> {
          double[] result = new double[row.length];
          Arrays.setAll(result, j -> (row[j] - mean[j / size]) * scale[j / size]);
          return result;
        });
  }
}
