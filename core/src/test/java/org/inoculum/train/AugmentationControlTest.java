package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AugmentationControlTest {
  private static final ModernRecipe RECIPE = ModernRecipe.DEFAULT;
  private static final double RAMP = RECIPE.adaRamp();

  private final AugmentationControl control = new AugmentationControl(RECIPE, 1);

  @Test
  void risesToTheRecipesProbabilityAndStaysThereWithoutHeldOutImages() {
    assertThat(control.probability(0)).isZero();
    assertThat(control.probability(RAMP / 2)).isCloseTo(RECIPE.adaMaxP() / 2, within(1e-12));
    assertThat(control.probability(RAMP)).isEqualTo(RECIPE.adaMaxP());
    assertThat(control.probability(1)).isEqualTo(RECIPE.adaMaxP());
  }

  @Test
  void isRareOnSmoothImagesAndNothingRaisesItThere() {
    AugmentationControl smooth = new AugmentationControl(RECIPE, 0);
    assertThat(smooth.updatesAt(AugmentationControl.UPDATE_EVERY)).isFalse();
    assertThat(smooth.probability(RAMP / 2)).isCloseTo(RECIPE.adaMaxPSmooth() / 2, within(1e-12));
    assertThat(smooth.probability(1)).isEqualTo(RECIPE.adaMaxPSmooth()).isLessThan(0.3);
    AugmentationControl between = new AugmentationControl(RECIPE, 0.5);
    assertThat(between.updatesAt(AugmentationControl.UPDATE_EVERY)).isTrue();
    assertThat(between.probability(1))
        .isCloseTo((RECIPE.adaMaxP() + RECIPE.adaMaxPSmooth()) / 2, within(1e-12));
  }

  @Test
  void isHowFarHeldOutImagesAreOnTheWayFromTrainingImagesToFakes() {
    looks(3, 2, -1, 0.1);
    assertThat(control.overfitting()).isCloseTo(0.25, within(1e-12));
    // Only differences count.
    looks(103, 102, 99, 0.1);
    assertThat(control.overfitting()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void heldOutImagesThatLookLikeFakesRaiseItAsFastAsTheRampDid() {
    looks(1, -1, -1, RAMP + 0.1);
    assertThat(control.probability(RAMP + 0.1))
        .isCloseTo(RECIPE.adaMaxP() * (1 + 0.1 / RAMP), within(1e-12));
  }

  @Test
  void heldOutImagesThatLookLikeTrainingImagesLowerIt() {
    looks(1, 1, -1, RAMP + 0.1);
    assertThat(control.probability(RAMP + 0.1))
        .isCloseTo(RECIPE.adaMaxP() * (1 - 0.1 / RAMP), within(1e-12));
  }

  @Test
  void itNeverLeavesZeroToItsCap() {
    looks(1, -1, -1, 1);
    assertThat(control.probability(1)).isEqualTo(ModernRecipe.MAX_ADA_P);
    AugmentationControl other = new AugmentationControl(RECIPE, 1);
    for (int i = 0; i < 8; i++) {
      other.update(0, 0, 0, 1);
    }
    assertThat(other.overfitting()).isZero();
    assertThat(other.probability(1)).isZero();
  }

  @Test
  void whatHappensDuringTheRampDoesNotSteer() {
    looks(1, -1, -1, RAMP / 2);
    assertThat(control.probability(RAMP)).isEqualTo(RECIPE.adaMaxP());
  }

  @Test
  void goesOnFromItsNumbers() {
    looks(1, -1, -1, RAMP + 0.05);
    for (int i = 0; i < 3; i++) {
      control.update(2, 0, -1, RAMP + 0.06);
    }
    AugmentationControl resumed = new AugmentationControl(RECIPE, 1);
    resumed.restore(control.scalars());
    for (int i = 0; i < 5; i++) {
      control.update(2, 0, -1, RAMP + 0.07);
      resumed.update(2, 0, -1, RAMP + 0.07);
    }
    assertThat(resumed.scalars()).isEqualTo(control.scalars());
    assertThat(resumed.probability(1)).isNotEqualTo(RECIPE.adaMaxP());
  }

  private void looks(double training, double heldOut, double fakes, double progress) {
    for (int i = 0; i < 8; i++) {
      control.update(training, heldOut, fakes, progress);
    }
  }
}
