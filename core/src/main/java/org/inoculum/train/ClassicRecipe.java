package org.inoculum.train;

import org.inoculum.UserException;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.model.ClassicShape;

/**
 * The hyperparameters of the article's recipe; each can be changed with {@code --set name=value}.
 * docs/explanation/classic.md says where each comes from.
 *
 * @param latentSize length of the random vector
 * @param learningRate of Adam, for both networks
 * @param beta1 of Adam
 * @param beta2 of Adam
 * @param epsilon of Adam
 * @param dropout share of the discriminator's features that is dropped while training
 * @param loss form of the cross-entropy
 * @param augmentation what is made of each image before training, unless {@code prepare} has done
 *     it already
 * @param sampleEvery iterations between two sample grids, accuracies and snapshots
 * @param sampleCount images in a sample grid
 * @param accuracySamples images, real and fake, that an accuracy is taken over
 */
public record ClassicRecipe(
    int latentSize,
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double dropout,
    LossForm loss,
    OfflineAugmentation augmentation,
    int sampleEvery,
    int sampleCount,
    int accuracySamples)
    implements Recipe {
  /** The article's numbers. */
  public static final ClassicRecipe ARTICLE =
      new ClassicRecipe(
          100,
          2e-4,
          0.5,
          0.999,
          1e-7,
          0.4,
          LossForm.LOGITS,
          OfflineAugmentation.ARTICLE,
          100,
          49,
          150);

  /** Checks the ranges. */
  public ClassicRecipe {
    require(latentSize >= 1 && latentSize <= 4096, "latentSize", "from 1 to 4096", latentSize);
    require(
        learningRate > 0 && !Double.isInfinite(learningRate),
        "learningRate",
        "above 0",
        learningRate);
    require(beta1 >= 0 && beta1 < 1, "beta1", "at least 0 and below 1", beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2", "at least 0 and below 1", beta2);
    require(epsilon > 0, "epsilon", "above 0", epsilon);
    require(dropout >= 0 && dropout < 1, "dropout", "at least 0 and below 1", dropout);
    require(sampleEvery >= 1, "sampleEvery", "at least 1", sampleEvery);
    require(sampleCount >= 1 && sampleCount <= 1024, "sampleCount", "from 1 to 1024", sampleCount);
    require(
        accuracySamples >= 1 && accuracySamples <= 10_000,
        "accuracySamples",
        "from 1 to 10000",
        accuracySamples);
  }

  @Override
  public OfflineAugmentation augmentationBefore() {
    return augmentation;
  }

  /** The article turns and mirrors beforehand. */
  @Override
  public boolean d4Symmetry() {
    return false;
  }

  /** Half a batch: the other half of what the discriminator sees is fakes. */
  @Override
  public int realsPerIteration(int batch) {
    return batch / 2;
  }

  @Override
  public void requireMakes(int size, int channels) {
    new ClassicShape(size, channels, latentSize);
  }

  private static void require(boolean holds, String name, String range, Number found) {
    if (!holds) {
      throw UserException.usage(name + " must be " + range + ", was " + found);
    }
  }
}
