package org.inoculum.train;

import org.inoculum.UserException;
import org.inoculum.model.ClassicShape;
import org.inoculum.torch.PrecisionChoice;

/**
 * Everything that decides what a training does, apart from its data: {@code config.json}.
 *
 * @param preset which recipe
 * @param budget how long
 * @param batch latents of a generator update; the discriminator's two updates see half as many
 *     images each
 * @param size side of the pictures, in pixels
 * @param channels 1 or 3
 * @param seed of every random draw
 * @param threads threads of one operation
 * @param precision what was asked for; provenance.json says what was settled on
 * @param recipe the preset's own numbers
 */
public record TrainConfig(
    Preset preset,
    Budget budget,
    int batch,
    int size,
    int channels,
    long seed,
    int threads,
    PrecisionChoice precision,
    ClassicRecipe recipe) {
  private static final int MAX_BATCH = 4096;

  /** Checks the ranges. */
  public TrainConfig {
    if (batch < 2 || batch > MAX_BATCH) {
      throw UserException.usage("--batch must be from 2 to " + MAX_BATCH + ", was " + batch);
    }
    if (threads < 1 || threads > 1024) {
      throw UserException.usage("--threads must be from 1 to 1024, was " + threads);
    }
    shape(size, channels, recipe);
  }

  /** The sizes of the networks. */
  ClassicShape shape() {
    return shape(size, channels, recipe);
  }

  /** Refuses sizes that the networks cannot make. */
  private static ClassicShape shape(int size, int channels, ClassicRecipe recipe) {
    return new ClassicShape(size, channels, recipe.latent());
  }

  /** Real images that one iteration shows to the discriminator. */
  public int halfBatch() {
    return batch / 2;
  }

  /** Thousands of real images that so many iterations show to the discriminator. */
  public double kimg(long iterations) {
    return iterations * (double) halfBatch() / 1000;
  }
}
