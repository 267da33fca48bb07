package org.inoculum.model;

import java.util.Arrays;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * The input of a generator.
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
    return truncated(generator, seed, first, Latents.NO_TRUNCATION, labels);
  }

  /**
   * The same with truncated latents.
   *
   * @param truncation truncation threshold of the latent: {@link Latents#of(long, long, int, int,
   *     double)}
   */
  public static GeneratorInput truncated(
      Generator generator, long seed, long first, double truncation, long... labels) {
    int count = labels.length;
    Tensor noise = empty(count, generator.noise());
    for (int i = 0; i < count && generator.noise() > 0; i++) {
      fill(noise.select(0, i), RandomStream.of(seed, Purpose.NOISE, first + i));
    }
    return new GeneratorInput(
        Latents.of(seed, first, count, generator.latentSize(), truncation),
        Tensor.create(labels),
        noise);
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
        Latents.ofDraw(seed, draw, labels.length, generator.latentSize()),
        Tensor.create(labels),
        noise);
  }

  /**
   * The way from one image to another in even steps, by spherical interpolation (White, 1609.04468)
   * of latents and noise, which keeps their lengths those of normal draws; its ends are the two
   * images.
   *
   * @param from input of one image
   * @param to input of one image
   * @param steps images on the way, with both ends; at least 2
   * @param label class of all of them
   */
  public static GeneratorInput walk(GeneratorInput from, GeneratorInput to, int steps, long label) {
    long[] labels = new long[steps];
    Arrays.fill(labels, label);
    return new GeneratorInput(
        between(from.z(), to.z(), steps),
        Tensor.create(labels),
        between(from.noise(), to.noise(), steps));
  }

  /** (1, n) and (1, n) become (steps, n). */
  private static Tensor between(Tensor from, Tensor to, int steps) {
    double cosine =
        torch.mul(from, to).sum().item_double()
            / Math.max(Double.MIN_NORMAL, from.norm().item_double() * to.norm().item_double());
    double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    TensorVector points = new TensorVector();
    for (int i = 0; i < steps; i++) {
      double share = i / (double) (steps - 1);
      if (i == 0 || i == steps - 1) {
        points.push_back(i == 0 ? from : to); // without rounding
      } else if (Math.sin(angle) < 1e-6) { // nearly the same direction, or nearly the opposite
        points.push_back(weighted(from, 1 - share, to, share));
      } else {
        points.push_back(
            weighted(
                from,
                Math.sin((1 - share) * angle) / Math.sin(angle),
                to,
                Math.sin(share * angle) / Math.sin(angle)));
      }
    }
    return torch.cat(points);
  }

  private static Tensor weighted(Tensor from, double a, Tensor to, double b) {
    return torch.add(torch.mul(from, new Scalar(a)), torch.mul(to, new Scalar(b)));
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
