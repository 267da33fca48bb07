package org.inoculum.evaluate;

import org.inoculum.UserException;

/**
 * The values of black and white for a feature network.
 *
 * @param low black
 * @param high white, above {@code low}
 */
public record ValueRange(double low, double high) {
  /** -1 to 1. */
  public static final ValueRange DEFAULT = new ValueRange(-1, 1);

  /** Checks the order. */
  public ValueRange {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw UserException.usage(
          "--features-range must be two numbers, black below white, such as -1,1 or 0,255; was "
              + low
              + ","
              + high);
    }
  }

  /** From {@code LOW,HIGH}. */
  public static ValueRange parse(String text) {
    String[] ends = text.split(",", -1);
    try {
      if (ends.length == 2) {
        return new ValueRange(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
      }
    } catch (NumberFormatException e) {
      // Said below, as for a wrong number of ends.
    }
    throw UserException.usage(
        "--features-range must be two numbers with a comma, such as -1,1 or 0,255; was '"
            + text
            + "'");
  }

  /** The number for a sample out of 0..{@code maxSample}. */
  float of(int sample, int maxSample) {
    return (float) (low + (high - low) * sample / maxSample);
  }
}
