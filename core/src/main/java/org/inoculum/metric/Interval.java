package org.inoculum.metric;

/**
 * Where a value is expected to lie.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 * @param level share of resamples inside, such as 0.95
 */
public record Interval(double low, double high, double level) {
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
