package org.inoculum.evaluate;

import java.util.Arrays;
import org.inoculum.metric.Features;

/**
 * An affine change of each feature, fitted to the real images and then applied to every set alike,
 * and where asked for a limit. KID's kernel (x·y / d + 1)³ has a bandwidth of its own: it tells
 * sets apart best where |x|² / d is near 1. Distances of the neighbour metrics change with the
 * columns' relative scale only.
 */
public final class Scaling {
  /** Columns that hardly vary are not blown up beyond this share of the mean deviation. */
  private static final double SMALLEST_SHARE = 0.1;

  private final double[] shift;
  private final double[] factor;
  private final double largest;

  private Scaling(double[] shift, double[] factor) {
    this(shift, factor, Double.POSITIVE_INFINITY);
  }

  private Scaling(double[] shift, double[] factor, double largest) {
    this.shift = shift;
    this.factor = factor;
    this.largest = largest;
  }

  /** The same change; then values beyond this distance from 0 are brought back to it. */
  Scaling clippedTo(double distance) {
    return new Scaling(shift, factor, distance);
  }

  /** Leaves features as they are. */
  static Scaling none(Features real) {
    double[] ones = new double[real.dimension()];
    Arrays.fill(ones, 1);
    return new Scaling(new double[real.dimension()], ones);
  }

  /** Every column to mean 0 and, where it varies, standard deviation 1. */
  static Scaling ofColumns(Features real) {
    double[] mean = means(real);
    double[] deviation = deviations(real, mean);
    double least = SMALLEST_SHARE * Arrays.stream(deviation).average().orElseThrow();
    return new Scaling(
        mean, Arrays.stream(deviation).map(d -> inverse(Math.max(d, least))).toArray());
  }

  /** Every column to mean 0, and all divided by one number: the root of the mean variance. */
  static Scaling ofWhole(Features real) {
    double[] mean = means(real);
    double variance = Arrays.stream(deviations(real, mean)).map(d -> d * d).average().orElseThrow();
    double[] factor = new double[mean.length];
    Arrays.fill(factor, inverse(Math.sqrt(variance)));
    return new Scaling(mean, factor);
  }

  /** The scaled set. */
  public Features apply(Features features) {
    double[][] rows = new double[features.count()][features.dimension()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        double scaled = (features.value(i, j) - shift[j]) * factor[j];
        rows[i][j] = Math.max(-largest, Math.min(largest, scaled));
      }
    }
    return Features.of(rows, "scaled features");
  }

  /** 1 where nothing varies: there is nothing to bring to a scale. */
  private static double inverse(double scale) {
    return scale > 0 ? 1 / scale : 1;
  }

  private static double[] means(Features features) {
    double[] mean = new double[features.dimension()];
    for (int i = 0; i < features.count(); i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += features.value(i, j) / features.count();
      }
    }
    return mean;
  }

  private static double[] deviations(Features features, double[] mean) {
    double[] deviation = new double[mean.length];
    for (int j = 0; j < mean.length; j++) {
      double squares = 0;
      for (int i = 0; i < features.count(); i++) {
        double difference = features.value(i, j) - mean[j];
        squares += difference * difference;
      }
      deviation[j] = Math.sqrt(squares / features.count());
    }
    return deviation;
  }
}
