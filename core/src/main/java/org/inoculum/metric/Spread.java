package org.inoculum.metric;

import java.util.Arrays;

/**
 * Mean and standard deviation of repeated measurements.
 *
 * @param mean the mean
 * @param standardDeviation the square root of the mean squared deviation (divided by n, not n - 1)
 * @param repeats measurements
 */
public record Spread(double mean, double standardDeviation, int repeats) {
  /** Of at least one value. */
  public static Spread of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return new Spread(mean, Math.sqrt(variance), values.length);
  }
}
