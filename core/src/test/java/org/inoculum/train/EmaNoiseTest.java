package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.augment.Augmentation;
import org.inoculum.augment.Strength;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.InputTransform;
import org.inoculum.model.ModernGenerator;
import org.inoculum.model.ModernShape;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmaNoiseTest extends TorchTest {
  private static final ModernShape SHAPE = new ModernShape(32, 1, 1, 8, 32);
  private static final Adam.Options ADAM = new Adam.Options(1e-3, 0, 0.99, 1e-8);

  /** The real images are the generator's own, of before its noise was weakened. */
  @Test
  void noiseThatWasAveragedAwayComesBack() {
    try (ModernGenerator generator = ModernGenerator.initialise(SHAPE, 0)) {
      noise(generator, 20); // else an untrained network shows its latent more than its noise
      try (SpectralLoss real = SpectralLoss.of(List.of(images(generator)), false);
          EmaNoise noise = new EmaNoise(generator, List.of(real), ADAM, Precision.F32)) {
        noise(generator, 0.2);
        double before = distance(real, generator);
        for (int i = 0; i < 40; i++) {
          noise.correct(GeneratorInput.ofDraw(generator, 0, i, new long[8]), 0, i < 25 ? 2 : 0.3);
        }
        assertThat(before).isGreaterThan(0.1);
        assertThat(distance(real, generator)).isLessThan(before / 5);
      }
    }
  }

  /** Where the texture has no weight, the average is one of all weights. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void noiseIsAveragedOnlyWhereItIsNotCorrected(double weight) {
    Tensor real = torch.zeros(8, 1, 32, 32);
    try (ModernNetworks networks =
        new ModernNetworks(
            SHAPE,
            0,
            InputTransform.of(torch.randn(8, 1, 32, 32), 1, 0),
            ADAM,
            GanLoss.RELATIVISTIC,
            new Augmentation(Strength.DEFAULT),
            List.of(SpectralLoss.of(List.of(real), false)),
            Precision.F32,
            1,
            1)) {
      // Of the finest block but one: the finest adds nothing at first.
      String strengths = "noise2";
      float[] before = Tensors.toFloats(networks.ema().weights().get(strengths));
      ModernNetworks.StepParameters parameters =
          new ModernNetworks.StepParameters(1, OptionalDouble.empty(), 1, weight, 0, 0.5, false, 0);
      networks.step(
          real,
          GeneratorInput.ofDraw(networks.ema(), 0, 1, new long[8]),
          parameters,
          part -> RandomStream.of(0, Purpose.AUGMENTATION, part));
      float[] after = Tensors.toFloats(networks.ema().weights().get(strengths));
      if (weight > 0) {
        assertThat(after).isEqualTo(before);
      } else {
        assertThat(after).isNotEqualTo(before);
      }
      assertThat(networks.state(Map.of()).tensors()).containsKey("emaNoiseAdam0.v." + strengths);
    }
  }

  private static double distance(SpectralLoss real, ModernGenerator generator) {
    Tensor images = images(generator);
    return real.of(images, Tensor.create(new long[(int) images.size(0)])).item_double();
  }

  private static Tensor images(ModernGenerator generator) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      return generator.forward(GeneratorInput.of(generator, 0, 0, new long[32]));
    }
  }

  private static void noise(ModernGenerator generator, double factor) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      generator
          .weights()
          .all()
          .forEach(
              (name, tensor) -> {
                if (EmaNoise.isNoise(name)) {
                  tensor.mul_(new Scalar(factor));
                }
              });
    }
  }
}
