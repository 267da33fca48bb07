package org.inoculum.augment;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.random.RandomStream;

/**
 * Change of colour, the same for all pixels of an image: first of the stain's density, where the
 * transmitted light I of each channel becomes I^density (Beer and Lambert's law; Ruifrok &amp;
 * Johnston 2001), then contrast, saturation, hue and brightness as one affine map of the colour.
 *
 * @param channels 1 or 3
 * @param densities exponents (N, C)
 * @param matrices row-major (N, C, C)
 * @param offsets what is added (N)
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one batch and is never compared
record ColourChange(int channels, float[] densities, float[] matrices, float[] offsets) {
  /** Light below this share of white is not told from black: a film's or sensor's floor. */
  private static final double DARKEST = 0.004;

  static ColourChange draw(
      int n, int channels, Strength strength, double probability, RandomStream random) {
    float[] densities = new float[n * channels];
    float[] matrices = new float[n * channels * channels];
    float[] offsets = new float[n];
    for (int i = 0; i < n; i++) {
      double density = factor(strength.logDensity(), probability, random);
      double contrast = factor(strength.logContrast(), probability, random);
      double saturation = factor(strength.logSaturation(), probability, random);
      double hue = probability > random.nextDouble() ? strength.hue() * random.nextGaussian() : 0;
      offsets[i] =
          (float)
              (random.nextDouble() < probability
                  ? strength.brightness() * random.nextGaussian()
                  : 0);
      for (int c = 0; c < channels; c++) {
        densities[i * channels + c] = (float) density;
      }
      colour(channels, contrast, saturation, Math.toRadians(hue), matrices, i);
    }
    return new ColourChange(channels, densities, matrices, offsets);
  }

  Tensor apply(Tensor images) {
    long n = images.size(0);
    Tensor light = images.add(new Scalar(1)).mul(new Scalar(0.5)).clamp_min(new Scalar(DARKEST));
    Tensor stained =
        torch
            .pow(light, Tensor.create(densities, n, channels, 1, 1))
            .mul(new Scalar(2))
            .sub(new Scalar(1));
    Tensor flat = stained.reshape(n, channels, -1); // (N, C, HW)
    Tensor mixed =
        torch.baddbmm(
            Tensor.create(offsets, n, 1, 1), Tensor.create(matrices, n, channels, channels), flat);
    return mixed.view(images.shape());
  }

  private static double factor(double logDeviation, double probability, RandomStream random) {
    double log = logDeviation * random.nextGaussian();
    return random.nextDouble() < probability ? Math.exp(log) : 1;
  }

  /**
   * Contrast times (grey part kept, colour part scaled by the saturation and turned by the hue)
   * around the grey axis u = (1, 1, 1) / sqrt(3): uuᵀ + saturation · (cos (1 - uuᵀ) + sin [u]ₓ).
   */
  private static void colour(
      int channels, double contrast, double saturation, double hue, float[] target, int image) {
    if (channels == 1) {
      target[image] = (float) contrast;
      return;
    }
    double grey = 1.0 / 3;
    double cross = saturation * Math.sin(hue) / Math.sqrt(3);
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        double turned = saturation * Math.cos(hue) * ((row == column ? 1 : 0) - grey);
        if (column == (row + 1) % 3) {
          turned -= cross;
        } else if (column == (row + 2) % 3) {
          turned += cross;
        }
        target[image * 9 + row * 3 + column] = (float) (contrast * (grey + turned));
      }
    }
  }
}
