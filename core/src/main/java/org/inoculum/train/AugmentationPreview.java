package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.augment.Augmentation;
import org.inoculum.augment.Strength;
import org.inoculum.data.DataSet;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Tensors;

/** Training images as a discriminator gets to see them, to look at before a training. */
public final class AugmentationPreview {
  private static final int ROWS = 8;
  private static final int COLUMNS = 8;
  private static final int GAP = 2;

  private AugmentationPreview() {}

  /**
   * A sheet with an image in each row: first as it is drawn, then as it is augmented at the highest
   * probability that the recipe comes to. The classic recipe augments beforehand and not again, so
   * its sheet has other images of the augmented set instead.
   */
  public static Image sheet(TrainConfig config, DataSet data) {
    Engine.start(config.threads(), config.precision());
    try (PointerScope scope = new PointerScope();
        RealImages reals =
            RealImages.of(
                data,
                Training.augmentation(config, data),
                config.seed(),
                config.recipe().d4Symmetry())) {
      Tensor tiles =
          config.recipe() instanceof ModernRecipe recipe
              ? rows(reals, recipe.adaMaxP(), config.seed())
              : reals.draw(ROWS * COLUMNS, RandomStream.of(config.seed(), Purpose.SAMPLING, 0));
      return ContactSheet.of(Tensors.toImages(tiles), COLUMNS, GAP, 0);
    }
  }

  private static Tensor rows(RealImages reals, double probability, long seed) {
    Tensor drawn = reals.drawBalanced(ROWS, RandomStream.of(seed, Purpose.SAMPLING, 0)).images();
    Tensor tiles = drawn.repeat_interleave(COLUMNS, new LongOptional(0), new LongOptional());
    Tensor augmented =
        new Augmentation(Strength.DEFAULT)
            .apply(tiles, probability, RandomStream.of(seed, Purpose.AUGMENTATION, 0));
    List<Tensor> all = new ArrayList<>();
    for (long i = 0; i < ROWS * COLUMNS; i++) {
      all.add((i % COLUMNS == 0 ? tiles : augmented).select(0, i));
    }
    return torch.stack(new TensorVector(all.toArray(new Tensor[0])), 0);
  }
}
