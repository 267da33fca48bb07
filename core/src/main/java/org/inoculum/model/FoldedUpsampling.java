package org.inoculum.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Convolutions;

/**
 * Nearest-neighbour upsampling followed by a 3 x 3 convolution, computed as one transposed
 * convolution of stride 2 with a 4 x 4 kernel: of the nine products that the naive way makes for
 * each pixel of the doubled map only four differ. The kernel is the 3 x 3 one folded by F on both
 * sides, so that all four phases of the output share their weights and no checkerboard can be
 * learnt from uneven overlap (Odena, Dumoulin &amp; Olah 2016, "Deconvolution and checkerboard
 * artifacts").
 */
public final class FoldedUpsampling {
  /** Padding of the transposed convolution where only the zeros around the input are undone. */
  private static final int WHOLE = 1;

  /** Padding where the outermost pixels of the doubled map are cut off too. */
  public static final int CROPPED = 2;

  private FoldedUpsampling() {}

  /**
   * Doubles.
   *
   * @param x (N, in, H, W)
   * @param kernel of the 3 x 3 convolution (cross-correlation), as (in, out, 3, 3)
   * @param bias (out)
   * @return (N, out, 2 H, 2 W)
   */
  static Tensor apply(Tensor x, Tensor kernel, Tensor bias) {
    Tensor doubled = Convolutions.convTranspose2d(x, fold(kernel), 2, WHOLE);
    return doubled.add(bias.to(doubled.scalar_type()).view(1, -1, 1, 1));
  }

  /**
   * As {@link #apply}, without a bias and without the outermost pixels, which are those that the
   * zeros around the input take part in.
   *
   * @return (N, out, 2 H - 2, 2 W - 2)
   */
  static Tensor cropped(Tensor x, Tensor kernel) {
    return Convolutions.convTranspose2d(x, fold(kernel), 2, CROPPED);
  }

  /**
   * F · kernel · Fᵀ. An output pixel of even row sees the input row above through the kernel's
   * first row and its own input row through the other two together; one of odd row, the other way
   * round.
   *
   * @param kernel (in, out, 3, 3)
   * @return (in, out, 4, 4)
   */
  public static Tensor fold(Tensor kernel) {
    Tensor f = Tensor.create(new float[] {0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 0}, 4, 3);
    long in = kernel.size(0);
    long out = kernel.size(1);
    // One GEMM: as many small ones took longer than some convolutions.
    Tensor both = torch.kron(f, f).t(); // (9, 16)
    return torch.matmul(kernel.reshape(in * out, 9), both).view(in, out, 4, 4);
  }
}
