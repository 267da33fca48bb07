package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inoculum.train.Budget.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  @Test
  void eachUnitCountsItsOwn() {
    assertThat(new Budget(Unit.MINUTES, 2).progress(1, 1, 60, 1)).isEqualTo(0.5);
    assertThat(new Budget(Unit.KIMG, 4).progress(1, 1, 60, 1)).isEqualTo(0.25);
    assertThat(new Budget(Unit.EPOCHS, 10).progress(4, 1, 60, 2)).isEqualTo(0.2);
    assertThat(new Budget(Unit.ITERATIONS, 10).progress(10, 1, 60, 2)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void anAmountThatEndsNothingIsRefused(double amount) {
    assertThatThrownBy(() -> new Budget(Unit.MINUTES, amount))
        .hasMessageContaining("minutes must be above 0");
  }
}
