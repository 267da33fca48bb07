package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AugmentationControlTest {
  private static final ModernRecipe RECIPE = ModernRecipe.DEFAULT;
  private static final double RAMP = RECIPE.adaRamp();

  private final AugmentationControl control = new AugmentationControl(RECIPE);

  @Test
  void growsToTheRecipesProbabilityAndStaysThereWithoutHeldOutImages() {
    assertThat(control.probability(0)).isZero();
    assertThat(control.probability(RAMP / 2)).isCloseTo(RECIPE.augmentation() / 2, within(1e-12));
    assertThat(control.probability(RAMP)).isEqualTo(RECIPE.augmentation());
    assertThat(control.probability(1)).isEqualTo(RECIPE.augmentation());
  }

  @Test
  void isHowFarHeldOutImagesAreOnTheWayFromTrainingImagesToFakes() {
    looks(3, 2, -1, 0.1);
    assertThat(control.found()).isCloseTo(0.25, within(1e-12));
    // Only differences count.
    looks(103, 102, 99, 0.1);
    assertThat(control.found()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void heldOutImagesThatLookLikeFakesRaiseItAsFastAsTheRampDid() {
    looks(1, -1, -1, RAMP + 0.1);
    assertThat(control.probability(RAMP + 0.1))
        .isCloseTo(RECIPE.augmentation() * (1 + 0.1 / RAMP), within(1e-12));
  }

  @Test
  void heldOutImagesThatLookLikeTrainingImagesLowerIt() {
    looks(1, 1, -1, RAMP + 0.1);
    assertThat(control.probability(RAMP + 0.1))
        .isCloseTo(RECIPE.augmentation() * (1 - 0.1 / RAMP), within(1e-12));
  }

  @Test
  void itNeverLeavesZeroToItsCap() {
    looks(1, -1, -1, 1);
    assertThat(control.probability(1)).isEqualTo(ModernRecipe.MOST_AUGMENTATION);
    AugmentationControl other = new AugmentationControl(RECIPE);
    for (int i = 0; i < 8; i++) {
      other.look(0, 0, 0, 1);
    }
    assertThat(other.found()).isZero();
    assertThat(other.probability(1)).isZero();
  }

  @Test
  void whatHappensDuringTheRampDoesNotSteer() {
    looks(1, -1, -1, RAMP / 2);
    assertThat(control.probability(RAMP)).isEqualTo(RECIPE.augmentation());
  }

  @Test
  void goesOnFromItsNumbers() {
    looks(1, -1, -1, RAMP + 0.05);
    for (int i = 0; i < 3; i++) {
      control.look(2, 0, -1, RAMP + 0.06);
    }
    AugmentationControl resumed = new AugmentationControl(RECIPE);
    resumed.restore(control.numbers());
    for (int i = 0; i < 5; i++) {
      control.look(2, 0, -1, RAMP + 0.07);
      resumed.look(2, 0, -1, RAMP + 0.07);
    }
    assertThat(resumed.numbers()).isEqualTo(control.numbers());
    assertThat(resumed.probability(1)).isNotEqualTo(RECIPE.augmentation());
  }

  private void looks(double training, double heldOut, double fakes, double used) {
    for (int i = 0; i < 8; i++) {
      control.look(training, heldOut, fakes, used);
    }
  }
}
