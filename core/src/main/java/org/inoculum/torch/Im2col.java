package org.inoculum.torch;

import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Convolutions as GEMM: each row of one of them is the patch of the image that the kernel is laid
 * on. It is the same sum in another order, outside the gradient graph. In 32 bits it is faster than
 * oneDNN in two cases: for the gradient of weights (by half, without AVX-512), and for images of
 * few channels, which oneDNN needs padded to 16 of them ({@link Convolutions}).
 * docs/explanation/performance.md has the figures.
 */
public final class Im2col {
  /** Im2col at a time: some 10 MB of them, which stay in the cache. */
  private static final long ROWS = 4096;

  private Im2col() {}

  /**
   * Convolution (cross-correlation) with zero padding of images with few channels.
   *
   * @param x (N, in, H, W)
   * @param weight (out, in, k, k)
   * @return (N, out, (H + 2 padding - k) / stride + 1, …), in the channels-last layout
   */
  public static Tensor convolve(Tensor x, Tensor weight, long stride, long padding) {
    Grid grid = Grid.of(x, weight.size(2), stride, padding);
    long out = weight.size(0);
    Tensor matrix = weight.permute(2, 3, 1, 0).reshape(grid.width(), out); // (k k in, out)
    return torch
        .mm(grid.patches(0, x.size(0)), matrix)
        .view(x.size(0), grid.rows, grid.columns, out)
        .permute(0, 3, 1, 2);
  }

  /**
   * The gradient of a convolution's weights.
   *
   * @param large (N, L, H, W): what the convolution was given
   * @param small (N, S, h, w): the gradient of what it gave. For a transposed convolution it is the
   *     other way round
   * @param kernel side of the kernel
   * @return (S, L, kernel, kernel), in 32-bit floats
   */
  public static Tensor wgrad(Tensor large, Tensor small, long kernel, long stride, long padding) {
    if (!isFloat(large) || !isFloat(small)) {
      return shortFloats(
          large.to(ScalarType.BFloat16), small.to(ScalarType.BFloat16), kernel, stride, padding);
    }
    if (stride == 1 && small.size(1) < large.size(1)) {
      // The patches of the narrower of the two are fewer numbers; seen from there, the kernel is
      // turned by half a circle.
      return products(small, large, kernel, 1, kernel - 1 - padding)
          .flip(2, 3)
          .transpose(0, 1)
          .contiguous();
    }
    return products(large, small, kernel, stride, padding);
  }

  /** Whether a tensor's numbers have 32 bits. */
  public static boolean isFloat(Tensor x) {
    return x.scalar_type().intern() == ScalarType.Float; // what JavaCPP gives is equal to nothing
  }

  private static Tensor products(
      Tensor large, Tensor small, long kernel, long stride, long padding) {
    Grid grid = Grid.of(large, kernel, stride, padding);
    long n = large.size(0);
    long channels = small.size(1);
    Tensor rows = small.contiguous(MemoryFormat.ChannelsLast).permute(0, 2, 3, 1);
    Tensor sum = torch.zeros(grid.width(), channels);
    long atOnce = Math.max(1, ROWS / (grid.rows * grid.columns)); // images
    for (long from = 0; from < n; from += atOnce) {
      long count = Math.min(atOnce, n - from);
      sum.addmm_(
          grid.patches(from, count).t(), // (k k L, rows)
          rows.narrow(0, from, count).reshape(-1, channels)); // (rows, S)
    }
    return sum.view(kernel, kernel, large.size(1), channels).permute(3, 2, 0, 1).contiguous();
  }

  /** bfloat16 has instructions in oneDNN that a plain product has not. */
  private static Tensor shortFloats(
      Tensor large, Tensor small, long kernel, long stride, long padding) {
    long l = large.size(1);
    long s = small.size(1);
    Tensor wideLarge = Convolutions.widened(large);
    Tensor wideSmall = Convolutions.widened(small);
    Tensor shape =
        torch.empty(
            new long[] {wideSmall.size(1), wideLarge.size(1), kernel, kernel},
            new TensorOptions(ScalarType.BFloat16),
            new MemoryFormatOptional());
    BoolPointer onlyOfWeights = new BoolPointer(3).put(0, false).put(1, true).put(2, false);
    return torch
        .convolution_backward(
            wideSmall,
            wideLarge,
            shape,
            new long[] {0},
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {1, 1},
            false,
            new long[] {0, 0},
            1,
            onlyOfWeights)
        .get1()
        .narrow(0, 0, s)
        .narrow(1, 0, l)
        .to(ScalarType.Float)
        .contiguous();
  }

  /**
   * The positions of patches in a padded image.
   *
   * @param padded (N, H + 2 padding, W + 2 padding, C), one number after the other
   * @param rows patches above one another
   * @param columns patches beside one another
   */
  private record Grid(Tensor padded, long kernel, long stride, long rows, long columns) {
    static Grid of(Tensor x, long kernel, long stride, long padding) {
      Tensor last = x.contiguous(MemoryFormat.ChannelsLast).permute(0, 2, 3, 1);
      Tensor padded =
          padding == 0
              ? last.contiguous()
              : torch.constant_pad_nd(last, 0, 0, padding, padding, padding, padding).contiguous();
      return new Grid(
          padded,
          kernel,
          stride,
          (x.size(2) + 2 * padding - kernel) / stride + 1,
          (x.size(3) + 2 * padding - kernel) / stride + 1);
    }

    /** Numbers in a patch. */
    long width() {
      return kernel * kernel * padded.size(3);
    }

    /** The patches of some images: (count rows columns, k k C). */
    Tensor patches(long from, long count) {
      long channels = padded.size(3);
      long line = padded.size(2) * channels;
      long image = padded.size(1) * line;
      return padded
          .as_strided(
              new long[] {count, rows, columns, kernel, kernel, channels},
              new long[] {image, stride * line, stride * channels, line, channels, 1},
              new LongOptional(from * image))
          .reshape(count * rows * columns, width());
    }
  }
}
