package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralLossTest extends TorchTest {
  private static final int SIDE = 32;

  /** As a camera's grain: a few levels of 255. */
  private static final double GRAIN = 0.05;

  /** White noise whose variance is m times the real one's costs m - 1 - log m in each channel. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void noiseThatIsTooStrongOrTooWeakCostsWhatTheFormulaSays(double amplitude) {
    Tensor real = noise(0, 64, 3);
    double m = amplitude * amplitude;
    try (SpectralLoss loss = SpectralLoss.of(List.of(real))) {
      assertThat(value(loss, real.mul(new Scalar(amplitude))))
          .isCloseTo(3 * (m - 1 - Math.log(m)), within(0.03));
    }
  }

  /** Else a batch, which never has the exact spectrum, would be told to be weaker or stronger. */
  @Test
  void theRightStrengthCostsLeastAlsoInASmallBatch() {
    double[] sums = new double[3];
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 64, 3)))) {
      for (int batch = 1; batch <= 20; batch++) {
        Tensor fakes = noise(batch, 2, 3);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += value(loss, fakes.mul(new Scalar(0.95 + 0.05 * i)));
        }
      }
    }
    assertThat(sums[1]).isLessThan(sums[0]).isLessThan(sums[2]);
  }

  /** Three channels of one noise are as strong as three of their own, and another grain. */
  @Test
  void channelsThatVaryTogetherAreToldFromThoseThatDoNot() {
    Tensor grey = noise(1, 64, 1);
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 64, 3)))) {
      assertThat(value(loss, noise(2, 64, 3))).isLessThan(0.02);
      assertThat(value(loss, grey.repeat(1, 3, 1, 1))).isGreaterThan(1);
    }
  }

  /** Objects are the adversary's: what varies over 16 pixels and more is not looked at. */
  @Test
  void onlyTextureCounts() {
    Tensor real = noise(0, 16, 1);
    Tensor wave = wave(3); // 1.5 cycles: below the bands
    try (SpectralLoss loss = SpectralLoss.of(List.of(real))) {
      Tensor waved = real.add(wave);
      assertThat(value(loss, waved)).isCloseTo(0, within(1e-3));
      Tensor rows = wave.transpose(2, 3);
      assertThat(value(loss, real.add(rows.mul(wave.abs())))).isGreaterThan(0.1);
    }
  }

  /** As strong as white noise, and a weave: it varies in one direction only. */
  @Test
  void aWeaveIsToldFromGrainOfTheSameStrength() {
    Tensor grain = noise(2, 64, 1);
    Tensor rows = noise(3, 64, 1).mean(new long[] {2}, true, new ScalarTypeOptional());
    Tensor weave = rows.mul(new Scalar(Math.sqrt(SIDE))).expand(64, 1, SIDE, SIDE);
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 64, 1)))) {
      assertThat(value(loss, grain)).isLessThan(0.02);
      assertThat(value(loss, weave)).isGreaterThan(1);
    }
  }

  /** Pictures are turned and mirrored in the training, and their texture stays right. */
  @Test
  void aTurnedTextureIsTheSameTexture() {
    Tensor smooth = noise(1, 64, 1);
    Tensor alongRows = smooth.add(smooth.roll(new long[] {1}, 3)).mul(new Scalar(Math.sqrt(0.5)));
    try (SpectralLoss loss = SpectralLoss.of(List.of(alongRows))) {
      double upright = value(loss, alongRows);
      assertThat(value(loss, alongRows.transpose(2, 3))).isCloseTo(upright, within(1e-4));
      assertThat(value(loss, alongRows.flip(3))).isCloseTo(upright, within(0.02));
    }
  }

  /** The coarsest band is a ring of its own; the one at the end of an axis is 2 of 13 squares. */
  @Test
  void ringsOfFrequenciesCountAlike() {
    Tensor real = noise(0, 64, 1);
    try (SpectralLoss loss = SpectralLoss.of(List.of(real))) {
      double coarse = value(loss, real.add(wave(6)));
      double fine = value(loss, real.add(wave(30)));
      assertThat(coarse / fine).isCloseTo(6.5, within(0.7));
    }
  }

  @Test
  void anImageIsComparedWithItsOwnClass() {
    Tensor fine = noise(0, 16, 1);
    Tensor coarse = noise(1, 16, 1).mul(new Scalar(3));
    Tensor both = torch.cat(new TensorVector(fine, coarse), 0);
    long[] right = new long[32];
    Arrays.fill(right, 16, 32, 1);
    long[] swapped = Arrays.stream(right).map(label -> 1 - label).toArray();
    try (SpectralLoss loss = SpectralLoss.of(List.of(fine, coarse))) {
      assertThat(loss.of(both, Tensor.create(right)).item_double()).isCloseTo(0, within(0.01));
      assertThat(loss.of(both, Tensor.create(swapped)).item_double()).isGreaterThan(1);
    }
  }

  @Test
  void itsGradientIsThatOfFiniteDifferences() {
    Tensor images = noise(3, 2, 3).requires_grad_(true);
    Tensor labels = Tensor.create(0L, 0L);
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 16, 3)))) {
      Tensor gradient =
          torch
              .grad(
                  new TensorVector(loss.of(images, labels)),
                  new TensorVector(images),
                  new TensorVector(),
                  new BoolOptional(false),
                  false,
                  false)
              .get(0);
      Tensor direction = noise(4, 2, 3);
      double step = 0.01;
      Tensor ahead = images.detach().add(direction, new Scalar(step));
      Tensor behind = images.detach().sub(direction, new Scalar(step));
      double expected = (value(loss, ahead) - value(loss, behind)) / (2 * step);
      assertThat(gradient.mul(direction).sum().item_double())
          .isCloseTo(expected, within(0.01 * Math.abs(expected) + 1e-3));
    }
  }

  /** Drawn pictures may have no texture at all. */
  @Test
  void picturesWithoutTextureAreNoTrouble() {
    Tensor flat = torch.zeros(4, 3, SIDE, SIDE);
    try (SpectralLoss loss = SpectralLoss.of(List.of(flat))) {
      assertThat(value(loss, flat)).isCloseTo(0, within(1e-5));
      assertThat(value(loss, noise(0, 4, 3))).isFinite().isGreaterThan(1);
    }
  }

  /** As in idx files that have no picture of some digit. */
  @Test
  void aClassWithoutImagesIsNoTrouble() {
    Tensor real = noise(0, 16, 1);
    try (SpectralLoss loss = SpectralLoss.of(List.of(real.narrow(0, 0, 0), real))) {
      Tensor second = Tensor.create(new long[16]).add(new Scalar(1));
      assertThat(loss.of(real, second).item_double()).isCloseTo(0, within(1e-4));
    }
  }

  /** So many half cycles along the rows. */
  private static Tensor wave(int halfCycles) {
    float[] wave = new float[SIDE];
    for (int x = 0; x < SIDE; x++) {
      wave[x] = (float) Math.cos(Math.PI * (x + 0.5) * halfCycles / SIDE);
    }
    return Tensor.create(wave).view(1, 1, 1, SIDE);
  }

  private static double value(SpectralLoss loss, Tensor images) {
    return loss.of(images, Tensor.create(new long[(int) images.size(0)])).item_double();
  }

  private static Tensor noise(int seed, int n, int channels) {
    RandomStream random = RandomStream.of(seed, Purpose.DRAWING, 0);
    float[] values = new float[n * channels * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (GRAIN * random.nextGaussian());
    }
    return Tensor.create(values, n, channels, SIDE, SIDE);
  }
}
