package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against libtorch's own convolutions and gradients, in 64 bits and with oneDNN off. */
class Im2colTest extends TorchTest {
  private static final double ROUNDING = 1e-5;

  /** Channels in and out, side of the image, kernel, stride and padding. */
  @ParameterizedTest
  @CsvSource({
    "3, 5, 8, 4, 2, 1", // the first of the discriminator
    "7, 6, 8, 4, 2, 1",
    "6, 3, 8, 3, 1, 1", // the last of the generator: narrower after than before
    "6, 3, 9, 3, 1, 0",
    "3, 6, 9, 5, 3, 2",
    "2, 2, 70, 3, 1, 1" // more patches in an image than are taken at once
  })
  void convolutionAndItsGradientOfWeightsAreLibtorchs(
      int in, int out, int side, int kernel, int stride, int padding) {
    Tensor x = torch.randn(3, in, side, side);
    Tensor weight = torch.randn(out, in, kernel, kernel);
    Tensor y;
    Tensor gy;
    Tensor expected;
    boolean enabled = torch.globalContext().userEnabledMkldnn();
    torch.globalContext().setUserEnabledMkldnn(false);
    try {
      Tensor leaf = weight.to(ScalarType.Double).requires_grad_(true);
      y = convolution(x.to(ScalarType.Double), leaf, stride, padding);
      gy = torch.randn_like(y);
      expected =
          torch
              .grad(
                  new TensorVector(y),
                  new TensorVector(leaf),
                  new TensorVector(gy),
                  new BoolOptional(false),
                  false,
                  false)
              .get(0);
    } finally {
      torch.globalContext().setUserEnabledMkldnn(enabled);
    }
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      assertThat(error(Im2col.convolve(x, weight, stride, padding), y)).isLessThan(ROUNDING);
      Tensor small = gy.to(ScalarType.Float);
      assertThat(error(Im2col.wgrad(x, small, kernel, stride, padding), expected))
          .isLessThan(ROUNDING);
      Tensor brief = small.to(ScalarType.BFloat16);
      assertThat(error(Im2col.wgrad(x, brief, kernel, stride, padding), expected))
          .isLessThan(SelfCheck.BF16_TOLERANCE);
    }
  }

  private static Tensor convolution(Tensor x, Tensor weight, long stride, long padding) {
    return torch.conv2d(
        x,
        weight,
        new TensorOptional(),
        new long[] {stride, stride},
        new long[] {padding, padding},
        new long[] {1, 1},
        1);
  }

  private static double error(Tensor found, Tensor expected) {
    assertThat(found.shape()).containsExactly(expected.shape());
    return found.to(ScalarType.Double).sub(expected).norm().item_double()
        / expected.norm().item_double();
  }
}
