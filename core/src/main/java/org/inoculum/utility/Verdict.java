package org.inoculum.utility;

import java.util.Locale;
import org.inoculum.utility.UtilityResult.Comparison;
import org.inoculum.utility.UtilityResult.Outcome;

/** The result in one sentence, as plain where there is no gain as where there is one. */
final class Verdict {
  private Verdict() {}

  /**
   * The sentence.
   *
   * @param added real + synthetic against real
   * @param onTop the same beside classical augmentation
   */
  static String of(Comparison added, Comparison onTop) {
    String first =
        switch (added.outcome()) {
          case GAIN ->
              "Adding the synthetic images raised balanced accuracy by " + points(added, 1);
          case HARM ->
              "Adding the synthetic images harmed the recogniser: balanced accuracy fell by "
                  + points(added, -1);
          case CANNOT_TELL ->
              "This test cannot tell whether the synthetic images help: balanced accuracy changed by "
                  + points(added, 1);
        };
    String second =
        switch (onTop.outcome()) {
          case GAIN -> "beside classical augmentation they raised it by " + points(onTop, 1);
          case HARM -> "beside classical augmentation they lowered it by " + points(onTop, -1);
          case CANNOT_TELL ->
              "beside classical augmentation it cannot be told either way, " + points(onTop, 1);
        };
    if (added.outcome() == Outcome.GAIN && onTop.outcome() != Outcome.GAIN) {
      second += ", so classical augmentation alone may do as well";
    }
    return first + "; " + second + ".";
  }

  private static String points(Comparison comparison, int sign) {
    double one = 100 * sign * comparison.low();
    double other = 100 * sign * comparison.high();
    return String.format(
        Locale.ROOT,
        "%.1f points (95 %% interval %.1f to %.1f)",
        100 * sign * comparison.difference(),
        Math.min(one, other),
        Math.max(one, other));
  }
}
