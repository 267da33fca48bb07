package org.inoculum.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlateauTest {
  @Test
  void stepsAreDoubledUntilNoWatchedConditionRises() {
    List<Integer> trained = new ArrayList<>();
    // Condition 4 is flat at once, condition 2 rises until 1,800.
    Plateau found =
        Plateau.find(
            900,
            List.of(2, 4),
            trained::add,
            (condition, steps) ->
                condition == 4 ? 0.94 : steps == 900 ? 0.90 : steps == 1800 ? 0.93 : 0.935);
    assertThat(trained).containsExactly(900, 1800, 3600);
    assertThat(found.steps()).isEqualTo(3600);
    assertThat(found.flat()).isTrue();
    assertThat(found.points()).hasSize(6).contains(new Plateau.Point(2, 1800, 0.93));
  }

  @Test
  void whatStillRisesAtTheEndIsNotFlat() {
    Plateau found = Plateau.find(10, List.of(0), steps -> {}, (condition, steps) -> steps / 100.0);
    assertThat(found.steps()).isEqualTo(80);
    assertThat(found.flat()).isFalse();
  }
}
