package org.inoculum.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The product of two square matrices (GEMM): what a machine can do at best, which the speed of a
 * training is compared with.
 */
public final class GemmSpeed {
  /** Side of the matrices, in numbers: 16 MiB each in 32 bits, more than most caches hold. */
  public static final int SIDE = 2048;

  private GemmSpeed() {}

  /**
   * Billions of additions and multiplications a second on these many threads.
   *
   * @param side of the matrices, in numbers
   * @param forSeconds how long it is measured, about
   */
  public static double gflops(int side, int threads, Precision precision, double forSeconds) {
    LibTorch.load(threads);
    // OpenBLAS, which a training holds to one thread (LibTorch), multiplies in 32 bits.
    openblas_nolapack.blas_set_num_threads(threads);
    ScalarType type = precision == Precision.BF16 ? ScalarType.BFloat16 : ScalarType.Float;
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      Tensor a = torch.ones(side, side).to(type);
      Tensor b = torch.ones(side, side).to(type);
      Tensor product = torch.mm(a, b);
      Timing timing = Timing.of(() -> torch.mm_out(product, a, b), forSeconds);
      return 2.0 * side * side * side / timing.seconds() / 1e9;
    } finally {
      openblas_nolapack.blas_set_num_threads(1);
    }
  }
}
