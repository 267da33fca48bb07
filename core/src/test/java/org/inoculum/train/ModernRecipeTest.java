package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModernRecipeTest {
  private static final ModernRecipe RECIPE = ModernRecipe.DEFAULT;

  @Test
  void trainingGrowsFromAQuarterOfTheSideToTheWhole() {
    assertThat(RECIPE.halvings(0, 2)).isEqualTo(2);
    assertThat(RECIPE.halvings(0.162, 2)).isEqualTo(2);
    assertThat(RECIPE.halvings(0.163, 2)).isEqualTo(1);
    assertThat(RECIPE.halvings(0.649, 2)).isEqualTo(1);
    assertThat(RECIPE.halvings(0.65, 2)).isZero();
    assertThat(RECIPE.halvings(0, 1)).isEqualTo(1);
    assertThat(RECIPE.halvings(0, 0)).isZero();
  }

  @Test
  void theSharesOfTheSizesAreTheWhole() {
    for (int most = 0; most <= 3; most++) {
      int halvings = most;
      double all = IntStream.rangeClosed(0, most).mapToDouble(i -> RECIPE.share(i, halvings)).sum();
      assertThat(all).isCloseTo(1, within(1e-12));
    }
    assertThat(RECIPE.share(1, 2)).isCloseTo(0.4875, within(1e-12));
  }
}
