package org.inoculum.image;

/**
 * Antialiased resizing, one axis after the other.
 *
 * <p>The kernel is Keys' cubic with a = -0.5 (Keys, "Cubic convolution interpolation for digital
 * image processing", 1981, eq. 4), unless another {@link Kernel} is named. When an axis shrinks,
 * the kernel is widened by the same factor, so that every source sample has its share: without it
 * fine texture turns into patterns that are not in the specimen, and metrics drift with the resizer
 * (Parmar, Zhang &amp; Zhu, "On aliased resizing and surprising subtleties in GAN evaluation",
 * arXiv 2104.11222). Sample positions, the cut of the kernel at the borders and the clipping
 * between the two passes follow Pillow; results are within one level of it. Sums are kept in
 * floating point, without rounding between the passes.
 */
public final class Resize {
  private Resize() {}

  /** The image at another size; channels and bit depth stay. The image itself where sizes agree. */
  public static Image to(Image image, int width, int height) {
    return to(image, width, height, Kernel.BICUBIC);
  }

  /** As {@link #to(Image, int, int)}, with another kernel. */
  public static Image to(Image image, int width, int height, Kernel kernel) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("cannot resize to " + width + " x " + height);
    }
    if (width == image.width() && height == image.height()) {
      return image;
    }
    int channels = image.channels();
    float max = image.maxSample();
    float[] across =
        new float[Math.multiplyExact(Math.multiplyExact(width, channels), image.height())];
    Taps columns = Taps.of(image.width(), width, kernel);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          double[] weights = columns.weights[x];
          for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * image.sample(columns.first[x] + k, y, c);
          }
          across[(y * width + x) * channels + c] = Math.max(0, Math.min(max, (float) sum));
        }
      }
    }
    Taps rows = Taps.of(image.height(), height, kernel);
    int stride = width * channels;
    short[] samples = new short[Math.multiplyExact(stride, height)];
    double[] sums = new double[stride];
    for (int y = 0; y < height; y++) {
      java.util.Arrays.fill(sums, 0);
      for (int k = 0; k < rows.weights[y].length; k++) {
        int from = (rows.first[y] + k) * stride;
        for (int i = 0; i < stride; i++) {
          sums[i] += rows.weights[y][k] * across[from + i];
        }
      }
      for (int i = 0; i < stride; i++) {
        samples[y * stride + i] = (short) Math.max(0, Math.min(max, Math.floor(sums[i] + 0.5)));
      }
    }
    return new Image(width, height, channels, image.bitDepth(), samples);
  }

  /** For each target position the first source position and the weights from there on, sum 1. */
  private static final class Taps {
    final int[] first;
    final double[][] weights;

    private Taps(int[] first, double[][] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Taps of(int source, int target, Kernel kernel) {
      double scale = (double) source / target;
      double widening = Math.max(1, scale);
      double support = kernel.radius() * widening;
      int[] first = new int[target];
      double[][] weights = new double[target][];
      for (int i = 0; i < target; i++) {
        double centre = (i + 0.5) * scale;
        int low = Math.max(0, (int) (centre - support + 0.5));
        int high = Math.min(source, (int) (centre + support + 0.5));
        double[] raw = new double[high - low];
        double sum = 0;
        for (int k = 0; k < raw.length; k++) {
          raw[k] = kernel.weight((low + k + 0.5 - centre) / widening);
          sum += raw[k];
        }
        first[i] = low;
        for (int k = 0; k < raw.length; k++) {
          raw[k] /= sum;
        }
        weights[i] = raw;
      }
      return new Taps(first, weights);
    }
  }
}
