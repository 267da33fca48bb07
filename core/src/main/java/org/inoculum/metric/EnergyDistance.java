package org.inoculum.metric;

import java.util.Arrays;

/**
 * The energy distance of two sets of features (Székely &amp; Rizzo 2013, "Energy statistics: A
 * class of statistics based on distances"): 2 E|X - Y| - E|X - X'| - E|Y - Y'|, each by its
 * unbiased estimate over pairs of different images, divided by the root of the dimension. It is 0
 * in expectation for two samples of one distribution. An outlier counts by its distance, not by a
 * power of it, so one broken image among a hundred changes little.
 *
 * @param value the estimate; slightly negative values are legal
 * @param error its standard error where the real images stay the same and the generated ones are
 *     others of their kind: the jackknife over generated images (Efron &amp; Tibshirani 1993,
 *     chapter 11)
 */
public record EnergyDistance(double value, double error) {
  /**
   * Of all pairs.
   *
   * @throws org.inoculum.UserException (bad data) if dimensions differ, or there are fewer than two
   *     real or three generated images
   */
  public static EnergyDistance of(Features real, Features generated) {
    Features.requireSameDimension(real, generated);
    Features.requireCount(real, 2, "the energy distance");
    Features.requireCount(generated, 3, "the energy distance");
    int m = real.count();
    int n = generated.count();
    double withinReal = sum(rows(real, real)) / m / (m - 1.0);
    double[] own = rows(generated, generated);
    double[] mixed = rows(generated, real);
    double pairs = sum(own);
    double across = sum(mixed);
    double value = 2 * across / m / n - withinReal - pairs / n / (n - 1.0);
    double[] without = new double[n];
    for (int i = 0; i < n; i++) {
      without[i] =
          2 * (across - mixed[i]) / m / (n - 1.0)
              - withinReal
              - (pairs - 2 * own[i]) / (n - 1.0) / (n - 2.0);
    }
    double mean = sum(without) / n;
    double squares = Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
    double scale = Math.sqrt(real.dimension());
    return new EnergyDistance(value / scale, Math.sqrt(squares * (n - 1) / n) / scale);
  }

  /** Of each row of {@code a}: the sum of its distances to all rows of {@code b}. */
  private static double[] rows(Features a, Features b) {
    double[][] tiles = new double[a.count()][b.count()];
    Pairs.between(
        a,
        b,
        Pairs.Kernel.SQUARED_DISTANCE,
        tile -> {
          for (int i = 0; i < tile.rows(); i++) {
            for (int j = 0; j < tile.columns(); j++) {
              tiles[tile.firstRow() + i][tile.firstColumn() + j] = Math.sqrt(tile.values()[i][j]);
            }
          }
        });
    return Arrays.stream(tiles).mapToDouble(EnergyDistance::sum).toArray();
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
