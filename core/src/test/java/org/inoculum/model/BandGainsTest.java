package org.inoculum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandGainsTest extends TorchTest {
  private static final double MOST = 16;

  /** Tints that differ widely from image to image, with a little grain: (64, 3, 8, 8). */
  private static Tensor stained() {
    Tensor tint = normal(0, 64, 3, 1, 1).mul(new Scalar(0.3));
    return tint.add(normal(1, 64, 3, 8, 8).mul(new Scalar(0.03)));
  }

  private static Tensor normal(long seed, long... shape) {
    return torch.zeros(shape).normal_(0, 1, new GeneratorOptional(torch.make_generator_cpu(seed)));
  }

  @Test
  void whatVariesLittleIsAmplifiedToTheStrongest() {
    try (PointerScope scope = new PointerScope();
        BandGains bandGains = BandGains.of(stained(), MOST)) {
      Tensor seen = bandGains.see(stained()); // (64, 12, 4, 4)
      double[] deviations = new double[12];
      for (int i = 0; i < 12; i++) {
        deviations[i] = seen.select(1, i).std(false).item_double();
      }
      double strongest = Arrays.stream(deviations).max().orElseThrow();
      // Before: 0.6 for a tint, which a block has four times, and 0.03 for grain.
      assertThat(strongest).isBetween(0.4, 0.8);
      for (double deviation : deviations) {
        assertThat(deviation).isBetween(0.65 * strongest, strongest * 1.0001);
      }
      assertThat(Tensors.toFloats(bandGains.gains())).contains(1, (float) MOST);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aGainOfOneOnlyTurns(int channels) {
    try (PointerScope scope = new PointerScope();
        BandGains bandGains = BandGains.of(normal(2, 4, channels, 8, 8), 1)) {
      Tensor image = normal(3, 1, channels, 8, 8);
      Tensor seen = bandGains.see(image);
      assertThat(seen.shape()).containsExactly(1, 4L * channels, 4, 4);
      assertThat(seen.norm().item_double()).isCloseTo(image.norm().item_double(), within(1e-4));
      assertThat(seen.sub(seen.mean()).abs().max().item_double()).isGreaterThan(0.1);
    }
  }

  /** The chain rule, from the image back to what was seen of it. */
  @Test
  void theGradientIsThatOfWhatIsSeen() {
    try (PointerScope scope = new PointerScope();
        BandGains bandGains = BandGains.of(stained(), MOST)) {
      Tensor image = normal(4, 2, 3, 8, 8).requires_grad_(true);
      Tensor slope = normal(5, 2, 12, 4, 4);
      Tensor value = bandGains.see(image).mul(slope).sum();
      Tensor onImage =
          torch
              .grad(
                  new TensorVector(value),
                  new TensorVector(image),
                  new TensorVector(),
                  new BoolOptional(false),
                  false,
                  false)
              .get(0);
      try (AutoGradMode noGradients = new AutoGradMode(false)) {
        Tensor difference = bandGains.gradient(onImage).permute(0, 3, 1, 2).sub(slope);
        assertThat(difference.abs().max().item_double()).isLessThan(1e-4);
      }
    }
  }

  /** Grain is the difference of large numbers: 16 bits would lose it before it is amplified. */
  @Test
  void grainIsSeenInFullPrecisionUnderAutocast() {
    try (PointerScope scope = new PointerScope();
        BandGains bandGains = BandGains.of(stained(), MOST)) {
      Tensor expected = bandGains.see(stained());
      Tensor seen;
      Tensor product;
      try (Autocast autocast = Autocast.to(Precision.BF16)) {
        seen = bandGains.see(stained());
        product = torch.linear(normal(6, 2, 32), normal(7, 32, 32), new TensorOptional());
      }
      assertThat(seen.sub(expected).abs().max().item_double()).isZero();
      assertThat(product.scalar_type().intern()).isEqualTo(torch.ScalarType.BFloat16);
    }
  }

  @Test
  void picturesAllAlikeHaveNothingToAmplify() {
    try (PointerScope scope = new PointerScope();
        BandGains bandGains = BandGains.of(torch.zeros(2, 3, 8, 8), MOST)) {
      assertThat(Tensors.toFloats(bandGains.gains())).containsOnly(1);
    }
  }
}
