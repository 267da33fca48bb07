package org.inoculum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.inoculum.torch.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModernTest extends TorchTest {
  private static final ModernShape SMALL = new ModernShape(32, 3, 3, 16, 32);

  @Test
  void foldedUpsamplingIsNearestNeighbourThenConvolution() {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = random(0, 2, 32, 5, 6);
      Tensor kernel = random(1, 32, 64, 3, 3);
      Tensor bias = random(2, 64);
      Tensor doubled =
          x.repeat_interleave(2, new LongOptional(2), new LongOptional())
              .repeat_interleave(2, new LongOptional(3), new LongOptional());
      Tensor expected = Convolutions.conv2d(doubled, kernel.transpose(0, 1), bias, 1, 1);
      Tensor actual = FoldedUpsampling.apply(x, kernel, bias);
      assertThat(actual.shape()).containsExactly(2, 64, 10, 12);
      assertThat(largestDifference(actual, expected)).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 48, 64, 128, 224, 256})
  void bothNetworksFitTheSize(int size) {
    ModernShape shape = new ModernShape(size, 1, 1, 8, 32);
    try (PointerScope scope = new PointerScope();
        ModernGenerator generator = ModernGenerator.initialise(shape, 0);
        ModernDiscriminator discriminator =
            ModernDiscriminator.initialise(shape, 1, plainSight(shape))) {
      Tensor images = generator.forward(GeneratorInput.of(generator, 0, 0, 0, 0));
      assertThat(images.shape()).containsExactly(2, 1, size, size);
      ModernDiscriminator.Output output =
          discriminator.forward(images, Tensor.create(new long[] {0, 0}));
      assertThat(output.logits().shape()).containsExactly(2);
      long rebuilt = 8L * shape.start();
      assertThat(discriminator.decode(output.features()).shape())
          .containsExactly(2, 1, rebuilt, rebuilt);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 28, 100, 512})
  void otherSizesAreRefused(int size) {
    assertThatThrownBy(() -> new ModernShape(size, 3, 1, 128, 32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot make images of " + size);
  }

  /** One of the numbers of images is not what the CPU's vectors like. */
  @Test
  void anImageDependsOnItsOwnLatentNoiseAndClassAlone() {
    try (PointerScope scope = new PointerScope();
        ModernGenerator generator = ModernGenerator.initialise(SMALL, 0)) {
      liven(generator);
      Tensor together = generator.forward(GeneratorInput.of(generator, 5, 0, 0, 1, 2));
      Tensor alone = generator.forward(GeneratorInput.of(generator, 5, 2, 2));
      assertThat(largestDifference(together.narrow(0, 2, 1), alone)).isLessThan(1e-4);
      Tensor otherClass = generator.forward(GeneratorInput.of(generator, 5, 2, 0));
      assertThat(largestDifference(otherClass, alone)).isGreaterThan(1e-2);
      Tensor otherSeed = generator.forward(GeneratorInput.of(generator, 6, 2, 2));
      assertThat(largestDifference(otherSeed, alone)).isGreaterThan(1e-2);
    }
  }

  @Test
  void noiseChangesTexture() {
    try (PointerScope scope = new PointerScope();
        ModernGenerator generator = ModernGenerator.initialise(SMALL, 0)) {
      liven(generator);
      GeneratorInput one = GeneratorInput.of(generator, 5, 0, 0);
      GeneratorInput other =
          new GeneratorInput(one.z(), one.labels(), GeneratorInput.of(generator, 6, 0, 0).noise());
      assertThat(largestDifference(generator.forward(one), generator.forward(other)))
          .isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aSymmetricGeneratorMakesEachImageInTheEightOrientations(int level) {
    ModernShape shape = new ModernShape(64, 3, 1, 16, 32, true);
    try (PointerScope scope = new PointerScope();
        ModernGenerator generator = ModernGenerator.initialise(shape, 0);
        AutoGradMode noGradients = new AutoGradMode(false)) {
      liven(generator);
      GeneratorInput one = GeneratorInput.of(generator, 5, 0, 0);
      Tensor upright = generator.forward(inPosition(one, 0), level);
      List<Tensor> floatImages = new ArrayList<>();
      for (int position = 0; position < 8; position++) {
        Tensor expected = (position & 1) == 0 ? upright : upright.flip(3);
        expected = (position & 2) == 0 ? expected : expected.flip(2);
        expected = (position & 4) == 0 ? expected : expected.transpose(2, 3);
        GeneratorInput input = inPosition(one, position);
        Tensor decoded = generator.forward(input, level);
        assertThat(largestDifference(decoded, expected)).as("position " + position).isZero();
        assertThat(largestDifference(generator.asMade(decoded, input), upright)).isZero();
        for (Tensor other : floatImages) {
          assertThat(largestDifference(decoded, other)).isGreaterThan(1e-2);
        }
        floatImages.add(decoded);
      }
    }
  }

  /** The position is where the drawn numbers say, so each of the eight is drawn. */
  @Test
  void positionsAreDrawnWithTheNoise() {
    ModernShape shape = new ModernShape(32, 1, 1, 8, 32, true);
    try (PointerScope scope = new PointerScope();
        ModernGenerator generator = ModernGenerator.initialise(shape, 0)) {
      Tensor noise = GeneratorInput.of(generator, 5, 0, new long[64]).noise();
      assertThat(noise.size(1)).isEqualTo(shape.noise());
      float[] last = Tensors.toFloats(noise.narrow(1, shape.noise() - ModernShape.ORIENTATION, 3));
      Set<Integer> positions = new TreeSet<>();
      for (int i = 0; i < 64; i++) {
        positions.add(
            (last[3 * i] > 0 ? 1 : 0)
                + (last[3 * i + 1] > 0 ? 2 : 0)
                + (last[3 * i + 2] > 0 ? 4 : 0));
      }
      assertThat(positions).hasSize(8);
    }
  }

  private static GeneratorInput inPosition(GeneratorInput input, int position) {
    Tensor noise = input.noise().clone();
    for (int i = 0; i < 3; i++) {
      noise
          .narrow(1, noise.size(1) - ModernShape.ORIENTATION + i, 1)
          .fill_(new Scalar((position >> i & 1) == 0 ? -0.5 : 0.5));
    }
    return new GeneratorInput(input.z(), input.labels(), noise);
  }

  @Test
  void theProjectionHeadSeesTheClass() {
    try (PointerScope scope = new PointerScope();
        ModernDiscriminator discriminator =
            ModernDiscriminator.initialise(SMALL, 0, plainSight(SMALL))) {
      Weights weights = discriminator.weights();
      try (AutoGradMode noGradients = new AutoGradMode(false)) {
        weights.get("classes.bias").copy_(Tensor.create(new float[] {0, 1, 3}, 3));
      }
      Tensor images = random(3, 1, 3, 32, 32).repeat(3, 1, 1, 1);
      Tensor logits = discriminator.forward(images, Tensor.create(new long[] {0, 1, 2})).logits();
      double first = logits.select(0, 0).item_double();
      assertThat(logits.select(0, 1).item_double() - first).isCloseTo(1, within(1e-3));
      assertThat(logits.select(0, 2).item_double() - first).isCloseTo(3, within(1e-3));
    }
  }

  /** Until its finest resolutions are trained, a pair evaluates and makes smaller images. */
  @Test
  void theFinerResolutionsBeginByAddingNothing() {
    ModernShape shape = new ModernShape(128, 3, 1, 16, 32);
    assertThat(shape.maxLevel()).isEqualTo(2);
    try (ModernGenerator generator = ModernGenerator.initialise(shape, 0);
        ModernDiscriminator discriminator =
            ModernDiscriminator.initialise(shape, 1, plainSight(shape))) {
      GeneratorInput input = GeneratorInput.of(generator, 0, 0, 0, 0);
      Tensor label = Tensor.create(new long[] {0});
      for (int level = 1; level <= 2; level++) {
        int side = 128 >> level;
        Tensor smaller = generator.forward(input, level);
        Tensor larger = generator.forward(input, level - 1);
        assertThat(smaller.shape()).containsExactly(2, 3, side, side);
        assertThat(larger.shape()).containsExactly(2, 3, 2L * side, 2L * side);
        assertThat(larger.abs().max().item_double()).isGreaterThan(0.01);
        // At the border the generator knows what lies beyond it.
        assertThat(largestDifference(inside(larger), inside(doubled(smaller)))).isLessThan(1e-5);
        Tensor decoded = random(7, 1, 3, side, side);
        Tensor repeated =
            decoded
                .repeat_interleave(2, new LongOptional(2), new LongOptional())
                .repeat_interleave(2, new LongOptional(3), new LongOptional());
        assertThat(
                largestDifference(
                    discriminator.forward(repeated, label).logits(),
                    discriminator.forward(decoded, label).logits()))
            .isLessThan(1e-4);
      }
    }
  }

  private static Tensor doubled(Tensor image) {
    long side = 2 * image.size(3);
    return torch.upsample_bilinear2d(
        image, new long[] {side, side}, false, new DoubleOptional(), new DoubleOptional());
  }

  /** Without the outermost pixels. */
  private static Tensor inside(Tensor image) {
    long side = image.size(3) - 2;
    return image.narrow(2, 1, side).narrow(3, 1, side);
  }

  /** A generator whose coarsest map is the same everywhere has nothing to draw a frame with. */
  @Test
  void aUniformImageHasNoFrame() {
    ModernShape shape = new ModernShape(64, 1, 1, 16, 32);
    try (ModernGenerator generator = ModernGenerator.initialise(shape, 0);
        AutoGradMode noGradients = new AutoGradMode(false)) {
      generator.weights().get("start.weight").zero_();
      generator.weights().get("start.bias").fill_(new Scalar(1));
      generator.weights().get("out.weight").add_(new Scalar(0.1));
      GeneratorInput drawn = GeneratorInput.of(generator, 0, 0, 0);
      Tensor image =
          generator.forward(
              new GeneratorInput(drawn.z(), drawn.labels(), torch.zeros_like(drawn.noise())));
      double range = torch.max(image).sub(torch.min(image)).item_double();
      assertThat(Math.abs(torch.max(image).item_double())).isGreaterThan(1e-2);
      assertThat(range).isLessThan(1e-4);
    }
  }

  /** Styles start at zero; a trained generator's are not. */
  private static void liven(ModernGenerator generator) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      generator
          .weights()
          .all()
          .forEach(
              (name, tensor) -> {
                if (name.startsWith("noise")
                    || name.startsWith("style")
                    || name.startsWith("out")) {
                  tensor.add_(random(name.hashCode(), tensor.shape()).mul(new Scalar(0.1)));
                }
              });
    }
  }

  private static Tensor random(long seed, long... shape) {
    RandomStream random = RandomStream.of(seed, Purpose.CHECKING, 0);
    int count = 1;
    for (long side : shape) {
      count = Math.toIntExact(count * side);
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.create(values, shape);
  }

  private static double largestDifference(Tensor one, Tensor other) {
    return torch.max(one.sub(other).abs()).item_double();
  }

  /** As images are. */
  public static InputTransform plainSight(ModernShape shape) {
    return InputTransform.of(torch.zeros(1, shape.channels(), 32, 32), 1, shape.maxLevel());
  }
}
