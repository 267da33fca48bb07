package org.inoculum.train;

import java.util.Map;

/**
 * How often what the discriminator sees is augmented: rarely at first, then as often as the recipe
 * says, and from there on steered by how far the discriminator has learned its training images by
 * heart, where there are held-out images to tell (Karras et al., 2006.06676, section 3). It is told
 * by
 *
 * <pre>r = (E[D(training)] - E[D(held out)]) / (E[D(training)] - E[D(fake)])</pre>
 *
 * (their equation 1, r_v): 0 where held-out images look to it like training images, 1 where they
 * look like fakes. Only differences of logits count, so the heuristic also holds for relativistic
 * losses, which leave the logits' zero open; their other one, the sign of D(training), does not.
 */
final class AugmentationControl {
  /** Steps between two looks at held-out images, which cost one pass of the discriminator each. */
  static final int LOOK_EVERY = 4;

  /** Looks that r is averaged over, and after which the probability changes. */
  private static final int LOOKS = 8;

  private static final String PROBABILITY = "augmentation.probability";
  private static final String FOUND = "augmentation.overfitting";
  private static final String CHANGED_AT = "augmentation.changedAt";
  private static final String LOOKED = "augmentation.looked";
  private static final String OF_TRAINING = "augmentation.ofTraining";
  private static final String OF_HELD_OUT = "augmentation.ofHeldOut";
  private static final String OF_FAKES = "augmentation.ofFakes";

  private final ModernRecipe recipe;

  private double probability;
  private double found;
  private double changedAt;
  private double looked;
  private double ofTraining;
  private double ofHeldOut;
  private double ofFakes;

  AugmentationControl(ModernRecipe recipe) {
    this.recipe = recipe;
    this.probability = recipe.augmentation();
    this.changedAt = recipe.adaRamp();
  }

  /** Probability of each leak-limited change at a point of the training. */
  double probability(double used) {
    return used < recipe.adaRamp() ? recipe.augmentation() * used / recipe.adaRamp() : probability;
  }

  /** Whether held-out images are to be looked at in this step. */
  boolean looksAt(long iteration) {
    return recipe.overfitting() > 0 && iteration % LOOK_EVERY == 0;
  }

  /** r as last found, 0 before. */
  double found() {
    return found;
  }

  /**
   * Takes in mean logits of three kinds of images, equally augmented, by the same discriminator.
   *
   * @param used share of the training that is done
   */
  void look(double training, double heldOut, double fakes, double used) {
    ofTraining += training;
    ofHeldOut += heldOut;
    ofFakes += fakes;
    looked++;
    if (looked < LOOKS) {
      return;
    }
    // A discriminator that does not tell training images from fakes has not learned them by heart.
    found = ofTraining > ofFakes ? (ofTraining - ofHeldOut) / (ofTraining - ofFakes) : 0;
    ofTraining = 0;
    ofHeldOut = 0;
    ofFakes = 0;
    looked = 0;
    if (used > changedAt) {
      // As fast as the ramp before.
      double change = (used - changedAt) * recipe.augmentation() / recipe.adaRamp();
      double wanted = probability + Math.copySign(change, found - recipe.overfitting());
      probability = Math.max(0, Math.min(ModernRecipe.MOST_AUGMENTATION, wanted));
      changedAt = used;
    }
  }

  /** Everything that changes, by name. */
  Map<String, Double> numbers() {
    return Map.of(
        PROBABILITY,
        probability,
        FOUND,
        found,
        CHANGED_AT,
        changedAt,
        LOOKED,
        looked,
        OF_TRAINING,
        ofTraining,
        OF_HELD_OUT,
        ofHeldOut,
        OF_FAKES,
        ofFakes);
  }

  /** Takes over earlier {@link #numbers}. */
  void restore(Map<String, Double> numbers) {
    probability = numbers.getOrDefault(PROBABILITY, probability);
    found = numbers.getOrDefault(FOUND, found);
    changedAt = numbers.getOrDefault(CHANGED_AT, changedAt);
    looked = numbers.getOrDefault(LOOKED, looked);
    ofTraining = numbers.getOrDefault(OF_TRAINING, ofTraining);
    ofHeldOut = numbers.getOrDefault(OF_HELD_OUT, ofHeldOut);
    ofFakes = numbers.getOrDefault(OF_FAKES, ofFakes);
  }
}
