package org.inoculum.train;

import java.util.Locale;
import java.util.Optional;

/**
 * Checks whether the generated images have lost, or never gained, the variety of the real ones: a
 * recall near 0 at two evaluations in a row. At first it is near 0 in every training, so nothing is
 * said until it has been well above once, or half of the budget is used up. Said once; again only
 * after it had recovered.
 */
final class RecallCollapseCheck {
  /** Share of what real images score below which a recall is near 0. */
  private static final double NEAR_ZERO = 0.05;

  /** Share from which images vary. */
  private static final double VARIED = 0.2;

  /** Real images that score less are too few, or too different, to say anything by. */
  private static final double MIN_BASELINE = 0.2;

  private static final int IN_A_ROW = 2;
  private static final double LATE = 0.5;

  private boolean varied;
  private boolean said;
  private int nearZero;

  /**
   * Looks at the next evaluation.
   *
   * @param progress share of the budget, 0..1
   * @return what to say of it, if anything
   */
  Optional<String> warning(EvaluationRecord evaluation, double progress) {
    Double recall = evaluation.recall();
    Double baseline = evaluation.recallBaseline();
    if (recall == null || baseline == null || baseline < MIN_BASELINE) {
      return Optional.empty();
    }
    if (recall >= VARIED * baseline) {
      varied = true;
      said = false;
    }
    nearZero = recall < NEAR_ZERO * baseline ? nearZero + 1 : 0;
    if (said || nearZero < IN_A_ROW || !(varied || progress >= LATE)) {
      return Optional.empty();
    }
    said = true;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the generated images %s at iteration %d: recall %.2f at two evaluations in a row, where real ones have %.2f. %s",
            varied ? "have lost the variety of the real ones" : "have hardly any variety yet",
            evaluation.iteration(),
            recall,
            baseline,
            varied
                ? "The generator has collapsed; if the next evaluations are no better, use the best snapshot and train anew"
                    + " with another --seed, a smaller --set learningRate or more images"
                : "Half of the training is over; it may need longer, and if that does not help, another --seed,"
                    + " a smaller --set learningRate or more images"));
  }
}
