package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.junit.jupiter.api.Test;

/** What holds of libtorch once it is loaded. */
class LibTorchTest extends TorchTest {
  @Test
  void resultsDoNotDependOnTheNumberOfProcessorsThroughOpenBlas() {
    LibTorch.load(2);
    assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
  }
}
