package org.inoculum.augment;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.random.RandomStream;

/** Covers a square of an image with mid grey (DeVries &amp; Taylor, 1708.04552). */
final class Cutout {
  private Cutout() {}

  static Tensor apply(Tensor images, Strength strength, double probability, RandomStream random) {
    int n = (int) images.size(0);
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    float[] mask = new float[n * height * width];
    Arrays.fill(mask, 1);
    for (int i = 0; i < n; i++) {
      boolean covered = random.nextDouble() < probability;
      double centreX = random.nextDouble() * width;
      double centreY = random.nextDouble() * height;
      if (!covered) {
        continue;
      }
      int left = (int) Math.max(0, Math.round(centreX - strength.cutout() * width / 2));
      int right = (int) Math.min(width, Math.round(centreX + strength.cutout() * width / 2));
      int top = (int) Math.max(0, Math.round(centreY - strength.cutout() * height / 2));
      int bottom = (int) Math.min(height, Math.round(centreY + strength.cutout() * height / 2));
      for (int y = top; y < bottom; y++) {
        int row = (i * height + y) * width;
        Arrays.fill(mask, row + left, row + Math.max(left, right), 0);
      }
    }
    return images.mul(Tensor.create(mask, n, 1, height, width));
  }
}
