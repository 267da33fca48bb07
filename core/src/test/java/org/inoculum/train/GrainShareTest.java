package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;

class GrainShareTest extends TorchTest {
  private static final int SIDE = 128;

  @Test
  void grainThatLiesEverywhereIsNearlyAllOfTheDetail() {
    Tensor grainy = discs().add(noise(12));
    GrainShare share = GrainShare.of(List.of(grainy));
    assertThat(share.value()).isGreaterThan(GrainShare.WHOLE);
    assertThat(share.weight()).isEqualTo(1);
    assertThat(share.describe()).endsWith("spectral loss on");
  }

  @Test
  void outlinesOnPlainGroundAreNoGrain() {
    GrainShare share = GrainShare.of(List.of(discs()));
    assertThat(share.value()).isLessThan(GrainShare.NONE);
    assertThat(share.weight()).isZero();
    assertThat(share.describe()).contains("off and augmentation rare (the images are smooth)");
  }

  @Test
  void faintGrainUnderStrongOutlinesIsNone() {
    assertThat(GrainShare.of(List.of(discs().add(noise(1)))).weight()).isZero();
  }

  @Test
  void plainImagesNoneAndEmptyClassesHaveNoGrain() {
    Tensor plain = torch.zeros(2, 3, SIDE, SIDE);
    assertThat(GrainShare.of(List.of(plain, plain.narrow(0, 0, 0))).value()).isZero();
    assertThat(GrainShare.of(List.of()).value()).isZero();
    assertThat(GrainShare.of(List.of(torch.zeros(1, 1, 16, 16))).value()).isZero();
  }

  @Test
  void theWeightGrowsBetweenBothBounds() {
    assertThat(new GrainShare(0.65).weight()).isBetween(0.49, 0.51);
    assertThat(new GrainShare(0.65).describe()).endsWith("at 50 %");
  }

  /** Cells: discs of another brightness with a soft outline, (4, 3, side, side). */
  private static Tensor discs() {
    float[] values = new float[4 * 3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE % SIDE;
      int image = i / (3 * SIDE * SIDE);
      double outside = Math.hypot(x - 60, y - 66) - 25 - 3 * image;
      values[i] = (float) (0.5 * Math.tanh(outside / 1.5));
    }
    return Tensor.create(values, 4, 3, SIDE, SIDE);
  }

  /** White noise of so many grey levels of 255. */
  private static Tensor noise(double levels) {
    RandomStream random = RandomStream.of(0, Purpose.CHECKING, 5);
    float[] values = new float[4 * 3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.create(values, 4, 3, SIDE, SIDE).mul(new Scalar(levels / 127.5));
  }
}
