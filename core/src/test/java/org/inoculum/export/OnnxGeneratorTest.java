package org.inoculum.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.Python;
import org.inoculum.files.Json;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.GeneratorInput;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others make of an exported generator: ONNX Runtime, onnx's checker, numpy. */
class OnnxGeneratorTest extends TorchTest {
  private static final Set<String> PLAIN =
      Set.of(
          "Add",
          "Clip",
          "Conv",
          "ConvTranspose",
          "Gather",
          "Gemm",
          "Greater",
          "LeakyRelu",
          "Mul",
          "Reshape",
          "Resize",
          "Slice",
          "Tanh",
          "Transpose",
          "Where");

  @TempDir private Path folder;

  /** Both families, each with something that the others lack. */
  private enum Kind {
    CLASSIC_GREY(28, 1, 0),
    CLASSIC_RGB(32, 3, 0),
    MODERN_32(32, 1, 1),
    MODERN_48_OF_THREE(48, 3, 3),
    MODERN_64(64, 3, 1),
    MODERN_64_OF_THREE(64, 1, 3),
    SYMMETRIC_32_OF_THREE(32, 3, 3, true);

    private final int size;
    private final int channels;
    private final int classes;
    private final boolean d4Symmetry;

    Kind(int size, int channels, int classes) {
      this(size, channels, classes, false);
    }

    Kind(int size, int channels, int classes, boolean d4Symmetry) {
      this.size = size;
      this.channels = channels;
      this.classes = classes;
      this.d4Symmetry = d4Symmetry;
    }

    Generator draw() {
      return classes == 0
          ? DrawnGenerators.classic(size, channels)
          : DrawnGenerators.modern(size, channels, classes, d4Symmetry);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onnxRuntimeMakesTheSameImages(Kind kind) throws OrtException {
    try (Generator generator = kind.draw();
        OnnxRun others = new OnnxRun(encode(generator))) {
      for (int n : List.of(1, 5)) {
        GeneratorInput input = input(generator, n);
        Tensor ours = images(generator, input);
        OnnxRun.Images theirs = others.images(input);
        assertThat(theirs.shape()).containsExactly(n, kind.channels, kind.size, kind.size);
        float[] expected = Tensors.toFloats(ours);
        assertThat(largestDifference(theirs.values(), expected)).isLessThan(1e-4);
        assertThat(largestDifference(levels(theirs.values()), levels(expected)))
            .isLessThanOrEqualTo(1);
        assertThatImagesShowMistakes(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCheckerOfOnnxAcceptsTheFile(Kind kind) throws IOException {
    try (Generator generator = kind.draw()) {
      Path file = Files.write(folder.resolve("generator.onnx"), encode(generator));
      String printed = Python.runWith("onnx", "check_onnx.py", file);
      Map<?, ?> found = Json.parse(printed, Map.class, "python");
      assertThat(found.get("irVersion")).isEqualTo(8);
      assertThat(found.get("opsets")).isEqualTo(List.of(List.of("", 17)));
      assertThat(strings(found, "operators")).isSubsetOf(PLAIN);
      assertThat(strings(found, "inputs"))
          .isEqualTo(
              kind.classes == 0
                  ? List.of("z")
                  : kind.classes == 1 ? List.of("z", "noise") : List.of("z", "noise", "label"));
      assertThat(strings(found, "inferred").get(0))
          .matches("[a-zA-Z_]\\w*"); // any number of images
      assertThat(strings(found, "inferred").stream().skip(1).map(Integer::parseInt))
          .containsExactly(kind.channels, kind.size, kind.size);
      assertThat(found.get("metadata")).isEqualTo(Map.of("a", "1", "b", "ä"));
    }
  }

  /** From the names, shapes and metadata of the safetensors file alone. */
  @ParameterizedTest
  @EnumSource
  void anotherProgramRebuildsItFromSafetensors(Kind kind) throws IOException {
    try (Generator generator = kind.draw()) {
      GeneratorInput input = input(generator, 3);
      Path weights =
          Files.write(folder.resolve("generator.safetensors"), GeneratorFile.encode(generator));
      Map<String, Tensor> given = new TreeMap<>();
      given.put("z", input.z());
      given.put("label", input.labels().to(ScalarType.Float));
      given.put("images", images(generator, input));
      if (generator.noise() > 0) {
        given.put("noise", input.noise());
      }
      Path expected =
          Files.write(folder.resolve("expected.safetensors"), Safetensors.encode(given, Map.of()));
      String printed = Python.runWith("numpy", "rebuild_generator.py", weights, expected);
      assertThat(Double.parseDouble(printed)).isLessThan(1e-4);
    }
  }

  @Test
  void theSameGeneratorIsTheSameBytes() {
    try (Generator one = Kind.MODERN_48_OF_THREE.draw();
        Generator other = Kind.MODERN_48_OF_THREE.draw()) {
      assertThat(encode(one)).isEqualTo(encode(other));
    }
  }

  @Test
  void aLabelThatDoesNotExistIsNoImage() throws OrtException {
    try (Generator generator = Kind.MODERN_48_OF_THREE.draw();
        OnnxRun others = new OnnxRun(encode(generator))) {
      GeneratorInput input = input(generator, 1);
      GeneratorInput wrong =
          new GeneratorInput(input.z(), Tensor.create(new long[] {3}), input.noise());
      assertThatThrownBy(() -> others.images(wrong)).isInstanceOf(OrtException.class);
    }
  }

  private static byte[] encode(Generator generator) {
    return OnnxGenerator.encode(generator, "test", Map.of("b", "ä", "a", "1"));
  }

  private static GeneratorInput input(Generator generator, int n) {
    return GeneratorInput.of(
        generator, 7, 0, LongStream.range(0, n).map(i -> (i + 1) % generator.classes()).toArray());
  }

  /** In 32 bits, limited to what becomes pixels. */
  private static Tensor images(Generator generator, GeneratorInput input) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      return generator.forward(input).clamp_(limit(-1), limit(1));
    }
  }

  private static ScalarOptional limit(double value) {
    return new ScalarOptional(new Scalar(value));
  }

  /** Images that were all black, or limited nearly everywhere, would agree whatever is wrong. */
  private static void assertThatImagesShowMistakes(float[] pixels) {
    float[] levels = levels(pixels);
    Set<Float> distinct = new TreeSet<>();
    int limited = 0;
    for (float level : levels) {
      distinct.add(level);
      limited += level == 0 || level == 255 ? 1 : 0;
    }
    assertThat(distinct).hasSizeGreaterThan(100);
    assertThat(limited).isLessThan(levels.length / 4);
  }

  private static float[] levels(float[] pixels) {
    float[] levels = new float[pixels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.round((pixels[i] + 1.0) * 127.5);
    }
    return levels;
  }

  private static double largestDifference(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
    }
    return largest;
  }

  private static List<String> strings(Map<?, ?> found, String key) {
    return found.get(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of("no " + key + " in " + Arrays.asList(found));
  }
}
