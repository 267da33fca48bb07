package org.inoculum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;

class LatentsTest extends TorchTest {
  private static final int COUNT = 100;
  private static final int LATENT = 128;

  private static float[] drawn(double truncation) {
    try (PointerScope scope = new PointerScope()) {
      return Tensors.toFloats(Latents.of(3, 5, COUNT, LATENT, truncation));
    }
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  /** Of a normal truncated at 1 the variance is 1 - 2 phi(1) / (2 Phi(1) - 1) = 0.2911. */
  @Test
  void truncatedNumbersAreOfTheTruncatedNormal() {
    float[] values = drawn(1);
    for (float value : values) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo(1);
    }
    assertThat(deviation(values)).isCloseTo(Math.sqrt(0.2911), within(0.01));
    assertThat(deviation(drawn(Latents.NO_TRUNCATION))).isCloseTo(1, within(0.02));
  }

  @Test
  void aLatentIsTheSameWhateverIsDrawnWithIt() {
    try (PointerScope scope = new PointerScope()) {
      float[] alone = Tensors.toFloats(Latents.of(3, 7, 1, LATENT, 1));
      float[] among = drawn(1);
      for (int i = 0; i < LATENT; i++) {
        assertThat(among[2 * LATENT + i]).isEqualTo(alone[i]);
      }
    }
  }
}
