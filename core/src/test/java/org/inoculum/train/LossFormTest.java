package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossFormTest extends TorchTest {
  @ParameterizedTest
  @EnumSource(LossForm.class)
  void bothFormsAreTheCrossEntropyWhereNothingIsClipped(LossForm form) {
    float[] logits = {-3, 0, 2.5f};
    double real = 0;
    double fake = 0;
    for (float logit : logits) {
      double p = 1 / (1 + Math.exp(-logit));
      real -= Math.log(p) / 3;
      fake -= Math.log(1 - p) / 3;
    }
    assertThat(form.of(Tensor.create(logits), true).item_double()).isCloseTo(real, within(1e-6));
    assertThat(form.of(Tensor.create(logits), false).item_double()).isCloseTo(fake, within(1e-6));
  }

  @Test
  void onlyTheClippedFormStopsTeachingACertainJudge() {
    assertThat(slope(LossForm.LOGITS, -30)).isCloseTo(-1, within(1e-6));
    assertThat(slope(LossForm.CLIPPED, -30)).isZero();
    assertThat(slope(LossForm.CLIPPED, -5)).isCloseTo(slope(LossForm.LOGITS, -5), within(1e-4));
  }

  private static double slope(LossForm form, float logit) {
    Tensor x = Tensor.create(logit);
    x.set_requires_grad(true);
    return Tensors.toFloats(
        torch
            .grad(
                new TensorVector(form.of(x, true)),
                new TensorVector(x),
                new TensorVector(),
                new BoolOptional(false),
                false,
                false)
            .get(0))[0];
  }
}
