package org.inoculum.utility;

import java.util.Locale;
import org.inoculum.utility.UtilityResult.Comparison;
import org.inoculum.utility.UtilityResult.Outcome;

/** The result in one sentence, as plain where there is no gain as where there is one. */
final class Verdict {
  private Verdict() {}

  /**
   * The sentence. It is about what is left beside classical augmentation, which costs nothing and
   * is what synthetic images have to beat.
   *
   * @param onTop real + classical + synthetic against real + classical
   * @param added real + synthetic against real
   */
  static String of(Comparison onTop, Comparison added) {
    String first =
        switch (onTop.outcome()) {
          case GAIN ->
              "Beside classical augmentation, the synthetic images raised balanced accuracy by "
                  + points(onTop, 1);
          case HARM ->
              "The synthetic images harmed the recogniser: beside classical augmentation, balanced accuracy fell by "
                  + points(onTop, -1);
          case CANNOT_TELL ->
              "This test cannot tell whether the synthetic images help: beside classical augmentation, balanced accuracy changed by "
                  + points(onTop, 1);
        };
    String second =
        switch (added.outcome()) {
          case GAIN -> "without it they raised it by " + points(added, 1);
          case HARM -> "without it they lowered it by " + points(added, -1);
          case CANNOT_TELL -> "without it nothing can be told, " + points(added, 1);
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
