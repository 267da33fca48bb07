package org.inoculum.metric;

/**
 * An interval of a value.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 * @param level share of resamples inside, such as 0.95
 */
public record Interval(double low, double high, double level) {
  /** The level of {@link #ofShare}. */
  public static final double LEVEL_95 = 0.95;

  private static final double Z = 1.959964; // of 95 %

  /**
   * The 95 % score interval of a share of independent images (Wilson 1927), which has a length at 0
   * and at 1 too, where resampling finds none.
   *
   * @param share between 0 and 1
   * @param count images, at least 1
   */
  public static Interval ofShare(double share, int count) {
    double square = Z * Z / count;
    double centre = (share + square / 2) / (1 + square);
    double reach = Z * Math.sqrt(share * (1 - share) / count + square / count / 4) / (1 + square);
    return new Interval(
        Math.max(0, Math.min(share, centre - reach)),
        Math.min(1, Math.max(share, centre + reach)),
        LEVEL_95);
  }

  /** Checks the order of the ends and the level. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low " + low + " is not below high " + high);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must lie between 0 and 1, was " + level);
    }
  }

  /** True if {@code value} lies inside or on an end. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
