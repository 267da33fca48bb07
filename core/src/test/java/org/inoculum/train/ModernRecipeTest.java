package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ModernRecipeTest {
  private static final ModernRecipe RECIPE = ModernRecipe.DEFAULT;

  @Test
  void aShortTrainingGrowsFromAQuarterOfTheSideToTheWholeByItsTime() {
    assertThat(RECIPE.level(0, 0, 2)).isEqualTo(2);
    assertThat(RECIPE.level(0.162, 11, 2)).isEqualTo(2);
    assertThat(RECIPE.level(0.163, 11, 2)).isEqualTo(1);
    assertThat(RECIPE.level(0.649, 30, 2)).isEqualTo(1);
    assertThat(RECIPE.level(0.65, 30, 2)).isZero();
    assertThat(RECIPE.level(0, 0, 1)).isEqualTo(1);
    assertThat(RECIPE.level(0, 0, 0)).isZero();
  }

  @Test
  void aLongOneSpendsNoMoreImagesOnSmallerSizesThanTheyNeed() {
    assertThat(RECIPE.level(0.04, 11.9, 2)).isEqualTo(2);
    assertThat(RECIPE.level(0.04, 12, 2)).isEqualTo(1);
    assertThat(RECIPE.level(0.2, 35.9, 2)).isEqualTo(1);
    assertThat(RECIPE.level(0.2, 36, 2)).isZero();
    assertThat(RECIPE.level(0.2, 35.9, 1)).isEqualTo(1);
    assertThat(RECIPE.level(0.01, 4, 3)).isEqualTo(2);
  }

  @Test
  void theSharesOfATrainingThatIsMeasuredByItsImagesFollowBoth() {
    assertThat(RECIPE.until(0, 100)).isEqualTo(1);
    assertThat(RECIPE.until(1, 100)).isCloseTo(0.36, within(1e-12));
    assertThat(RECIPE.until(2, 100)).isCloseTo(0.12, within(1e-12));
    assertThat(RECIPE.until(1, 20)).isCloseTo(0.65, within(1e-12));
    assertThat(RECIPE.until(2, 20)).isCloseTo(0.1625, within(1e-12));
  }
}
