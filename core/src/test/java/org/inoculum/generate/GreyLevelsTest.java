package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.data.HighBitDepthFiles;
import org.inoculum.data.Manifest;
import org.inoculum.data.Reading;
import org.inoculum.image.FloatImage;
import org.inoculum.image.Image;
import org.inoculum.image.Window;
import org.inoculum.torch.PrecisionChoice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GreyLevelsTest {
  private static final HighBitDepthFiles CAMERA = new HighBitDepthFiles(true, true);
  private static final HighBitDepthFiles MEASURED = new HighBitDepthFiles(false, true);
  private static final OptionalInt ASKED_FOR_NOTHING = OptionalInt.empty();

  @Test
  void valuesOfACameraAreGivenBackAsTheyWere() {
    GreyLevels levels = levels(new Window(100, 4095), CAMERA);
    assertThat(levels.bits()).isEqualTo(16);
    // 100 + 3995 / 2 = 2097.5; beyond black and white nothing was learnt.
    assertThat(samples(levels, -1, 0, 1, -1.5f, 2)).containsExactly(100, 2098, 4095, 100, 4095);
    // Neighbours in 16 bits: 3995 / 2 values for a step of 1.
    assertThat(samples(levels, 0.5f, 0.5f + 2f / 3995)).containsExactly(3096, 3097);
    assertThat(levels.describe())
        .isEqualTo("samples are measured values; black and white are 100,4095");
  }

  @Test
  void aWindowBeyondSixteenBitsIsClipped() {
    GreyLevels levels = levels(new Window(-500, 70_000), CAMERA);
    assertThat(samples(levels, -1, -0.99f, 0, 0.9f, 1))
        .containsExactly(0, 0, 34_750, 65_535, 65_535);
  }

  /** Fractions would be lost in whole numbers: the window is spread over all 16 bits instead. */
  @Test
  void valuesThatAreNotWholeAreSpreadOverSixteenBits() {
    GreyLevels levels = levels(new Window(-0.25, 0.75), MEASURED);
    assertThat(levels.samples()).isEqualTo(new Window(-0.25, 0.75));
    assertThat(samples(levels, -1, 0, 1)).containsExactly(0, 32_768, 65_535);
    assertThat(levels.describe())
        .isEqualTo(
            "samples 0 and 65535 stand for the measured values -0.25,0.75; black and white are -0.25,0.75");
  }

  @Test
  void whatIsShownIsWhatEightBitsWouldBeUpToALevel() {
    for (Window window :
        List.of(new Window(0, 65_535), new Window(100, 4095), new Window(90, 345))) {
      for (HighBitDepthFiles deep : List.of(CAMERA, MEASURED)) {
        float[] ramp = new float[2001];
        for (int i = 0; i < ramp.length; i++) {
          ramp[i] = (i - 1000) / 1000f;
        }
        FloatImage pixels = new FloatImage(ramp.length, 1, 1, ramp);
        GreyLevels levels = levels(window, deep);
        Image shown = levels.shown(levels.of(pixels));
        Image eight = GreyLevels.of(OptionalInt.of(8), manifest(window, deep)).of(pixels);
        assertThat(shown.bitDepth()).isEqualTo(8);
        for (int x = 0; x < ramp.length; x++) {
          assertThat(shown.sample(x, 0, 0)).isBetween(level(eight, x) - 1, level(eight, x) + 1);
        }
        assertThat(shown.sample(0, 0, 0)).isZero();
        assertThat(shown.sample(ramp.length - 1, 0, 0)).isEqualTo(255);
      }
    }
  }

  @Test
  void greyFilesMakeGreyOnesOfAGeneratorWithColours() {
    FloatImage pixels = new FloatImage(2, 1, 3, new float[] {-1, -0.5f, 0, 1, 1, 1});
    // 0.299 x -1 + 0.587 x -0.5 + 0.114 x 0 = -0.5925
    Image grey = levels(new Window(0, 1000), CAMERA).of(pixels);
    assertThat(grey).isEqualTo(new Image(2, 1, 1, 16, new short[] {204, 1000}));
    Image colour = levels(new Window(0, 1000), new HighBitDepthFiles(true, false)).of(pixels);
    assertThat(colour.samples()).containsExactly(0, 250, 500, 1000, 1000, 1000);
    Image eight =
        GreyLevels.of(ASKED_FOR_NOTHING, manifest(new Window(0, 1000), CAMERA)).of(pixels);
    assertThat(eight).isEqualTo(new Image(2, 1, 1, 8, new short[] {52, 255}));
    Manifest flat = manifest(null, null);
    Manifest allGrey =
        new Manifest(
            flat.root(),
            flat.size(),
            flat.channels(),
            flat.images(),
            flat.classes(),
            flat.augmentation(),
            flat.files(),
            flat.sha256(),
            flat.reading(),
            null,
            null,
            null,
            true);
    assertThat(GreyLevels.of(ASKED_FOR_NOTHING, allGrey).of(pixels)).isEqualTo(eight);
    assertThat(GreyLevels.of(ASKED_FOR_NOTHING, flat).of(pixels).channels()).isEqualTo(3);
  }

  @Test
  void eightBitsStayWhatTheyWereAndSixteenNeedDeepFiles() {
    FloatImage pixels = new FloatImage(3, 1, 1, new float[] {-1, 0, 1});
    GreyLevels eight = GreyLevels.of(ASKED_FOR_NOTHING, manifest(null, null));
    assertThat(eight.of(pixels).samples()).containsExactly(0, 128, 255);
    assertThat(eight.describe()).isEmpty();
    assertThat(eight.precision(PrecisionChoice.AUTO)).isEqualTo(PrecisionChoice.AUTO);
    assertThatThrownBy(() -> GreyLevels.of(OptionalInt.of(16), manifest(null, null)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("--bits 16")
        .hasMessageContaining("all 9 images of this one had 8");
    // A run of a version that did not note what its high-bit-depth files held, or of 8-bit copies
    // of some.
    assertThat(GreyLevels.of(ASKED_FOR_NOTHING, manifest(new Window(0, 9), null)).bits())
        .isEqualTo(8);
    assertThat(GreyLevels.of(OptionalInt.of(16), manifest(new Window(0, 9), null)).samples())
        .isEqualTo(new Window(0, 9));
  }

  /** Programs that expect 8 bits show 16 as white or black. */
  @Test
  void eightBitsAreTheDefaultWhateverTheRunWasTrainedOn() {
    for (HighBitDepthFiles deep : List.of(CAMERA, MEASURED, new HighBitDepthFiles(true, false))) {
      GreyLevels levels = GreyLevels.of(ASKED_FOR_NOTHING, manifest(new Window(300, 4000), deep));
      assertThat(levels.bits()).isEqualTo(8);
      assertThat(samples(levels, -1, 0, 1)).containsExactly(0, 128, 255);
      assertThat(levels.describe()).isEqualTo("0 and 255 stand for the measured values 300,4000");
    }
  }

  @Test
  void bf16IsTooCoarseForSixteenBits() {
    GreyLevels levels = levels(new Window(0, 65_535), CAMERA);
    assertThat(levels.precision(PrecisionChoice.AUTO)).isEqualTo(PrecisionChoice.F32);
    assertThatThrownBy(() -> levels.precision(PrecisionChoice.BF16))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--bits 8");
  }

  private static int level(Image image, int x) {
    return image.sample(x, 0, 0);
  }

  private static GreyLevels levels(Window window, HighBitDepthFiles deep) {
    return GreyLevels.of(OptionalInt.of(16), manifest(window, deep));
  }

  private static int[] samples(GreyLevels levels, float... values) {
    Image image = levels.of(new FloatImage(values.length, 1, 1, values));
    int[] samples = new int[values.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = image.sample(i, 0, 0);
    }
    return samples;
  }

  private static Manifest manifest(@Nullable Window window, @Nullable HighBitDepthFiles deep) {
    return new Manifest(
        "data", 8, 1, 9, List.of(), "none", List.of(), "", Reading.DEFAULT, window, deep, null);
  }
}
