package org.inoculum.utility;

import java.util.Locale;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.Outcome;

/** The result in one sentence, as plain where there is no gain as where there is one. */
final class UtilityVerdict {
  private UtilityVerdict() {}

  /**
   * The sentence. It is about the mean of both ways of training, because one alone tells less from
   * as many test images.
   *
   * @param effect with synthetic images against without, the mean of both ways
   * @param onTop beside classical augmentation, which costs nothing and is what synthetic images
   *     have to beat
   */
  static String of(ConditionComparison effect, ConditionComparison onTop) {
    String first =
        switch (effect.outcome()) {
          case GAIN ->
              "Adding the synthetic images raised balanced accuracy by " + points(effect, 1);
          case HARM ->
              "Adding the synthetic images harmed the classifier: balanced accuracy fell by "
                  + points(effect, -1);
          case CANNOT_TELL ->
              "This test cannot tell whether the synthetic images help: balanced accuracy changed by "
                  + points(effect, 1);
        };
    String second =
        switch (onTop.outcome()) {
          case GAIN -> "beside classical augmentation alone, they raised it by " + points(onTop, 1);
          case HARM ->
              "beside classical augmentation alone, they lowered it by " + points(onTop, -1);
          case CANNOT_TELL ->
              "beside classical augmentation alone, it cannot be told, " + points(onTop, 1);
        };
    if (effect.outcome() == Outcome.GAIN && onTop.outcome() != Outcome.GAIN) {
      second += ", so classical augmentation may do as well";
    }
    return first + "; " + second + ".";
  }

  private static String points(ConditionComparison comparison, int sign) {
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
