package org.inoculum.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest extends TorchTest {
  private static final Augmentation AUGMENTATION = new Augmentation(Strength.DEFAULT);
  private static final Strength NOTHING = new Strength(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  private static final Strength ALL =
      new Strength(0.125, 1, 0.15, 180, 0.15, 0.25, 0.35, 8, 0.2, 0.3);
  private static final int SIDE = 12;

  @Test
  void atProbabilityZeroNothingChanges() {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = images(4, 3);
      assertThat(difference(AUGMENTATION.apply(images, 0, random(1)), images)).isZero();
    }
  }

  /** The resampling and the colour arithmetic themselves do no harm. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void changesOfNoStrengthChangeNothing(int channels) {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = images(4, channels);
      Tensor changed = new Augmentation(NOTHING).apply(images, 1, random(1));
      assertThat(difference(changed, images)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theSameDrawMakesTheSameChange(int channels) {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = images(4, channels);
      Tensor once = AUGMENTATION.apply(images, 0.5, random(1));
      assertThat(difference(AUGMENTATION.apply(images, 0.5, random(1)), once)).isZero();
      assertThat(difference(AUGMENTATION.apply(images, 0.5, random(2)), once)).isPositive();
    }
  }

  /** Seven kinds of change: at p = 0.05 about 0.95^8 = 66 % of the images stay as they are. */
  @Test
  void mostImagesAreLeftAloneAtALowProbability() {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = images(400, 3);
      float[] change =
          Tensors.toFloats(
              AUGMENTATION
                  .apply(images, 0.05, random(3))
                  .sub(images)
                  .abs()
                  .flatten(1, -1)
                  .amax(new long[] {1}, false));
      int same = 0;
      for (float largest : change) {
        same += largest < 1e-5 ? 1 : 0;
      }
      assertThat(same / 400.0).isCloseTo(0.66, within(0.08));
    }
  }

  /** A shift by whole pixels keeps the grain; it was lost when all shifts were resampled. */
  @Test
  void aShiftOnlyMovesPixels() {
    try (PointerScope scope = new PointerScope()) {
      Tensor image = images(1, 1);
      Strength shift = new Strength(0.3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      Tensor moved = new Augmentation(shift).apply(image, 1, random(6));
      assertThat(difference(moved, image)).isPositive();
      Tensor nearest =
          moved.reshape(-1, 1).sub(image.reshape(1, -1)).abs().amin(new long[] {1}, false);
      assertThat(nearest.max().item_double()).isLessThan(1e-5);
    }
  }

  @Test
  void brightnessAloneAddsOneNumberToAllPixels() {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = images(1, 3);
      Strength bright = new Strength(0, 0, 0, 0, 0.3, 0, 0, 0, 0, 0);
      Tensor added = new Augmentation(bright).apply(images, 1, random(4)).sub(images);
      assertThat(Math.abs(added.mean().item_double())).isGreaterThan(0.01);
      assertThat(added.sub(added.mean()).abs().max().item_double()).isLessThan(1e-5);
    }
  }

  /** Hue and saturation move colours around the grey axis, so grey stays grey. */
  @Test
  void greyHasNoHue() {
    try (PointerScope scope = new PointerScope()) {
      Tensor grey = images(4, 1).repeat(1, 3, 1, 1);
      Strength colour = new Strength(0, 0, 0, 0, 0, 0, 0.5, 40, 0, 0);
      assertThat(difference(new Augmentation(colour).apply(grey, 1, random(5)), grey))
          .isLessThan(1e-5);
    }
  }

  /** At every kind of change at once, against central differences. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theGradientIsThatOfFiniteDifferences(int channels) {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = images(2, channels);
      images.requires_grad_(true);
      Tensor weights = images(2, channels).neg().add(new Scalar(0.3));
      Tensor value = value(images, weights);
      Tensor gradient =
          torch
              .grad(
                  new TensorVector(value),
                  new TensorVector(images),
                  new TensorVector(),
                  new BoolOptional(false),
                  false,
                  false)
              .get(0);
      float[] analytic = Tensors.toFloats(gradient);
      float[] pixels = Tensors.toFloats(images);
      float step = 0.01f;
      for (int i = 5; i < pixels.length; i += pixels.length / 11) {
        double finite =
            (valueWith(pixels, i, step, images.shape(), weights)
                    - valueWith(pixels, i, -step, images.shape(), weights))
                / (2 * step);
        assertThat((double) analytic[i]).as("pixel " + i).isCloseTo(finite, within(0.01));
      }
    }
  }

  private static Tensor value(Tensor images, Tensor weights) {
    return new Augmentation(ALL).apply(images, 0.8, random(6)).mul(weights).sum();
  }

  private static double valueWith(
      float[] pixels, int index, float step, long[] shape, Tensor weights) {
    float[] moved = pixels.clone();
    moved[index] += step;
    return value(Tensor.create(moved, shape), weights).item_double();
  }

  /** Smooth images between -0.7 and 0.7, each another. */
  private static Tensor images(int n, int channels) {
    float[] values = new float[n * channels * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int pixel = i % (SIDE * SIDE);
      int decoded = i / (SIDE * SIDE);
      int row = pixel / SIDE;
      values[i] =
          (float)
              (0.7 * Math.sin(0.5 * (pixel % SIDE) + decoded) * Math.cos(0.3 * row + 2 * decoded));
    }
    return Tensor.create(values, n, channels, SIDE, SIDE);
  }

  private static RandomStream random(long seed) {
    return RandomStream.of(seed, Purpose.AUGMENTATION, 0);
  }

  private static double difference(Tensor one, Tensor other) {
    return one.sub(other).abs().max().item_double();
  }
}
