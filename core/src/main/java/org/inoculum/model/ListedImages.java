package org.inoculum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.image.FloatImage;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Images of any seeds and numbers, each with the very bytes that {@link GeneratedImages} makes of
 * it: in a batch of the same size, at the same place in it, since the order in which a fast
 * operation sums may follow the place.
 */
public final class ListedImages {
  private ListedImages() {}

  /**
   * An image.
   *
   * @param seed of the latents
   * @param index number of the image, at least 0
   * @param label its class
   * @param truncation largest number of its latent: {@link Latents#of(long, long, int, int,
   *     double)}
   */
  public record SampleSpec(long seed, long index, int label, double truncation) {}

  /**
   * The images in their order, as the numbers that the generator made, -1 black to 1 white; in as
   * many batches as places that are asked for twice make needed.
   */
  public static List<FloatImage> of(
      Generator generator, Precision precision, List<SampleSpec> wanted) {
    @Nullable FloatImage[] made = new @Nullable FloatImage[wanted.size()];
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < made.length; i++) {
      left.add(i);
    }
    while (!left.isEmpty()) {
      int[] atPlace = new int[GeneratedImages.BATCH];
      Arrays.fill(atPlace, -1);
      List<Integer> later = new ArrayList<>();
      for (int i : left) {
        int place = (int) (wanted.get(i).index() % GeneratedImages.BATCH);
        if (atPlace[place] < 0) {
          atPlace[place] = i;
        } else {
          later.add(i);
        }
      }
      batch(generator, precision, wanted, atPlace, left.get(0), made);
      left = later;
    }
    return Arrays.stream(made).map(java.util.Objects::requireNonNull).toList();
  }

  /**
   * One batch.
   *
   * @param atPlace which image stands at each place, or -1
   * @param filling the image that stands where nothing is asked for
   */
  private static void batch(
      Generator generator,
      Precision precision,
      List<SampleSpec> wanted,
      int[] atPlace,
      int filling,
      @Nullable FloatImage[] made) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      TensorVector z = new TensorVector();
      TensorVector labels = new TensorVector();
      TensorVector noise = new TensorVector();
      for (int i : atPlace) {
        SampleSpec one = wanted.get(i < 0 ? filling : i);
        GeneratorInput input =
            GeneratorInput.truncated(
                generator, one.seed(), one.index(), one.truncation(), one.label());
        z.push_back(input.z());
        labels.push_back(input.labels());
        noise.push_back(input.noise());
      }
      GeneratorInput all =
          new GeneratorInput(torch.cat(z), torch.cat(labels), torch.cat(noise)); // (BATCH, …)
      try (Autocast autocast = Autocast.to(precision)) {
        List<FloatImage> images = Tensors.toFloatImages(generator.forward(all));
        for (int place = 0; place < atPlace.length; place++) {
          if (atPlace[place] >= 0) {
            made[atPlace[place]] = images.get(place);
          }
        }
      }
    }
  }
}
