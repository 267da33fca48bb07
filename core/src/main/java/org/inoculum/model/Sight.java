package org.inoculum.model;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How a discriminator sees pictures of each size that it judges.
 *
 * @param whole of pictures as they are
 * @param half of pictures of half the side
 */
public record Sight(Whitening whole, Whitening half) implements AutoCloseable {
  /**
   * As these pictures call for.
   *
   * @param images (N, C, H, W), H and W multiples of 4
   * @param highestGain at least 1; 1 leaves every component as it is
   */
  public static Sight of(Tensor images, double highestGain) {
    try (PointerScope scope = new PointerScope()) {
      return new Sight(
          Whitening.of(images, highestGain),
          Whitening.of(torch.avg_pool2d(images, 2), highestGain));
    }
  }

  @Override
  public void close() {
    whole.close();
    half.close();
  }
}
