package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.inoculum.image.Image;
import org.inoculum.image.TestImages;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

class OfflineAugmentationTest {
  private final Image cell = TestImages.blobs(32, 6);

  @Test
  void theArticleMakesTenDifferentImagesOfEach() {
    List<Image> images = OfflineAugmentation.ARTICLE.apply(cell, 3, stream(0));
    assertThat(images).hasSize(10);
    assertThat(new HashSet<>(images)).hasSize(10);
    assertThat(images.get(0)).isEqualTo(cell);
    assertThat(images).isEqualTo(OfflineAugmentation.ARTICLE.apply(cell, 10, stream(99)));
  }

  @Test
  void anyAngleIsAFunctionOfTheStream() {
    List<Image> images = OfflineAugmentation.ANY_ANGLE.apply(cell, 25, stream(0));
    assertThat(images).hasSize(25);
    assertThat(new HashSet<>(images)).hasSize(25);
    assertThat(images.get(0)).isEqualTo(cell);
    assertThat(OfflineAugmentation.ANY_ANGLE.apply(cell, 25, stream(0))).isEqualTo(images);
    assertThat(OfflineAugmentation.ANY_ANGLE.apply(cell, 25, stream(1))).isNotEqualTo(images);
    assertThat(OfflineAugmentation.ANY_ANGLE.apply(cell, 1, stream(0))).containsExactly(cell);
  }

  @Test
  void nothingDarkerComesInFromOutside() {
    int darkest = darkest(cell);
    for (OfflineAugmentation augmentation : OfflineAugmentation.values()) {
      for (Image image : augmentation.apply(cell, 20, stream(2))) {
        assertThat(image.width()).isEqualTo(32);
        // Cubic interpolation overshoots a little at edges.
        assertThat(darkest(image)).isGreaterThan(darkest - 10);
      }
    }
  }

  @Test
  void noneIsTheImageAlone() {
    assertThat(OfflineAugmentation.NONE.apply(cell, 10, stream(0))).containsExactly(cell);
    assertThat(OfflineAugmentation.ofLabel("any-angle")).contains(OfflineAugmentation.ANY_ANGLE);
    assertThat(OfflineAugmentation.ofLabel("ANY_ANGLE")).isEmpty();
  }

  @Test
  void onlySquaresAreTurned() {
    Image wide = TestImages.waves(4, 3, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OfflineAugmentation.ARTICLE.apply(wide, 10, stream(0)));
  }

  private static int darkest(Image image) {
    short[] samples = image.samples();
    Arrays.sort(samples);
    return samples[0];
  }

  private static RandomStream stream(long index) {
    return RandomStream.of(0, Purpose.AUGMENTATION, index);
  }
}
