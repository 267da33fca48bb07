package org.inoculum.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.Outcome;
import org.junit.jupiter.api.Test;

/** Verdicts on answers of classifiers whose truth is known. */
class ScoringTest {
  private static final List<Condition> CONDITIONS = Condition.all(List.of(300), true, true);
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final int[] IMAGES = {90, 40, 20};

  /** What synthetic images do to the chance of a right answer, by use. */
  @FunctionalInterface
  private interface Effect {
    double of(Use use);
  }

  @Test
  void nothingIsFoundWhereNothingIs() {
    int wrong = 0;
    double sum = 0;
    for (int i = 0; i < 20; i++) {
      UtilityVerdict verdict = verdict(scoring(i, 1, use -> 0));
      wrong += verdict.outcome() == Outcome.NO_DIFFERENCE ? 0 : 1;
      sum += verdict.decisive().difference() / 20;
    }
    assertThat(wrong).as("of 20 tests of images that do nothing").isLessThanOrEqualTo(2);
    assertThat(sum).as("the best of 15 uses has no luck").isCloseTo(0, within(0.012));
  }

  @Test
  void helpAndHarmAreFound() {
    int helped = 0;
    int harmed = 0;
    for (int i = 0; i < 10; i++) {
      UtilityVerdict help = verdict(scoring(i, 1, use -> use == Use.QUARTER ? 1.6 : 0.1));
      helped += help.outcome() == Outcome.GAIN ? 1 : 0;
      harmed +=
          verdict(scoring(i, 1, use -> use == Use.HALF ? -1.2 : -0.05)).outcome() == Outcome.HARM
              ? 1
              : 0;
      if (help.outcome() == Outcome.GAIN) {
        assertThat(help.recommended().use()).isEqualTo(Use.QUARTER);
        assertThat(help.text(java.util.Map.of("a", 5L)))
            .startsWith("The synthetic images help")
            .contains("Train on real with 25 % synthetic, ")
            .doesNotContain("more real ones");
      }
    }
    assertThat(helped).isGreaterThanOrEqualTo(8);
    assertThat(harmed).isGreaterThanOrEqualTo(8);
  }

  @Test
  void severalSetsWidenTheIntervalWhereTheyDisagree() {
    Scoring same = scoring(3, 3, use -> use.adds() ? 0.5 : 0);
    ConditionComparison best = same.best();
    assertThat(best.low()).isLessThanOrEqualTo(best.difference());
    assertThat(best.high()).isGreaterThanOrEqualTo(best.difference());
    assertThat(same.results()).hasSize(CONDITIONS.size());
    assertThat(same.results().get(0).byRepeat()).hasSize(12);
  }

  @Test
  void theVerdictSaysWhatToDo() {
    ConditionComparison none =
        new ConditionComparison("x", "y", 0.01, -0.02, 0.03, Outcome.NO_DIFFERENCE);
    Condition use = new Condition(Use.TENTH, Augmentation.CLASSICAL, 300);
    Condition bar = new Condition(Use.NONE, Augmentation.COLOUR, 300);
    UtilityVerdict verdict = UtilityVerdict.of(none, none, use, bar);
    assertThat(verdict.text(java.util.Map.of("eosinophil", 5L)))
        .isEqualTo(
            "No difference was found: the best use of the synthetic images changed balanced accuracy by 1.0 points (95 % interval -2.0 to 3.0) beside the best training without them. Train on real, classical and colours, 300 steps. There are 5 of eosinophil to train on: below 20 images a class expect nothing from images that were made of them alone; more real ones help.");
  }

  private static UtilityVerdict verdict(Scoring scoring) {
    List<Condition> half = CONDITIONS.stream().filter(one -> one.use() == Use.HALF).toList();
    return UtilityVerdict.of(
        scoring.best(),
        scoring
            .compare("half", half, "none", half.stream().map(Condition::withoutSynthetic).toList())
            .orElseThrow(),
        scoring.best(false),
        scoring.best(true));
  }

  /**
   * Images that are more or less difficult, and classifiers that are more or less lucky as a whole
   * and with each image: a logistic model with the spread of real ones.
   */
  private static Scoring scoring(long seed, int sets, Effect effect) {
    RandomStream random = RandomStream.of(seed, Purpose.CHECKING, 0);
    List<Answers> all = new java.util.ArrayList<>();
    for (int s = 0; s < sets; s++) {
      int[] labels = new int[150];
      double[] ease = new double[150];
      int at = 0;
      for (int label = 0; label < IMAGES.length; label++) {
        for (int i = 0; i < IMAGES[label]; i++) {
          labels[at] = label;
          ease[at++] = 1 + 1.5 * random.nextGaussian();
        }
      }
      Answers answers = Answers.none(labels);
      for (Condition condition : CONDITIONS) {
        double bar =
            switch (condition.augmentation()) {
              case NONE -> -0.5;
              case COLOUR -> 0.15;
              default -> 0;
            };
        for (int k = 0; k < 4; k++) {
          double luck = 0.25 * random.nextGaussian();
          int[] found = new int[150];
          for (int i = 0; i < found.length; i++) {
            double logit =
                ease[i] + bar + luck + effect.of(condition.use()) + 0.5 * random.nextGaussian();
            boolean right = random.nextDouble(0, 1) < 1 / (1 + Math.exp(-logit));
            found[i] = right ? labels[i] : (labels[i] + 1) % 3;
          }
          answers.add(condition, found);
        }
      }
      all.add(answers);
    }
    return new Scoring(CLASSES, all, seed);
  }
}
