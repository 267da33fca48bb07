package org.inoculum.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.inoculum.image.FloatImage;
import org.inoculum.image.Image;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;

/**
 * The images that a generator makes of the latents of a seed: image i is a function of both and i.
 */
public final class GeneratedImages {
  /** Images at a time, always this many, so that no image depends on how many were asked for. */
  public static final int BATCH = 64;

  private GeneratedImages() {}

  /**
   * The batch that starts at image {@code first}, a multiple of {@link #BATCH}.
   *
   * @param label class of an image, by its number
   */
  public static List<Image> batch(
      Generator generator, Precision precision, long seed, long first, LongToIntFunction label) {
    return batch(generator, precision, seed, Latents.NO_TRUNCATION, first, label);
  }

  /**
   * The same from truncated latents.
   *
   * @param truncation truncation threshold of the latent: {@link Latents#of(long, long, int, int,
   *     double)}
   */
  public static List<Image> batch(
      Generator generator,
      Precision precision,
      long seed,
      double truncation,
      long first,
      LongToIntFunction label) {
    return floatImages(generator, precision, seed, truncation, first, label).stream()
        .map(Tensors::toEightBit)
        .toList();
  }

  /**
   * The same as the numbers that the generator made, -1 black to 1 white, from truncated latents.
   *
   * @param truncation truncation threshold of the latent: {@link Latents#of(long, long, int, int,
   *     double)}
   */
  public static List<FloatImage> floatImages(
      Generator generator,
      Precision precision,
      long seed,
      double truncation,
      long first,
      LongToIntFunction label) {
    long[] labels = new long[BATCH];
    Arrays.setAll(labels, i -> label.applyAsInt(first + i));
    return of(
        generator,
        precision,
        () -> GeneratorInput.truncated(generator, seed, first, truncation, labels));
  }

  /**
   * The way from one image to another, in {@link #BATCH} even steps: its first and last image are
   * those two.
   *
   * @param truncation largest number of their latents
   * @param label class of all images on the way
   */
  public static List<Image> walk(
      Generator generator,
      Precision precision,
      SeedAndIndex from,
      SeedAndIndex to,
      double truncation,
      int label) {
    return of(
            generator,
            precision,
            () ->
                GeneratorInput.walk(
                    GeneratorInput.truncated(
                        generator, from.seed(), from.index(), truncation, label),
                    GeneratorInput.truncated(generator, to.seed(), to.index(), truncation, label),
                    BATCH,
                    label))
        .stream()
        .map(Tensors::toEightBit)
        .toList();
  }

  private static List<FloatImage> of(
      Generator generator, Precision precision, Supplier<GeneratorInput> input) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      GeneratorInput made = input.get();
      try (Autocast autocast = Autocast.to(precision)) {
        return Tensors.toFloatImages(generator.forward(made));
      }
    }
  }
}
