package org.inoculum.train;

import org.inoculum.data.OfflineAugmentation;
import org.inoculum.model.ClassicShape;
import org.inoculum.recipe.Hyperparameters;

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
  /** Names, ranges and meanings of the fields. */
  public static final Hyperparameters HYPERPARAMETERS =
      Hyperparameters.of(ClassicRecipe.class, "classic.json");

  /** The article's numbers. */
  public static final ClassicRecipe ARTICLE = HYPERPARAMETERS.defaults(ClassicRecipe.class);

  /** Checks the ranges. */
  public ClassicRecipe {
    HYPERPARAMETERS.check("latentSize", latentSize);
    HYPERPARAMETERS.check("learningRate", learningRate);
    HYPERPARAMETERS.check("beta1", beta1);
    HYPERPARAMETERS.check("beta2", beta2);
    HYPERPARAMETERS.check("epsilon", epsilon);
    HYPERPARAMETERS.check("dropout", dropout);
    HYPERPARAMETERS.check("sampleEvery", sampleEvery);
    HYPERPARAMETERS.check("sampleCount", sampleCount);
    HYPERPARAMETERS.check("accuracySamples", accuracySamples);
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
}
