package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.image.Image;
import org.junit.jupiter.api.Test;

class TensorsTest extends TorchTest {
  @Test
  void everyLevelOfEveryChannelComesBackAsItWas() {
    short[] samples = new short[16 * 16 * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (i % 256);
    }
    Image image = new Image(16, 16, 3, 8, samples);
    Image grey = new Image(16, 16, 1, 8, java.util.Arrays.copyOf(samples, 256));
    assertThat(Tensors.toImages(Tensors.toUnitRange(Tensors.ofImages(List.of(image, image)))))
        .containsExactly(image, image);
    assertThat(Tensors.toImages(Tensors.toUnitRange(Tensors.ofImages(List.of(grey)))))
        .containsExactly(grey);
  }

  @Test
  void normalisationIsTheArticles() {
    Image image = new Image(2, 1, 1, 8, new short[] {0, 255});
    Tensor tensor = Tensors.toUnitRange(Tensors.ofImages(List.of(image)));
    assertThat(tensor.shape()).containsExactly(1, 1, 1, 2);
    assertThat(Tensors.toFloats(tensor)).containsExactly(-1f, 1f);
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    Image one = new Image(2, 1, 1, 8, new short[2]);
    Image other = new Image(1, 2, 1, 8, new short[2]);
    assertThatThrownBy(() -> Tensors.ofImages(List.of(one, other)))
        .hasMessageContaining("1 x 2 x 1");
  }
}
