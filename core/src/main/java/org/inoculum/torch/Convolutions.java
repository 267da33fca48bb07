package org.inoculum.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Convolutions whose results are right.
 *
 * <p>oneDNN 3.7 computes convolutions wrongly and silently on some CPUs, forwards and backwards,
 * with errors of percents or NaN, unless the channels fill its vectors: measured with every pair of
 * 11 multiples of 16 and many other widths, 16 and the multiples of 32 were right and the rest (3,
 * 17, 24, 40, but also 48, 80 and 112) was not. Padding the channels with zeros and dropping the
 * extra ones afterwards is the same mathematics, so that is what these methods always do. {@link
 * SelfCheck} tells whether it is enough on this machine.
 */
public final class Convolutions {
  private static final long NARROWEST = 16;
  private static final long MULTIPLE = 32;

  private Convolutions() {}

  /**
   * Convolution (cross-correlation) with zero padding.
   *
   * @param x (N, in, H, W)
   * @param weight (out, in, k, k)
   * @param bias (out)
   * @return (N, out, (H + 2 padding - k) / stride + 1, …)
   */
  public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
    long in = missing(weight.size(1));
    long out = missing(weight.size(0));
    Tensor y =
        torch.conv2d(
            padDimension1(x, in),
            padDimension0(padDimension1(weight, in), out),
            new TensorOptional(padDimension0(bias, out)),
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {1, 1},
            1);
    return out > 0 ? y.narrow(1, 0, weight.size(0)) : y;
  }

  /**
   * Transposed convolution, the gradient of {@link #conv2d} with respect to its input.
   *
   * @param x (N, in, H, W)
   * @param weight (in, out, k, k)
   * @param bias (out)
   * @return (N, out, (H - 1) stride - 2 padding + k, …)
   */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
    return convTranspose2d(
        x,
        weight,
        new TensorOptional(padDimension0(bias, missing(weight.size(1)))),
        stride,
        padding);
  }

  /**
   * As {@link #convTranspose2d(Tensor, Tensor, Tensor, long, long)}, without a bias, whose gradient
   * oneDNN computes slowly.
   */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, long stride, long padding) {
    return convTranspose2d(x, weight, new TensorOptional(), stride, padding);
  }

  private static Tensor convTranspose2d(
      Tensor x, Tensor weight, TensorOptional bias, long stride, long padding) {
    long in = missing(weight.size(0));
    long out = missing(weight.size(1));
    Tensor y =
        torch.conv_transpose2d(
            padDimension1(x, in),
            padDimension1(padDimension0(weight, in), out),
            bias,
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {0, 0},
            1,
            1,
            1);
    return out > 0 ? y.narrow(1, 0, weight.size(1)) : y;
  }

  /** The gradient of {@link #conv2d} with respect to its input. */
  public static Tensor dgrad(Tensor gradient, Tensor weight, long stride, long padding) {
    return convTranspose2d(gradient, weight, zeros(weight.size(1)), stride, padding);
  }

  /** The gradient of {@link #convTranspose2d} with respect to its input. */
  public static Tensor transposeDgrad(Tensor gradient, Tensor weight, long stride, long padding) {
    return conv2d(gradient, weight, zeros(weight.size(0)), stride, padding);
  }

  /** (N, C, H, W) with as many channels of zeros more as its results need to be right. */
  static Tensor widened(Tensor x) {
    return padDimension1(x, missing(x.size(1)));
  }

  private static Tensor zeros(long count) {
    return torch.zeros(count);
  }

  /** How many channels to add. */
  private static long missing(long channels) {
    return channels <= NARROWEST ? NARROWEST - channels : Math.floorMod(-channels, MULTIPLE);
  }

  private static Tensor padDimension0(Tensor tensor, long missing) {
    return missing > 0 ? pad(tensor, 0, missing) : tensor;
  }

  private static Tensor padDimension1(Tensor tensor, long missing) {
    return missing > 0 ? pad(tensor, 1, missing) : tensor;
  }

  /**
   * Appends zeros along one dimension; libtorch counts the pairs of widths from the last dimension
   * backwards.
   */
  private static Tensor pad(Tensor tensor, int dimension, long missing) {
    int fromLast = (int) tensor.ndimension() - 1 - dimension;
    long[] widths = new long[2 * (fromLast + 1)];
    widths[2 * fromLast + 1] = missing;
    return torch.constant_pad_nd(tensor, widths);
  }
}
