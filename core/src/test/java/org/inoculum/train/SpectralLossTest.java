package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
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
  private static final int SIDE = 128;

  /** As a camera's grain: a few levels of 255. */
  private static final double GRAIN = 0.05;

  /** White noise whose variance is m times the real one's costs m - 1 - log m in each channel. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void noiseThatIsTooStrongOrTooWeakCostsWhatTheFormulaSays(double amplitude) {
    Tensor real = noise(0, 64, 3);
    double m = amplitude * amplitude;
    try (SpectralLoss loss = SpectralLoss.of(List.of(real), false)) {
      assertThat(value(loss, real.mul(new Scalar(amplitude))))
          .isCloseTo(3 * (m - 1 - Math.log(m)), within(0.03));
    }
  }

  /** Else a batch, which never has the exact spectrum, would be told to be weaker or stronger. */
  @Test
  void theRightStrengthCostsLeastAlsoInASmallBatch() {
    double[] sums = new double[3];
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 64, 3)), false)) {
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
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 64, 3)), false)) {
      assertThat(value(loss, noise(2, 64, 3))).isLessThan(0.03);
      assertThat(value(loss, grey.repeat(1, 3, 1, 1))).isGreaterThan(1);
    }
  }

  /** Objects are the adversary's: what varies over 16 pixels and more is hardly looked at. */
  @Test
  void onlyTextureCounts() {
    Tensor real = noise(0, 16, 1);
    try (SpectralLoss loss = SpectralLoss.of(List.of(real), false)) {
      double slow = value(loss, real.add(wave(3).mul(new Scalar(GRAIN)))); // 1.5 cycles
      double quick = value(loss, real.add(wave(44).mul(new Scalar(GRAIN))));
      assertThat(value(loss, real.add(new Scalar(0.5)))).isCloseTo(0, within(1e-4));
      assertThat(quick).isGreaterThan(0.05);
      assertThat(slow).isLessThan(quick / 10);
    }
  }

  /** As strong as white noise, and a weave: it varies in one direction only. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 2})
  void aWeaveIsToldFromGrainOfTheSameStrength(int slope) {
    Tensor grain = noise(2, 64, 1);
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 64, 1)), true)) {
      assertThat(value(loss, grain)).isLessThan(0.02);
      assertThat(value(loss, weave(slope))).isGreaterThan(1);
    }
  }

  /** Two weaves that cross have a mean that no direction sticks out of; one of them has not. */
  @Test
  void oneDiagonalIsToldFromTheOther() {
    Tensor both = torch.cat(new TensorVector(weave(1), weave(-1)), 0);
    Tensor grain = noise(4, 128, 1).mul(new Scalar(0.2));
    try (SpectralLoss loss = SpectralLoss.of(List.of(both.add(grain)), false)) {
      Tensor one = weave(1).add(grain.narrow(0, 0, 64));
      assertThat(value(loss, both.add(grain))).isCloseTo(0, within(1e-4));
      assertThat(value(loss, one)).isGreaterThan(0.1);
    }
  }

  /** Images are turned and mirrored in the training, and their texture stays right. */
  @Test
  void aTurnedTextureIsTheSameTexture() {
    Tensor smooth = noise(1, 64, 1);
    Tensor alongRows = smooth.add(smooth.roll(new long[] {1}, 3)).mul(new Scalar(Math.sqrt(0.5)));
    try (SpectralLoss loss = SpectralLoss.of(List.of(alongRows), true)) {
      double upright = value(loss, alongRows);
      assertThat(value(loss, alongRows.transpose(2, 3))).isCloseTo(upright, within(1e-4));
      assertThat(value(loss, alongRows.flip(3))).isCloseTo(upright, within(1e-4));
      assertThat(upright).isGreaterThan(0.1); // real images lie in all eight orientations
    }
  }

  /**
   * A symmetric generator may make all objects in one direction and is turned afterwards; of the
   * grain that would be a weave. Objects and grain alike here, but for their scale.
   */
  @Test
  void theDirectionOfObjectsDoesNotCountAndThatOfGrainDoes() {
    Tensor grain = noise(0, 64, 1);
    for (int halfCycles : new int[] {24, 100}) {
      boolean object = halfCycles == 24;
      Tensor along = wave(halfCycles).mul(new Scalar(2 * GRAIN));
      Tensor across = along.transpose(2, 3);
      Tensor lying = grain.add(along);
      Tensor real =
          torch.cat(
              new TensorVector(lying.narrow(0, 0, 32), grain.narrow(0, 32, 32).add(across)), 0);
      try (SpectralLoss d4Symmetry = SpectralLoss.of(List.of(real), true);
          SpectralLoss upright = SpectralLoss.of(List.of(real), false)) {
        assertThat(value(d4Symmetry, lying) < 0.01).isEqualTo(object);
        assertThat(value(upright, lying)).isGreaterThan(0.02);
      }
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
    try (SpectralLoss loss = SpectralLoss.of(List.of(fine, coarse), false)) {
      assertThat(loss.of(both, Tensor.create(right)).item_double()).isCloseTo(0, within(0.01));
      assertThat(loss.of(both, Tensor.create(swapped)).item_double()).isGreaterThan(1);
    }
  }

  @Test
  void itsGradientIsThatOfFiniteDifferences() {
    Tensor images = noise(3, 2, 3).requires_grad_(true);
    Tensor labels = Tensor.create(0L, 0L);
    try (SpectralLoss loss = SpectralLoss.of(List.of(noise(0, 16, 3)), false)) {
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

  /** Drawn images may have no texture at all. */
  @Test
  void picturesWithoutTextureAreNoTrouble() {
    Tensor flat = torch.zeros(4, 3, SIDE, SIDE);
    try (SpectralLoss loss = SpectralLoss.of(List.of(flat), false)) {
      assertThat(value(loss, flat)).isCloseTo(0, within(1e-5));
      assertThat(value(loss, noise(0, 4, 3))).isFinite().isGreaterThan(1);
    }
  }

  /** As in idx files that have no image of some digit. */
  @Test
  void aClassWithoutImagesIsNoTrouble() {
    Tensor real = noise(0, 16, 1);
    try (SpectralLoss loss = SpectralLoss.of(List.of(real.narrow(0, 0, 0), real), false)) {
      Tensor second = Tensor.create(new long[16]).add(new Scalar(1));
      assertThat(loss.of(real, second).item_double()).isCloseTo(0, within(1e-4));
    }
  }

  /** A noise for each line, the lines shifted by so many pixels from row to row. */
  private static Tensor weave(int slope) {
    Tensor line = noise(3, 64, 1).narrow(2, 0, 1); // (64, 1, 1, SIDE)
    Tensor[] rows = new Tensor[SIDE];
    for (int y = 0; y < SIDE; y++) {
      rows[y] = line.roll(new long[] {(long) slope * y}, 3);
    }
    return torch.cat(new TensorVector(rows), 2);
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
