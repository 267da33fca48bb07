package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GanLossTest extends TorchTest {
  /** Logits 2 and 0 of real images, -1 and 0.5 of fakes; by the formulas, with a calculator. */
  @ParameterizedTest
  @CsvSource({
    "RELATIVISTIC, 0.51133, 1.76133",
    "NON_SATURATING, 1.05371, 0.89367",
    "HINGE, 1.25, 0.25"
  })
  void lossesAreThoseOfThePapers(GanLoss loss, double d, double g) {
    try (PointerScope scope = new PointerScope()) {
      Tensor real = Tensor.create(new float[] {2, 0}, 2);
      Tensor fake = Tensor.create(new float[] {-1, 0.5f}, 2);
      assertThat(loss.ofDiscriminator(real, fake).item_double()).isCloseTo(d, within(1e-4));
      assertThat(loss.ofGenerator(real, fake).item_double()).isCloseTo(g, within(1e-4));
    }
  }
}
