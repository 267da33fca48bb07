package org.inoculum.data;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.UserException;
import org.inoculum.image.SampleHistogram;
import org.inoculum.image.Window;

/**
 * The range of measured values that becomes black to white, for all images of a data set alike.
 *
 * @param low a value, or a percentile of all values of the data set
 * @param high above low
 * @param percent whether the two are percentiles, 0..100
 */
public record WindowChoice(double low, double high, boolean percent) {
  /** From the 0.1th to the 99.9th percentile: hot pixels and dust do not decide. */
  public static final WindowChoice DEFAULT = new WindowChoice(0.1, 99.9, true);

  private static final Pattern WORD = Pattern.compile("([^,%]+)(%?),([^,%]+)(%?)");

  /** Finite and in order. */
  public WindowChoice {
    if (!(low < high)
        || Double.isInfinite(low)
        || Double.isInfinite(high)
        || (percent && (low < 0 || high > 100))) {
      throw UserException.usage(
          "a window goes from a value to a larger one, percentiles from 0% to 100%; was "
              + (low + (percent ? "%" : "") + "," + high + (percent ? "%" : "")));
    }
  }

  /** This very window. */
  public static WindowChoice values(Window window) {
    return new WindowChoice(window.low(), window.high(), false);
  }

  /**
   * From {@code 100,4095} or {@code 0.1%,99.9%}.
   *
   * @throws UserException of kind USAGE for anything else
   */
  public static WindowChoice parse(String label) {
    Matcher matcher = WORD.matcher(label.replace(" ", ""));
    if (matcher.matches() && matcher.group(2).equals(matcher.group(4))) {
      try {
        return new WindowChoice(
            Double.parseDouble(matcher.group(1)),
            Double.parseDouble(matcher.group(3)),
            !matcher.group(2).isEmpty());
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw UserException.usage(
        "a window is two values such as 100,4095 or two percentiles such as 0.1%,99.9%; was '"
            + (label + "'"));
  }

  /** What {@link #parse} reads. */
  public String label() {
    return number(low) + (percent ? "%," : ",") + number(high) + (percent ? "%" : "");
  }

  /** The window for a data set whose values were counted. */
  Window of(SampleHistogram values) {
    return percent ? values.percentiles(low, high) : new Window(low, high);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
