package org.inoculum.model;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The input transform of a discriminator at each resolution level.
 *
 * @param of images as they are, at half the resolution, at a quarter and so on
 */
public record InputTransform(List<BandGains> of) implements AutoCloseable {
  /** Keeps the list. */
  public InputTransform {
    of = List.copyOf(of);
  }

  /**
   * As these images call for.
   *
   * @param images (N, C, H, W); at the highest level, H and W are still even
   * @param maxBandGain at least 1; 1 leaves every component as it is
   * @param level the highest resolution level
   */
  public static InputTransform of(Tensor images, double maxBandGain, int level) {
    try (PointerScope scope = new PointerScope()) {
      List<BandGains> of = new ArrayList<>();
      Tensor smaller = images;
      for (int i = 0; i <= level; i++) {
        smaller = i == 0 ? smaller : torch.avg_pool2d(smaller, 2);
        of.add(BandGains.of(smaller, maxBandGain));
      }
      return new InputTransform(of);
    }
  }

  @Override
  public void close() {
    of.forEach(BandGains::close);
  }
}
