package org.inoculum.train;

/**
 * The layers of the classic networks and their gradients as plain loops over 64-bit numbers,
 * written from the definitions and sharing nothing with libtorch. Maps are (N, C, S, S), flat,
 * row-major.
 */
final class PlainMaths {
  private PlainMaths() {}

  /** Maps of one layer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Maps(double[] values, int n, int channels, int side) {
    static Maps of(int n, int channels, int side) {
      return new Maps(new double[n * channels * side * side], n, channels, side);
    }

    int at(int image, int channel, int row, int column) {
      return ((image * channels + channel) * side + row) * side + column;
    }
  }

  /** What one position of a kernel connects. */
  @FunctionalInterface
  private interface Connection {
    void join(int wide, int narrow, int weight);
  }

  /**
   * Visits every (wide map position, narrow map position, kernel position) that a convolution from
   * wide to narrow multiplies. The kernel is (narrow channels, wide channels, k, k).
   */
  private static void connect(
      Maps wide, Maps narrow, int k, int stride, int padding, Connection connection) {
    for (int image = 0; image < wide.n; image++) {
      for (int o = 0; o < narrow.channels; o++) {
        for (int c = 0; c < wide.channels; c++) {
          for (int row = 0; row < narrow.side; row++) {
            for (int column = 0; column < narrow.side; column++) {
              for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                  int y = row * stride + i - padding;
                  int x = column * stride + j - padding;
                  if (y >= 0 && y < wide.side && x >= 0 && x < wide.side) {
                    connection.join(
                        wide.at(image, c, y, x),
                        narrow.at(image, o, row, column),
                        ((o * wide.channels + c) * k + i) * k + j);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /** Wide to narrow: a convolution without bias. */
  static void convolve(Maps wide, double[] kernel, Maps narrow, int k, int stride, int padding) {
    connect(
        wide,
        narrow,
        k,
        stride,
        padding,
        (w, n, at) -> narrow.values[n] += wide.values[w] * kernel[at]);
  }

  /** Narrow to wide: a convolution's input gradient, which is a transposed convolution. */
  static void spread(Maps narrow, double[] kernel, Maps wide, int k, int stride, int padding) {
    connect(
        wide,
        narrow,
        k,
        stride,
        padding,
        (w, n, at) -> wide.values[w] += narrow.values[n] * kernel[at]);
  }

  /** The kernel's gradient, of both directions. */
  static double[] kernelGradient(Maps wide, Maps narrow, int k, int stride, int padding) {
    double[] gradient = new double[narrow.channels * wide.channels * k * k];
    connect(
        wide,
        narrow,
        k,
        stride,
        padding,
        (w, n, at) -> gradient[at] += wide.values[w] * narrow.values[n]);
    return gradient;
  }

  static void addBias(Maps maps, double[] bias) {
    for (int i = 0; i < maps.values.length; i++) {
      maps.values[i] += bias[i / (maps.side * maps.side) % maps.channels];
    }
  }

  static double[] biasGradient(Maps gradient) {
    double[] sums = new double[gradient.channels];
    for (int i = 0; i < gradient.values.length; i++) {
      sums[i / (gradient.side * gradient.side) % gradient.channels] += gradient.values[i];
    }
    return sums;
  }

  static void leaky(double[] values, double slope) {
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] > 0 ? values[i] : slope * values[i];
    }
  }

  /** Of {@link #leaky}, from its output, which has the input's sign. */
  static void leakyGradient(double[] gradient, double[] output, double slope) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= output[i] > 0 ? 1 : slope;
    }
  }

  /** (n, in) times (out, in) transposed, plus bias. */
  static double[] dense(double[] x, int n, double[] weight, double[] bias) {
    int out = bias.length;
    int in = weight.length / out;
    double[] y = new double[n * out];
    for (int row = 0; row < n; row++) {
      for (int o = 0; o < out; o++) {
        double sum = bias[o];
        for (int i = 0; i < in; i++) {
          sum += x[row * in + i] * weight[o * in + i];
        }
        y[row * out + o] = sum;
      }
    }
    return y;
  }
}
