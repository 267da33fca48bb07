package org.inoculum.augment;

import org.bytedeco.pytorch.GridSampleFuncOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kBilinear;
import org.bytedeco.pytorch.kReflection;
import org.inoculum.random.RandomStream;

/**
 * Shift, magnification and rotation of each image in one resampling, with reflection at the
 * borders. Resampling smooths away the grain that a generator has to learn, so most images are only
 * shifted, by whole pixels.
 *
 * @param matrices from target to source coordinates in -1..1, row-major (N, 2, 3)
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one batch and is never compared
record Placement(float[] matrices) {
  private static final float[] IDENTITY = {1, 0, 0, 0, 1, 0};

  static Placement draw(
      int n, int side, Strength strength, double probability, RandomStream random) {
    float[] matrices = new float[n * IDENTITY.length];
    for (int i = 0; i < n; i++) {
      double angle = 0;
      double scale = 1;
      double dx = 0;
      double dy = 0;
      if (random.nextDouble() < probability) {
        dx = wholePixels(random.nextDouble(-strength.shift(), strength.shift()), side);
        dy = wholePixels(random.nextDouble(-strength.shift(), strength.shift()), side);
      }
      if (random.nextDouble() < strength.resampled() * probability) {
        scale = Math.exp(-strength.logScale() * random.nextGaussian());
        angle = Math.toRadians(random.nextDouble(-strength.rotation(), strength.rotation()));
      }
      double cos = scale * Math.cos(angle);
      double sin = scale * Math.sin(angle);
      float[] row = {
        (float) cos, (float) -sin, (float) dx, (float) sin, (float) cos, (float) dy,
      };
      System.arraycopy(row, 0, matrices, i * IDENTITY.length, IDENTITY.length);
    }
    return new Placement(matrices);
  }

  /** A share of the side as coordinates, where the side is 2 long, without breaking a pixel. */
  private static double wholePixels(double share, int side) {
    return 2.0 * Math.round(share * side) / side;
  }

  Tensor apply(Tensor images) {
    Tensor theta = Tensor.create(matrices, matrices.length / IDENTITY.length, 2, 3);
    Tensor grid = torch.affine_grid(theta, images.shape(), false); // (N, H, W, 2)
    GridSampleFuncOptions options = new GridSampleFuncOptions();
    options.mode().put(new kBilinear());
    options.padding_mode().put(new kReflection());
    options.align_corners().put(false);
    return torch.grid_sample(images, grid, options);
  }
}
