package org.inoculum.utility;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.Outcome;

/**
 * What to do, as plain where there is no gain as where there is one.
 *
 * @param outcome GAIN where the best use beats the best training without synthetic images; else
 *     HARM where half of them in every batch, the plainest use, is worse than none
 * @param decisive the comparison that decides it
 * @param recommended what to train on
 */
record UtilityVerdict(Outcome outcome, ConditionComparison decisive, Condition recommended) {
  /**
   * Below so many real images a class, published work finds no gain from images that were made of
   * them alone (arXiv 2603.16134, 2304.09067).
   */
  private static final int FEW = 20;

  /**
   * The verdict.
   *
   * @param best the best use less the best training without
   * @param half a half of synthetic images less none, over augmentations
   * @param use the best use on all that there is
   * @param bar the best training without on all that there is
   */
  static UtilityVerdict of(
      ConditionComparison best, ConditionComparison half, Condition use, Condition bar) {
    if (best.outcome() == Outcome.GAIN) {
      return new UtilityVerdict(Outcome.GAIN, best, use);
    }
    return half.outcome() == Outcome.HARM
        ? new UtilityVerdict(Outcome.HARM, half, bar)
        : new UtilityVerdict(Outcome.NO_DIFFERENCE, best, bar);
  }

  /**
   * In words.
   *
   * @param train real images by class
   */
  String text(Map<String, Long> train) {
    String first =
        switch (outcome) {
          case GAIN ->
              "The synthetic images help: the best use of them raised balanced accuracy by "
                  + points(1)
                  + " over the best training without them. Train on ";
          case HARM ->
              "The synthetic images harm: with half of them in every batch balanced accuracy fell by "
                  + points(-1)
                  + ". Leave them out, and train on ";
          case NO_DIFFERENCE ->
              "No difference was found: the best use of the synthetic images changed balanced accuracy by "
                  + points(1)
                  + " beside the best training without them. Train on ";
        };
    List<String> few = new ArrayList<>();
    train.forEach(
        (name, images) -> {
          if (images < FEW) {
            few.add(images + " of " + name);
          }
        });
    return first
        + recommended.describe()
        + "."
        + (few.isEmpty() || outcome == Outcome.GAIN
            ? ""
            : " There are "
                + String.join(", ", few)
                + " to train on: below "
                + FEW
                + " images a class expect nothing from images that were made of them alone; more real ones help.");
  }

  private String points(int sign) {
    double one = 100 * sign * decisive.low();
    double other = 100 * sign * decisive.high();
    return String.format(
        Locale.ROOT,
        "%.1f points (95 %% interval %.1f to %.1f)",
        100 * sign * decisive.difference(),
        Math.min(one, other),
        Math.max(one, other));
  }
}
