package org.inoculum.data;

import org.inoculum.image.SampleHistogram;
import org.inoculum.image.Window;

/**
 * Which range of measured values becomes black to white, for all pictures of a data set alike.
 *
 * @param low a value, or a percentile of all values of the data set
 * @param high above low
 * @param percent whether the two are percentiles, 0..100
 */
public record WindowChoice(double low, double high, boolean percent) {
  /** From the 0.1th to the 99.9th percentile: hot pixels and dust do not decide. */
  public static final WindowChoice DEFAULT = new WindowChoice(0.1, 99.9, true);

  /** Finite and in order. */
  public WindowChoice {
    if (!(low < high)
        || Double.isInfinite(low)
        || Double.isInfinite(high)
        || (percent && (low < 0 || high > 100))) {
      throw new IllegalArgumentException("no window from " + low + " to " + high);
    }
  }

  /** The window for a data set whose values were counted. */
  Window of(SampleHistogram values) {
    return percent ? values.percentiles(low, high) : new Window(low, high);
  }
}
