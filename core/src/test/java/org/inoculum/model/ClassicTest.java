package org.inoculum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.inoculum.torch.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicTest extends TorchTest {
  private static final ClassicShape ARTICLE = new ClassicShape(128, 3, 100);

  @Test
  void theDiscriminatorIsTheArticles() {
    try (ClassicDiscriminator discriminator = ClassicDiscriminator.initialise(ARTICLE, 0)) {
      Map<String, String> expected = new LinkedHashMap<>();
      expected.put("down1", "[128, 3, 4, 4] [128]");
      for (int block = 2; block <= 5; block++) {
        expected.put("down" + block, "[128, 128, 4, 4] [128]");
      }
      expected.put("dense", "[1, 2048] [1]");
      assertThat(layers(discriminator.weights())).containsExactlyEntriesOf(expected);
      // 4·4·3·128 + 128, 4 times 4·4·128·128 + 128, 4·4·128 + 1
      assertThat(discriminator.weights().count()).isEqualTo(6_272 + 4 * 262_272 + 2_049);
      Tensor logits =
          discriminator.forward(
              Tensor.create(new float[2 * 3 * 128 * 128], 2, 3, 128, 128), Optional.empty());
      assertThat(logits.shape()).containsExactly(2);
    }
  }

  @Test
  void theGeneratorIsTheArticles() {
    try (ClassicGenerator generator = ClassicGenerator.initialise(ARTICLE, 0)) {
      Map<String, String> expected = new LinkedHashMap<>();
      expected.put("dense", "[16384, 100] [16384]");
      expected.put("up1", "[1024, 128, 4, 4] [128]");
      for (int block = 2; block <= 5; block++) {
        expected.put("up" + block, "[128, 128, 4, 4] [128]");
      }
      expected.put("out", "[3, 128, 3, 3] [3]");
      assertThat(layers(generator.weights())).containsExactlyEntriesOf(expected);
      assertThat(generator.weights().count())
          .isEqualTo(1_654_784 + 2_097_280 + 4 * 262_272 + 3_459);
      Tensor images = generator.forward(Latents.of(0, 0, 2, 100));
      assertThat(images.shape()).containsExactly(2, 3, 128, 128);
      for (float value : Tensors.toFloats(images)) {
        assertThat(value).isBetween(-1f, 1f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "28, 7, 2",
    "32, 4, 3",
    "64, 4, 4",
    "96, 6, 4",
    "128, 4, 5",
    "160, 5, 5",
    "256, 4, 6",
    "8, 4, 1"
  })
  void otherSizesAreAStartDoubled(int size, int start, int blocks) {
    ClassicShape shape = new ClassicShape(size, 1, 100);
    assertThat(shape.start()).isEqualTo(start);
    assertThat(shape.blocks()).isEqualTo(blocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 4, 7, 27, 30, 100, 129, 2048})
  void sizesThatCannotBeReachedAreSaid(int size) {
    assertThatThrownBy(() -> new ClassicShape(size, 1, 100))
        .hasMessageContaining("images of " + size + " pixels");
  }

  @Test
  void mnistHasTwoUpsamplingsAndOneChannel() {
    ClassicShape shape = new ClassicShape(28, 1, 100);
    try (ClassicGenerator generator = ClassicGenerator.initialise(shape, 0);
        ClassicDiscriminator discriminator = ClassicDiscriminator.initialise(shape, 1)) {
      Tensor images = generator.forward(Latents.of(0, 0, 3, 100));
      assertThat(images.shape()).containsExactly(3, 1, 28, 28);
      assertThat(discriminator.features()).isEqualTo(128 * 7 * 7);
      assertThat(discriminator.forward(images, Optional.empty()).shape()).containsExactly(3);
    }
  }

  @Test
  void kernelsAreGlorotUniformAndBiasesZero() {
    try (ClassicGenerator generator = ClassicGenerator.initialise(ARTICLE, 3)) {
      // Keras: limit sqrt(6 / (fan in + fan out)), fans counted over the 4 x 4 positions.
      double limit = Math.sqrt(6.0 / (16 * 128 + 16 * 128));
      float[] kernel = Tensors.toFloats(generator.weights().get("up2.weight"));
      double square = 0;
      for (float value : kernel) {
        assertThat((double) value).isBetween(-limit, limit);
        square += (double) value * value;
      }
      assertThat(square / kernel.length)
          .isCloseTo(limit * limit / 3, within(0.02 * limit * limit / 3));
      assertThat(Tensors.toFloats(generator.weights().get("up2.bias"))).containsOnly(0f);
    }
  }

  @Test
  void theSeedDecidesTheWeights() {
    assertThat(firstWeights(1)).isEqualTo(firstWeights(1)).isNotEqualTo(firstWeights(2));
  }

  @Test
  void aLatentDoesNotDependOnHowManyThereAre() {
    float[] many = Tensors.toFloats(Latents.of(5, 0, 20, 100));
    float[] one = Tensors.toFloats(Latents.of(5, 13, 1, 100));
    assertThat(one).isEqualTo(Arrays.copyOfRange(many, 1300, 1400));
    assertThat(Tensors.toFloats(Latents.of(6, 13, 1, 100))).isNotEqualTo(one);
  }

  private static String firstWeights(long seed) {
    try (ClassicGenerator generator =
        ClassicGenerator.initialise(new ClassicShape(8, 1, 4), seed)) {
      return Arrays.toString(
          Arrays.copyOf(Tensors.toFloats(generator.weights().get("up1.weight")), 10));
    }
  }

  private static Map<String, String> layers(Weights weights) {
    Map<String, String> layers = new LinkedHashMap<>();
    weights
        .all()
        .forEach(
            (name, tensor) ->
                layers.merge(
                    name.substring(0, name.indexOf('.')),
                    Arrays.toString(tensor.shape()),
                    (weight, bias) -> weight + " " + bias));
    return layers;
  }
}
