package org.inoculum.train;

import java.util.Map;

/**
 * The control of adaptive discriminator augmentation (ADA): how often what the discriminator sees
 * is augmented: rarely at first, then as often as the recipe says, and from there on steered by how
 * far the discriminator has memorised its training images, where there are held-out images to tell
 * (Karras et al., 2006.06676, section 3). It is told by
 *
 * <pre>r = (E[D(training)] - E[D(held out)]) / (E[D(training)] - E[D(fake)])</pre>
 *
 * (their equation 1, r_v): 0 where held-out images look to it like training images, 1 where they
 * look like fakes. Only differences of logits count, so the heuristic also holds for relativistic
 * losses, which leave the logits' zero open; their other one, the sign of D(training), does not.
 */
final class AugmentationControl {
  /**
   * Steps between two updates from held-out images, which cost one pass of the discriminator each.
   */
  static final int UPDATE_EVERY = 4;

  /** Updates that r is averaged over, and after which the probability changes. */
  private static final int AVERAGED_OVER = 8;

  private static final String PROBABILITY = "ada.p";
  private static final String FOUND = "ada.overfitting";
  private static final String CHANGED_AT = "ada.changedAt";
  private static final String UPDATES_SO_FAR = "ada.updates";
  private static final String OF_TRAINING = "ada.ofTraining";
  private static final String OF_HELD_OUT = "ada.ofHeldOut";
  private static final String OF_FAKES = "ada.ofFakes";

  private final ModernRecipe recipe;
  private final double maxP;
  private final boolean steered;

  private double probability;
  private double overfitting;
  private double changedAt;
  private double updates;
  private double ofTraining;
  private double ofHeldOut;
  private double ofFakes;

  /**
   * The control of a training.
   *
   * @param grain how far the training images have grain everywhere, 0..1 ({@link GrainShare}): on
   *     smooth ones augmentation is rare, and overfitting does not make it more frequent
   */
  AugmentationControl(ModernRecipe recipe, double grain) {
    this.recipe = recipe;
    double smooth = Math.min(recipe.adaMaxP(), recipe.adaMaxPSmooth());
    this.maxP = smooth + grain * (recipe.adaMaxP() - smooth);
    this.steered = grain > 0 && recipe.adaTarget() > 0;
    this.probability = maxP;
    this.changedAt = recipe.adaRamp();
  }

  /** Probability of each non-leaking change at a point of the training. */
  double probability(double progress) {
    return progress < recipe.adaRamp() ? maxP * progress / recipe.adaRamp() : probability;
  }

  /** Whether held-out images are to be looked at in this step. */
  boolean updatesAt(long iteration) {
    return steered && iteration % UPDATE_EVERY == 0;
  }

  /** r as last found, 0 before. */
  double overfitting() {
    return overfitting;
  }

  /**
   * Takes in mean logits of three kinds of images, equally augmented, by the same discriminator.
   *
   * @param progress share of the training that is done
   */
  void update(double training, double heldOut, double fakes, double progress) {
    ofTraining += training;
    ofHeldOut += heldOut;
    ofFakes += fakes;
    updates++;
    if (updates < AVERAGED_OVER) {
      return;
    }
    // A discriminator that does not tell training images from fakes has not memorised them.
    overfitting = ofTraining > ofFakes ? (ofTraining - ofHeldOut) / (ofTraining - ofFakes) : 0;
    ofTraining = 0;
    ofHeldOut = 0;
    ofFakes = 0;
    updates = 0;
    if (progress > changedAt) {
      // As fast as the ramp before.
      double change = (progress - changedAt) * maxP / recipe.adaRamp();
      double wanted = probability + Math.copySign(change, overfitting - recipe.adaTarget());
      probability = Math.max(0, Math.min(ModernRecipe.MAX_ADA_P, wanted));
      changedAt = progress;
    }
  }

  /** Everything that changes, by name. */
  Map<String, Double> scalars() {
    return Map.of(
        PROBABILITY,
        probability,
        FOUND,
        overfitting,
        CHANGED_AT,
        changedAt,
        UPDATES_SO_FAR,
        updates,
        OF_TRAINING,
        ofTraining,
        OF_HELD_OUT,
        ofHeldOut,
        OF_FAKES,
        ofFakes);
  }

  /** Takes over earlier {@link #scalars}. */
  void restore(Map<String, Double> scalars) {
    probability = scalars.getOrDefault(PROBABILITY, probability);
    overfitting = scalars.getOrDefault(FOUND, overfitting);
    changedAt = scalars.getOrDefault(CHANGED_AT, changedAt);
    updates = scalars.getOrDefault(UPDATES_SO_FAR, updates);
    ofTraining = scalars.getOrDefault(OF_TRAINING, ofTraining);
    ofHeldOut = scalars.getOrDefault(OF_HELD_OUT, ofHeldOut);
    ofFakes = scalars.getOrDefault(OF_FAKES, ofFakes);
  }
}
