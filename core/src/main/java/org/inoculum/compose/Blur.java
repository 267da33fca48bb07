package org.inoculum.compose;

/** A Gaussian blur of 32-bit numbers on a grid; beyond the border the border's own values go on. */
final class Blur {
  private Blur() {}

  /**
   * The values (height x width, row by row), blurred.
   *
   * @param sigma standard deviation in pixels; 0 and below leave them as they are
   */
  static float[] of(float[] values, int width, int height, double sigma) {
    if (sigma <= 0.05) {
      return values.clone();
    }
    float[] kernel = kernel(sigma);
    int reach = kernel.length / 2;
    float[] across = new float[values.length];
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int k = -reach; k <= reach; k++) {
          sum += kernel[k + reach] * values[row + Math.max(0, Math.min(width - 1, x + k))];
        }
        across[row + x] = sum;
      }
    }
    float[] blurred = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int k = -reach; k <= reach; k++) {
        int from = Math.max(0, Math.min(height - 1, y + k)) * width;
        float weight = kernel[k + reach];
        for (int x = 0; x < width; x++) {
          blurred[y * width + x] += weight * across[from + x];
        }
      }
    }
    return blurred;
  }

  private static float[] kernel(double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    float[] kernel = new float[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      kernel[i + reach] = (float) StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      sum += kernel[i + reach];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= (float) sum;
    }
    return kernel;
  }
}
