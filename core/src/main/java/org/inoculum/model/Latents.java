package org.inoculum.model;

import org.bytedeco.pytorch.Tensor;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/** Latents z, standard normal, each a function of its seed and number. */
public final class Latents {
  /** The truncation threshold of the latent that is not truncated. */
  public static final double NO_TRUNCATION = Double.POSITIVE_INFINITY;

  /** Below this, nearly every draw would have to be repeated. */
  public static final double MIN_TRUNCATION = 0.1;

  private Latents() {}

  /**
   * Latents number first, first + 1, … of a seed: number i is the same whatever the count.
   *
   * @return (count, latent)
   */
  public static Tensor of(long seed, long first, int count, int latentSize) {
    return of(seed, first, count, latentSize, NO_TRUNCATION);
  }

  /**
   * The same from a truncated normal distribution (Brock et al., 1809.11096, section 3.1): what is
   * larger than {@code truncation}, or smaller than its negative, is resampled. Images are then
   * nearer to the usual one, and less varied.
   *
   * @param truncation at least {@link #MIN_TRUNCATION}
   */
  public static Tensor of(long seed, long first, int count, int latentSize, double truncation) {
    float[] values = new float[count * latentSize];
    for (int n = 0; n < count; n++) {
      fill(
          values,
          n * latentSize,
          latentSize,
          RandomStream.of(seed, Purpose.LATENTS, first + n),
          truncation);
    }
    return Tensor.create(values, count, latentSize);
  }

  /**
   * The latents of one training draw.
   *
   * @return (count, latent)
   */
  public static Tensor ofDraw(long seed, long draw, int count, int latentSize) {
    float[] values = new float[count * latentSize];
    fill(
        values,
        0,
        values.length,
        RandomStream.of(seed, Purpose.TRAINING_LATENTS, draw),
        NO_TRUNCATION);
    return Tensor.create(values, count, latentSize);
  }

  private static void fill(
      float[] values, int from, int length, RandomStream random, double truncation) {
    for (int i = 0; i < length; i++) {
      double value = random.nextGaussian();
      while (Math.abs(value) > truncation) {
        value = random.nextGaussian();
      }
      values[from + i] = (float) value;
    }
  }
}
