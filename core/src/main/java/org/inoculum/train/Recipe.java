package org.inoculum.train;

import org.inoculum.UserException;
import org.inoculum.data.OfflineAugmentation;

/** The hyperparameters of a preset: what the loop asks of each of them. */
public sealed interface Recipe permits ClassicRecipe, ModernRecipe {
  /** Length of the random vector. */
  int latentSize();

  /** What is made of each image before training, unless {@code prepare} has done it already. */
  OfflineAugmentation augmentationBefore();

  /** Whether images are turned and mirrored while they are trained on. */
  boolean d4Symmetry();

  /** Iterations between two sample grids and snapshots. */
  int sampleEvery();

  /** Images in a sample grid. */
  int sampleCount();

  /** Real images that one iteration shows to the discriminator. */
  int realsPerIteration(int batch);

  /**
   * Refuses images that the networks cannot make.
   *
   * @throws UserException of kind USAGE
   */
  void requireMakes(int size, int channels);
}
