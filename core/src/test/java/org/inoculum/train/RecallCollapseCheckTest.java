package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inoculum.evaluate.HeldOutScore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a recall near 0 is a collapse. */
class RecallCollapseCheckTest {
  @Test
  void atFirstItIsNone() {
    assertThat(said(0.1, 0.8, 0, 0, 0, 0)).isEmpty();
    assertThat(said(0.1, 0.8, 0, 0, 0, 0.3, 0.5)).isEmpty();
  }

  @Test
  void oneJudgementIsNoise() {
    assertThat(said(0.1, 0.8, 0.5, 0, 0.4, 0.01, 0.5)).isEmpty();
  }

  @Test
  void lostVarietyIsSaidOnceUntilItCameBack() {
    List<String> said = said(0.1, 0.8, 0, 0.5, 0, 0.02, 0, 0.1, 0, 0, 0.6, 0, 0, 0);
    assertThat(said).hasSize(2);
    assertThat(said.get(0))
        .contains("iteration 4", "recall 0.02", "real ones have 0.80", "has collapsed", "--seed");
    assertThat(said.get(1)).contains("iteration 11");
  }

  @Test
  void varietyThatNeverCameIsSaidFromHalfOfTheTraining() {
    List<String> said = said(0.5, 0.8, 0, 0, 0);
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("iteration 2", "hardly any variety yet", "Half of");
  }

  @Test
  void withoutScoresOrWithRealImagesThatScoreNothingItSaysNothing() {
    assertThat(said(0.9, 0.1, 0, 0, 0)).isEmpty();
    RecallCollapseCheck variety = new RecallCollapseCheck();
    for (int i = 0; i < 4; i++) {
      assertThat(variety.warning(evaluation(i, null, 0), 0.9)).isEmpty();
    }
  }

  private static List<String> said(double progress, double baseline, double... recalls) {
    RecallCollapseCheck variety = new RecallCollapseCheck();
    List<String> said = new ArrayList<>();
    for (int i = 0; i < recalls.length; i++) {
      variety.warning(evaluation(i + 1, recalls[i], baseline), progress).ifPresent(said::add);
    }
    return said;
  }

  private static EvaluationRecord evaluation(
      long iteration, @Nullable Double recall, double baseline) {
    Optional<HeldOutScore.Result> result =
        Optional.ofNullable(recall)
            .map(r -> new HeldOutScore.Result(1, 0, 0, 0, 0, r, baseline, 0, 0, 12, 12, 12));
    return EvaluationRecord.of(
        iteration, 1, ValidationSource.TRAINING_IMAGES, 12, 12, 0.0, result, false);
  }
}
