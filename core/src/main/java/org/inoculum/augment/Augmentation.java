package org.inoculum.augment;

import org.bytedeco.pytorch.Tensor;
import org.inoculum.random.RandomStream;

/**
 * The non-leaking augmentation (ADA) of a batch that the discriminator is about to see: each kind
 * of change is applied to each image with a probability below 1, so that a generator which
 * reproduced the changes would be told apart from the real images, which are mostly unchanged
 * (Karras et al., 2006.06676, section 2.2). All changes are differentiable with respect to the
 * pixels (Zhao et al., 2006.10738).
 *
 * @param strength how far each change goes
 */
public record Augmentation(Strength strength) {
  /**
   * Changes a batch.
   *
   * @param images (N, C, H, W) around -1..1, C = 1 or 3
   * @param probability of each kind of change for each image, 0..1
   * @param random decides which image is changed how
   * @return (N, C, H, W)
   */
  public Tensor apply(Tensor images, double probability, RandomStream random) {
    if (probability == 0) {
      return images;
    }
    int n = (int) images.size(0);
    Tensor x = Placement.draw(n, (int) images.size(2), strength, probability, random).apply(images);
    x = ColourChange.draw(n, (int) images.size(1), strength, probability, random).apply(x);
    return Cutout.apply(x, strength, probability, random);
  }
}
