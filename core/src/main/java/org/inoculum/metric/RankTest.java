package org.inoculum.metric;

import java.util.Arrays;

/** The rank-sum test of two samples (Mann &amp; Whitney 1947), as a standard normal number. */
public final class RankTest {
  private RankTest() {}

  /**
   * (U - (nm/2 - ½)) / sqrt(nm(n + m + 1)/12), where U counts the pairs with {@code tested} above
   * {@code reference}, ties half: far below 0 where the tested values are the smaller ones.
   */
  public static double z(double[] reference, double[] tested) {
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    double u = 0;
    for (double value : tested) {
      int below = firstAtLeast(sorted, value);
      int notAbove = firstAtLeast(sorted, Math.nextUp(value));
      u += below + (notAbove - below) / 2.0;
    }
    double n = reference.length;
    double m = tested.length;
    return (u - (n * m / 2 - 0.5)) / Math.sqrt(n * m * (n + m + 1) / 12);
  }

  private static int firstAtLeast(double[] ascending, double value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
