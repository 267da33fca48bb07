package org.inoculum.compose;

import java.util.List;
import org.inoculum.UserException;
import org.inoculum.random.RandomStream;

/**
 * How many cells fields have.
 *
 * @param label in words
 * @param low least number, for a range
 * @param high largest number, for a range
 * @param mean mean of a gamma-Poisson mixture; 0 for a range or a list
 * @param shape of its gamma distribution
 * @param observed numbers to draw from; empty for none
 */
public record CellCounts(
    String label, int low, int high, double mean, double shape, List<Integer> observed) {
  private static final int MOST = 5000;

  /** Keeps a copy of the list. */
  public CellCounts {
    observed = List.copyOf(observed);
  }

  /** A Poisson number whose mean is gamma distributed, as fields of one slide differ. */
  static CellCounts mixture(double mean, double shape) {
    return new CellCounts(
        "about " + Math.round(mean) + " cells a field", 0, 0, mean, shape, List.of());
  }

  /**
   * Of a number, or two with a hyphen between.
   *
   * @throws UserException of kind USAGE
   */
  public static CellCounts parse(String text) {
    try {
      int hyphen = text.indexOf('-', 1);
      int low = Integer.parseInt(hyphen < 0 ? text : text.substring(0, hyphen));
      int high = hyphen < 0 ? low : Integer.parseInt(text.substring(hyphen + 1));
      if (low >= 0 && high >= Math.max(1, low) && high <= MOST) {
        return new CellCounts(
            (low == high ? low : low + " to " + high) + " cells a field",
            low,
            high,
            0,
            0,
            List.of());
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw UserException.usage(
        "--per-field must be a number, a range such as 5-30 up to "
            + MOST
            + ", or a file of annotations, was "
            + text);
  }

  /** As many as one of these. */
  static CellCounts as(List<Integer> observed, String where) {
    double mean = observed.stream().mapToInt(Integer::intValue).average().orElse(0);
    return new CellCounts(
        "as many objects a field as in %s (%d fields, mean %.1f)"
            .formatted(where, observed.size(), mean),
        0,
        0,
        0,
        0,
        observed);
  }

  int draw(RandomStream random) {
    if (!observed.isEmpty()) {
      return observed.get(random.nextInt(observed.size()));
    }
    if (mean <= 0) {
      return low + random.nextInt(high - low + 1);
    }
    return Math.min(MOST, poisson(random, mean / shape * gamma(random, shape)));
  }

  /**
   * A gamma distributed number of shape 1 or more (Marsaglia and Tsang, "A simple method for
   * generating gamma variables", 2000).
   */
  private static double gamma(RandomStream random, double shape) {
    double d = shape - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
      if (v > 0
          && StrictMath.log(1 - random.nextDouble())
              < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }

  /** Knuth's multiplication of uniform numbers, in steps that do not underflow. */
  private static int poisson(RandomStream random, double mean) {
    int count = 0;
    double left = mean;
    while (left > 0) {
      double step = Math.min(left, 500);
      left -= step;
      double limit = StrictMath.exp(-step);
      for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
        count++;
      }
    }
    return count;
  }
}
