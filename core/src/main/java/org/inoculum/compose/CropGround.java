package org.inoculum.compose;

import java.util.Arrays;

/**
 * The ground of a crop: a polynomial in x and y for each channel's level, fitted to the pixels that
 * show no cell. Which these are is found from the commonest bright (in fluorescence: dark) level
 * and then again and again from the fit.
 */
final class CropGround {
  private static final int BINS = 64;
  private static final int BLOCKS = 6;

  /** Levels of the fit (channels, height x width). */
  final ChannelPlanes levels;

  /** The pixels that were fitted. */
  final PixelSet kept;

  private CropGround(ChannelPlanes levels, PixelSet kept) {
    this.levels = levels;
    this.kept = kept;
  }

  static CropGround of(ChannelPlanes crop, Modality modality, ComposeRecipe recipe) {
    int pixels = crop.width * crop.height;
    float[] mean = mean(crop);
    boolean[] kept = beginning(mean, modality);
    ChannelPlanes fit = ChannelPlanes.zero(crop.width, crop.height, crop.channels());
    float[] fitMean = new float[pixels];
    for (int iteration = 0; iteration < recipe.groundIterations(); iteration++) {
      int terms = terms(kept, crop.width, crop.height);
      Arrays.fill(fitMean, 0);
      for (int c = 0; c < crop.channels(); c++) {
        Polynomial.fit(crop.channel[c], kept, crop.width, crop.height, terms, fit.channel[c]);
        for (int i = 0; i < pixels; i++) {
          fitMean[i] += fit.channel[c][i] / crop.channels();
        }
      }
      kept = near(mean, fitMean, kept, modality, recipe);
    }
    return new CropGround(fit, new PixelSet(crop.width, crop.height, kept));
  }

  private static float[] mean(ChannelPlanes crop) {
    float[] mean = new float[crop.width * crop.height];
    for (float[] channel : crop.channel) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += channel[i] / crop.channels();
      }
    }
    return mean;
  }

  /** The pixels around the first large peak of the histogram, seen from the ground's end. */
  private static boolean[] beginning(float[] mean, Modality modality) {
    float[] sorted = mean.clone();
    Arrays.sort(sorted);
    float low = sorted[sorted.length / 200];
    float high = sorted[sorted.length - 1 - sorted.length / 200];
    float step = Math.max(1e-4f, (high - low) / BINS);
    double[] counts = new double[BINS];
    for (float value : mean) {
      counts[Math.max(0, Math.min(BINS - 1, (int) ((value - low) / step)))]++;
    }
    double[] smooth = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      for (int k = -2; k <= 2; k++) {
        smooth[i] += counts[Math.max(0, Math.min(BINS - 1, i + k))] * (3 - Math.abs(k)) / 9.0;
      }
    }
    double top = Arrays.stream(smooth).max().orElse(1);
    int peak = -1;
    for (int k = 0; k < BINS && peak < 0; k++) {
      int i = modality == Modality.BRIGHTFIELD ? BINS - 1 - k : k;
      double before = smooth[Math.max(0, i - 1)];
      double after = smooth[Math.min(BINS - 1, i + 1)];
      if (smooth[i] >= (modality.isSigned() ? 1 : 0.25) * top
          && smooth[i] >= before
          && smooth[i] >= after) {
        peak = i;
      }
    }
    float centre = low + (peak + 0.5f) * step;
    // The side away from cells shows how wide the ground's own peak is.
    float width = Math.max(2.5f * step, 1.5f * spread(mean, centre, modality));
    boolean[] kept = new boolean[mean.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = Math.abs(mean[i] - centre) <= width;
    }
    return kept;
  }

  private static float spread(float[] mean, float centre, Modality modality) {
    float[] away = new float[mean.length];
    int count = 0;
    for (float value : mean) {
      float difference = modality == Modality.BRIGHTFIELD ? value - centre : centre - value;
      if (difference > 0) {
        away[count++] = difference;
      }
    }
    Arrays.sort(away, 0, count);
    return count == 0 ? 0 : away[(int) (0.68 * (count - 1))];
  }

  /** A quadratic where the ground is seen nearly everywhere, a plane, or one value. */
  private static int terms(boolean[] kept, int width, int height) {
    int[] seen = new int[BLOCKS * BLOCKS];
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        seen[i / width * BLOCKS / height * BLOCKS + i % width * BLOCKS / width]++;
      }
    }
    double block = (double) kept.length / seen.length;
    long covered = Arrays.stream(seen).filter(count -> count > 0.2 * block).count();
    double share = (double) covered / seen.length;
    return share > 0.6 ? 6 : share > 0.3 ? 3 : 1;
  }

  private static boolean[] near(
      float[] mean, float[] fit, boolean[] before, Modality modality, ComposeRecipe recipe) {
    float[] residuals = new float[mean.length];
    int count = 0;
    for (int i = 0; i < mean.length; i++) {
      if (before[i]) {
        residuals[count++] = Math.abs(mean[i] - fit[i]);
      }
    }
    Arrays.sort(residuals, 0, count);
    double sigma = Math.max(0.004, count == 0 ? 0 : 1.4826 * residuals[count / 2]);
    double towards = recipe.groundBelow() * sigma;
    double away = recipe.groundAbove() * sigma;
    boolean[] kept = new boolean[mean.length];
    for (int i = 0; i < mean.length; i++) {
      double cell = modality.amount(fit[i], mean[i]);
      kept[i] = cell < (modality.isSigned() ? away : towards) && cell > -away;
    }
    return kept;
  }
}
