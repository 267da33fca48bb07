package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyBandsTest extends TorchTest {
  /** Also of a side that eight squares do not divide. */
  @ParameterizedTest
  @ValueSource(ints = {32, 40, 128})
  void whiteNoiseHasItsVarianceInEachBand(int side) {
    torch.manual_seed(0);
    Tensor noise = torch.randn(200, 1, side, side);
    try (FrequencyBands bands = FrequencyBands.of(side)) {
      float[] variances = Tensors.toFloats(bands.covariances(noise).mean(0));
      assertThat(variances).hasSize(FrequencyBands.COUNT);
      for (float variance : variances) {
        assertThat((double) variance).isCloseTo(1, within(0.25));
      }
    }
  }

  /** A flat image and a slow shading are no texture. */
  @Test
  void aShadingIsHardlySeen() {
    Tensor ramp =
        torch
            .linspace(new Scalar(-1), new Scalar(1), 128)
            .view(1, 1, 1, 128)
            .expand(1, 1, 128, 128);
    try (FrequencyBands bands = FrequencyBands.of(128)) {
      double all = ramp.square().mean().item_double();
      assertThat(bands.covariances(ramp).max().item_double()).isLessThan(all / 50);
      assertThat(bands.covariances(torch.ones(1, 1, 128, 128)).max().item_double())
          .isLessThan(1e-8);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true", "true,true"})
  void aTurnedImageHasItsWavesInTheTurnedBands(boolean mirrored, boolean transposed) {
    torch.manual_seed(1);
    Tensor image = torch.randn(1, 1, 32, 32);
    Tensor turned = mirrored ? image.flip(3) : image;
    turned = transposed ? turned.transpose(2, 3) : turned;
    try (FrequencyBands bands = FrequencyBands.of(32)) {
      float[] before = Tensors.toFloats(bands.covariances(image));
      float[] after = Tensors.toFloats(bands.covariances(turned));
      for (int band = 0; band < FrequencyBands.COUNT; band++) {
        int there = FrequencyBands.turned(band, mirrored, transposed);
        assertThat(after[there]).isCloseTo(before[band], within(1e-4f));
      }
      assertThat(after).isNotEqualTo(before);
    }
  }

  /** The coarsest ring has four bands, two in each quadrant. */
  @Test
  void ringsOfFrequenciesCountAlike() {
    float[] shares = FrequencyBands.shares();
    assertThat(IntStream.range(0, shares.length).mapToDouble(i -> shares[i]).sum())
        .isCloseTo(1, within(1e-6));
    float[] sorted = shares.clone();
    Arrays.sort(sorted);
    int most = sorted.length - 1;
    assertThat(sorted[most]).isEqualTo(1 / 32f);
    assertThat(sorted[most - 3]).isEqualTo(1 / 32f);
    assertThat(sorted[most - 4]).isLessThan(1 / 32f);
  }
}
