package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.augment.Augmentation;
import org.inoculum.augment.Strength;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.InputTransform;
import org.inoculum.model.ModernDiscriminator;
import org.inoculum.model.ModernGenerator;
import org.inoculum.model.ModernShape;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Precision;
import org.inoculum.torch.TorchTest;
import org.inoculum.torch.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModernNetworksTest extends TorchTest {
  private static final ModernShape SHAPE = new ModernShape(128, 1, 2, 8, 32);
  private static final Adam.Options ADAM = new Adam.Options(1e-3, 0, 0.99, 1e-8);
  private static final double UNCHANGED = 0;

  /** One pass must give the generator what a second pass through the discriminator would. */
  @ParameterizedTest
  @EnumSource(GanLoss.class)
  void theGeneratorsGradientIsThatOfItsOwnLoss(GanLoss loss) {
    try (ModernGenerator generator = ModernGenerator.initialise(SHAPE, 0);
        ModernDiscriminator discriminator =
            ModernDiscriminator.initialise(SHAPE, 1, inputTransform());
        PointerScope scope = new PointerScope()) {
      List<Tensor> ofGenerator = generator.weights().tensors();
      List<Tensor> ofDiscriminator = discriminator.weights().tensors();
      GeneratorInput input = GeneratorInput.of(generator, 0, 0, 0, 1, 1, 0);
      Tensor real = torch.full(new long[] {4, 1, 128, 128}, new Scalar(0.2));
      try (Gradients g = new Gradients(ofGenerator);
          Gradients d = new Gradients(ofDiscriminator)) {
        new PartialGradients(
                generator,
                discriminator,
                loss,
                new Augmentation(Strength.DEFAULT),
                List.of(),
                Precision.F32)
            .compute(
                real,
                input,
                parameters(0),
                RandomStream.of(0, Purpose.AUGMENTATION, 0),
                new PartialGradients.GradientTarget(ofDiscriminator, d, 1),
                new PartialGradients.GradientTarget(ofGenerator, g, 1));
        Tensor labels = input.labels();
        Tensor realLogits = discriminator.forward(real, labels).logits();
        Tensor fakeLogits = discriminator.forward(generator.forward(input), labels).logits();
        assertSame(g, gradients(loss.ofGenerator(realLogits.detach(), fakeLogits), ofGenerator));
      }
    }
  }

  @Test
  void textureIsAPartOfTheGeneratorsGradient() {
    double weight = 0.5;
    List<SpectralLoss> spectra = spectra();
    try (ModernGenerator generator = ModernGenerator.initialise(SHAPE, 0);
        ModernDiscriminator discriminator =
            ModernDiscriminator.initialise(SHAPE, 1, inputTransform())) {
      List<Tensor> ofGenerator = generator.weights().tensors();
      List<Tensor> ofDiscriminator = discriminator.weights().tensors();
      GeneratorInput input = GeneratorInput.of(generator, 0, 0, 0, 1);
      Tensor real = torch.full(new long[] {2, 1, 128, 128}, new Scalar(0.2));
      GanLoss loss = GanLoss.RELATIVISTIC;
      try (Gradients g = new Gradients(ofGenerator);
          Gradients d = new Gradients(ofDiscriminator)) {
        new PartialGradients(
                generator,
                discriminator,
                loss,
                new Augmentation(Strength.DEFAULT),
                spectra,
                Precision.F32)
            .compute(
                real,
                input,
                new ModernNetworks.StepParameters(
                    1, OptionalDouble.empty(), 1, weight, 0, 0.9, false, 0),
                RandomStream.of(0, Purpose.AUGMENTATION, 0),
                new PartialGradients.GradientTarget(ofDiscriminator, d, 1),
                new PartialGradients.GradientTarget(ofGenerator, g, 1));
        Tensor fake = generator.forward(input);
        Tensor realLogits = discriminator.forward(real, input.labels()).logits();
        Tensor fakeLogits = discriminator.forward(fake, input.labels()).logits();
        Tensor texture = spectra.get(0).of(fake, input.labels()).mul(new Scalar(weight));
        Tensor whole = loss.ofGenerator(realLogits.detach(), fakeLogits).add(texture);
        assertSame(g, gradients(whole, ofGenerator));
      }
    }
    spectra.forEach(SpectralLoss::close);
  }

  /** A step is computed in parts whose sums have an order; threads must not matter. */
  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    assertThat(afterThreeSteps(1)).isEqualTo(afterThreeSteps(2));
  }

  private static List<Double> afterThreeSteps(int threads) {
    try (ModernNetworks networks =
            new ModernNetworks(
                SHAPE,
                0,
                inputTransform(),
                ADAM,
                GanLoss.RELATIVISTIC,
                new Augmentation(Strength.DEFAULT),
                spectra(),
                Precision.BF16,
                2,
                threads);
        PointerScope scope = new PointerScope()) {
      for (int i = 0; i < 3; i++) {
        int level = 2 - i;
        GeneratorInput input = GeneratorInput.ofDraw(networks.ema(), 0, i, 0, 1, 1, 0, 0, 1);
        int side = 128 >> level;
        Tensor real = torch.ones(6, 1, side, side).mul(new Scalar(0.3));
        ModernNetworks.StepParameters parameters =
            new ModernNetworks.StepParameters(1, OptionalDouble.of(1), 1, 1, 0.5, 0.9, true, level);
        networks.step(
            real, input, parameters, part -> RandomStream.of(0, Purpose.AUGMENTATION, part));
      }
      List<Double> sums = new ArrayList<>();
      networks
          .state(Map.of())
          .tensors()
          .values()
          .forEach(tensor -> sums.add(tensor.to(torch.ScalarType.Double).sum().item_double()));
      return sums;
    }
  }

  /** Late weights must not take the first step of Adam without its correction: ten times as far. */
  @Test
  void weightsThatJoinLaterBeginWithAStepOfTheLearningRate() {
    try (Weights weights = new Weights();
        PointerScope scope = new PointerScope()) {
      weights.add("coarse", new float[] {0}, 1);
      weights.add("finest", new float[] {0}, 1);
      List<String> byLevel = List.of("finest", "coarse");
      try (ProgressiveAdam adam = new ProgressiveAdam(weights, 1, byLevel::indexOf, ADAM)) {
        List<Tensor> slope = List.of(torch.ones(1), torch.ones(1));
        for (int i = 0; i < 100; i++) {
          adam.step(1, slope, 1);
        }
        assertThat(weights.get("finest").item_double()).isEqualTo(UNCHANGED);
        adam.step(0, slope, 1);
        assertThat(weights.get("finest").item_double()).isCloseTo(-1e-3, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSmallerSideTrainsNothingOfTheFinerResolutions(int level) {
    try (ModernGenerator generator = ModernGenerator.initialise(SHAPE, 0);
        ModernDiscriminator discriminator =
            ModernDiscriminator.initialise(SHAPE, 0, inputTransform())) {
      GeneratorInput input = GeneratorInput.of(generator, 0, 0, 0);
      Tensor images = generator.forward(input, level);
      Tensor logit = discriminator.forward(images, input.labels()).logits().sum();
      assertThat(undefined(generator.weights(), logit))
          .isNotEmpty()
          .containsExactlyElementsOf(finer(generator.weights(), generator::maxLevel, level));
      assertThat(undefined(discriminator.weights(), logit).stream().filter(n -> !isDecoder(n)))
          .isNotEmpty()
          .containsExactlyElementsOf(
              finer(discriminator.weights(), discriminator::maxLevel, level));
    }
  }

  /** One that amplifies differences of neighbouring pixels. */
  private static InputTransform inputTransform() {
    Tensor smooth = torch.linspace(new Scalar(-1), new Scalar(1), 256).view(1, 1, 16, 16);
    return InputTransform.of(smooth, 16, SHAPE.maxLevel());
  }

  /** Of a ramp from dark to light in each class, at each side. */
  private static List<SpectralLoss> spectra() {
    return IntStream.rangeClosed(0, SHAPE.maxLevel())
        .mapToObj(
            level -> {
              int side = 128 >> level;
              Tensor ramp = torch.linspace(new Scalar(-1), new Scalar(1), (long) side * side);
              Tensor image = ramp.view(1, 1, side, side);
              return SpectralLoss.of(List.of(image, image), false);
            })
        .toList();
  }

  private static boolean isDecoder(String name) {
    return name.startsWith("decode");
  }

  private static List<String> finer(Weights weights, ToIntFunction<String> maxLevel, int level) {
    return weights.all().keySet().stream()
        .filter(name -> maxLevel.applyAsInt(name) < level)
        .toList();
  }

  private static List<String> undefined(Weights weights, Tensor value) {
    TensorVector found =
        torch.grad(
            new TensorVector(value),
            weights.vector(),
            new TensorVector(),
            new BoolOptional(true),
            false,
            true);
    List<String> names = new ArrayList<>(weights.all().keySet());
    List<String> undefined = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!found.get(i).defined()) {
        undefined.add(names.get(i));
      }
    }
    return undefined;
  }

  private static ModernNetworks.StepParameters parameters(int level) {
    return new ModernNetworks.StepParameters(1, OptionalDouble.empty(), 1, 0, 0, 0.9, false, level);
  }

  private static TensorVector gradients(Tensor value, List<Tensor> parameters) {
    return torch.grad(
        new TensorVector(value),
        new TensorVector(parameters.toArray(new Tensor[0])),
        new TensorVector(),
        new BoolOptional(false),
        false,
        false);
  }

  private static void assertSame(Gradients actual, TensorVector expected) {
    for (int i = 0; i < expected.size(); i++) {
      double scale = expected.get(i).abs().max().item_double();
      double off = actual.tensors().get(i).sub(expected.get(i)).abs().max().item_double();
      assertThat(off).isLessThanOrEqualTo(1e-4 * scale + 1e-9);
    }
  }
}
