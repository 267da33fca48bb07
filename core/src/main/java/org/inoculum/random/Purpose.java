package org.inoculum.random;

/**
 * The purpose of a random draw. Each purpose has streams of its own, so that adding a draw for one
 * never shifts another. The name is part of the seed: renaming a constant changes every result.
 */
public enum Purpose {
  /** Initial weights of a network. */
  WEIGHTS,
  /** Which real images a step sees. */
  SAMPLING,
  /** Latents that a training step feeds to the generator. */
  TRAINING_LATENTS,
  /** The latent of image i of a synthetic data set or a contact sheet. */
  LATENTS,
  /** The per-pixel noise of image i of a synthetic data set or a contact sheet. */
  NOISE,
  /** The per-pixel noise of a training step. */
  TRAINING_NOISE,
  /** Dropout masks. */
  DROPOUT,
  /** Offline augmentation of image i. */
  AUGMENTATION,
  /** The drawn demo image i. */
  DRAWING,
  /** The drawn field of view i. */
  DRAWING_FIELDS,
  /** Field of view i that is composed. */
  COMPOSING,
  /** Which patches are tried where annotated objects of field i are removed. */
  CLEANING,
  /** Made-up numbers in checks and tests. */
  CHECKING,
  /** Which images of a folder are held out of the training. */
  HELD_OUT,
  /** The latents of the images that a training is evaluated on. */
  EVALUATION,
  /**
   * Which held-out images the discriminator is asked about during a training, and how augmented.
   */
  OVERFITTING
}
