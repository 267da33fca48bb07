package org.inoculum.data;

/** A Gaussian blur of numbers on a grid; beyond the border the border's own values go on. */
public final class GaussianBlur {
  private GaussianBlur() {}

  /** The field (side x side, row by row) blurred with standard deviation {@code sigma} points. */
  public static double[] blur(double[] field, int side, double sigma) {
    return blur(field, side, side, sigma);
  }

  /**
   * The field (height x width, row by row) blurred with standard deviation {@code sigma} points.
   */
  public static double[] blur(double[] field, int width, int height, double sigma) {
    double[] kernel = kernel(sigma);
    return transposedPass(transposedPass(field, width, height, kernel), height, width, kernel);
  }

  /** The sum of the squared weights: what the blur leaves of white noise's variance. */
  static double noiseGain(double sigma) {
    double sum = 0;
    for (double weight : kernel(sigma)) {
      sum += weight * weight;
    }
    return sum * sum; // two passes
  }

  private static double[] kernel(double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double distance = sigma > 0 ? (i - reach) / sigma : 0;
      kernel[i] = StrictMath.exp(-0.5 * distance * distance);
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  /** Blurs along the rows and writes columns, so that two passes blur both ways. */
  private static double[] transposedPass(double[] field, int width, int height, double[] kernel) {
    int reach = kernel.length / 2;
    double[] result = new double[field.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
          int from = Math.max(0, Math.min(width - 1, column + k - reach));
          sum += kernel[k] * field[row * width + from];
        }
        result[column * height + row] = sum;
      }
    }
    return result;
  }
}
