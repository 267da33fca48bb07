package org.inoculum.model;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * What a generator turns into images.
 *
 * @param z latents, standard normal: (N, latent)
 * @param labels class of each image, 64-bit integers: (N)
 * @param noise per-pixel noise, standard normal: (N, noise)
 */
public record GeneratorInput(Tensor z, Tensor labels, Tensor noise) {
  /**
   * The input of images number first, first + 1, … of a seed: that of image i is the same whatever
   * the count.
   *
   * @param labels their classes
   */
  public static GeneratorInput of(Generator generator, long seed, long first, long... labels) {
    return truncated(generator, seed, first, Latents.WHOLE, labels);
  }

  /**
   * The same with truncated latents.
   *
   * @param most largest number of a latent: {@link Latents#of(long, long, int, int, double)}
   */
  public static GeneratorInput truncated(
      Generator generator, long seed, long first, double most, long... labels) {
    int count = labels.length;
    Tensor noise = empty(count, generator.noise());
    for (int i = 0; i < count && generator.noise() > 0; i++) {
      fill(noise.select(0, i), RandomStream.of(seed, Purpose.NOISE, first + i));
    }
    return new GeneratorInput(
        Latents.of(seed, first, count, generator.latent(), most), Tensor.create(labels), noise);
  }

  /**
   * The input of one training draw.
   *
   * @param labels classes of the images
   */
  public static GeneratorInput ofDraw(Generator generator, long seed, long draw, long... labels) {
    Tensor noise = empty(labels.length, generator.noise());
    if (generator.noise() > 0) {
      fill(noise, RandomStream.of(seed, Purpose.TRAINING_NOISE, draw));
    }
    return new GeneratorInput(
        Latents.ofDraw(seed, draw, labels.length, generator.latent()),
        Tensor.create(labels),
        noise);
  }

  /** Some of the images. */
  public GeneratorInput narrow(long from, long count) {
    return new GeneratorInput(
        z.narrow(0, from, count), labels.narrow(0, from, count), noise.narrow(0, from, count));
  }

  private static Tensor empty(int count, int noise) {
    return torch.empty(
        new long[] {count, noise}, new TensorOptions(ScalarType.Float), new MemoryFormatOptional());
  }

  private static void fill(Tensor target, RandomStream random) {
    target.normal_(0, 1, new GeneratorOptional(torch.make_generator_cpu(random.nextLong())));
  }
}
