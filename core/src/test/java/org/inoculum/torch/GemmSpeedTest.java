package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.junit.jupiter.api.Test;

class GemmSpeedTest extends TorchTest {
  /** Trainings rely on OpenBLAS keeping to one thread (LibTorch). */
  @Test
  void isMeasuredAndLeavesOneThreadToTheNext() {
    double gflops = GemmSpeed.gflops(128, 2, Precision.F32, 0.05);
    assertThat(gflops).isBetween(0.01, 1e5);
    assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
  }
}
