package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.image.Channels;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.metric.Features;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFeaturesTest {
  @TempDir private Path folder;

  /** The reference features were computed outside this project, with Pillow's bicubic resizing. */
  @Test
  void featuresOfARealNetworkAgreeWithItsReference() {
    Path models = models();
    Map<?, ?> reference =
        Json.read(models.resolve("mobilenet_v1_050_160.features.json"), Map.class);
    List<String> names = List.of("cat", "tb", "wbc");
    List<Image> images = names.stream().map(name -> decode(models, name)).toList();
    try (OnnxFeatures space = open(models)) {
      Features features = space.of(images);
      assertThat(features.dimension()).isEqualTo(512);
      for (int i = 0; i < images.size(); i++) {
        assertThat(
                relativeError(
                    features.row(i), (List<?>) Objects.requireNonNull(reference.get(names.get(i)))))
            .as(names.get(i))
            .isLessThan(0.02);
      }
    }
  }

  @Test
  void aGreyImageIsThreeEqualChannels() {
    Path models = models();
    Image grey = Channels.toGrey(decode(models, "tb"));
    try (OnnxFeatures space = open(models)) {
      assertThat(space.of(List.of(grey)).row(0))
          .containsExactly(space.of(List.of(Channels.toRgb(grey))).row(0), within(1e-4));
    }
  }

  @Test
  void whatIsNoNetworkIsSaidInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("net.onnx"), "hello");
    for (Path file : List.of(text, folder.resolve("missing.onnx"), folder)) {
      assertThatThrownBy(() -> OnnxFeatures.open(file, ValueRange.DEFAULT, 1))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(file.toString())
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void shapesAreReadInBothLayouts() {
    assertThat(OnnxInput.of(new long[] {-1, 3, 160, 120}, "n"))
        .isEqualTo(new OnnxInput(0, 160, 120, 3, true));
    assertThat(OnnxInput.of(new long[] {8, 96, 64, 1}, "n"))
        .isEqualTo(new OnnxInput(8, 96, 64, 1, false));
    assertThat(OnnxInput.of(new long[] {-1, 3, -1, -1}, "n"))
        .isEqualTo(new OnnxInput(0, 224, 224, 3, true));
    for (long[] wrong :
        List.of(new long[] {}, new long[] {1, 784}, new long[] {1, 4, 32, 32}, new long[4])) {
      assertThatThrownBy(() -> OnnxInput.of(wrong, "net.onnx"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("net.onnx: expected a network with an input of shape");
    }
  }

  @Test
  void pixelsComeInTheNetworksOrderAndRange() {
    Image red = new Image(1, 1, 3, 8, new short[] {255, 0, 51});
    OnnxInput first = new OnnxInput(0, 2, 1, 3, true);
    assertThat(first.tensor(List.of(red), 1, ValueRange.DEFAULT).array())
        .containsExactly(1, 1, -1, -1, -0.6f, -0.6f);
    OnnxInput last = new OnnxInput(2, 2, 1, 3, false);
    assertThat(last.tensor(List.of(red), 2, ValueRange.parse("0,255")).array())
        .containsExactly(255, 0, 51, 255, 0, 51, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void rangesThatMakeNoSenseAreRefused() {
    for (String text : List.of("", "1", "1,-1", "0,0", "a,b", "0,NaN", "0,1,2", "0,Infinity")) {
      assertThatThrownBy(() -> ValueRange.parse(text))
          .as(text)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--features-range");
    }
  }

  private static OnnxFeatures open(Path models) {
    return OnnxFeatures.open(models.resolve("mobilenet_v1_050_160.onnx"), ValueRange.DEFAULT, 2);
  }

  private static Image decode(Path models, String name) {
    return ImageFiles.read(models.resolve("ref/" + name + ".png"), DecodingLimits.DEFAULT);
  }

  private static Path models() {
    Path models =
        Objects.requireNonNull(RealData.folder().toAbsolutePath().normalize().getParent())
            .resolve("models");
    Assumptions.assumeTrue(
        Files.isDirectory(models), "put a folder models beside INOCULUM_DATA to test a network");
    return models;
  }

  private static double relativeError(double[] found, List<?> expected) {
    double squares = 0;
    double size = 0;
    for (int i = 0; i < found.length; i++) {
      double value = ((Number) expected.get(i)).doubleValue();
      squares += (found[i] - value) * (found[i] - value);
      size += value * value;
    }
    return Math.sqrt(squares / size);
  }
}
