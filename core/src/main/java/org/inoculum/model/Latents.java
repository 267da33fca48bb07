package org.inoculum.model;

import org.bytedeco.pytorch.Tensor;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/** Latents z, standard normal, each a function of its seed and number. */
public final class Latents {
  private Latents() {}

  /**
   * Latents number first, first + 1, … of a seed: number i is the same whatever the count.
   *
   * @return (count, latent)
   */
  public static Tensor of(long seed, long first, int count, int latent) {
    float[] values = new float[count * latent];
    for (int n = 0; n < count; n++) {
      fill(values, n * latent, latent, RandomStream.of(seed, Purpose.LATENTS, first + n));
    }
    return Tensor.create(values, count, latent);
  }

  /**
   * The latents of one training draw.
   *
   * @return (count, latent)
   */
  public static Tensor ofDraw(long seed, long draw, int count, int latent) {
    float[] values = new float[count * latent];
    fill(values, 0, values.length, RandomStream.of(seed, Purpose.TRAINING_LATENTS, draw));
    return Tensor.create(values, count, latent);
  }

  private static void fill(float[] values, int from, int length, RandomStream random) {
    for (int i = 0; i < length; i++) {
      values[from + i] = (float) random.nextGaussian();
    }
  }
}
