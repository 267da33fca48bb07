package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngTest {
  @ParameterizedTest
  @CsvSource({"1,8", "3,8", "1,16", "3,16"})
  void writesEverySampleExactly(int channels, int bitDepth) {
    for (Image image :
        new Image[] {
          TestImages.noise(31, 17, channels, bitDepth, 9),
          Resize.to(TestImages.noise(4, 4, channels, bitDepth, 8), 50, 40)
        }) {
      byte[] file = Png.encode(image);
      assertThat(ImageFiles.decode(file, "x", DecodingLimits.DEFAULT)).isEqualTo(image);
      assertThat(Png.encode(image)).isEqualTo(file);
    }
  }

  @Test
  void otherReadersReadIt() throws IOException {
    Image image = TestImages.waves(20, 10, 3);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(image)));
    for (int i = 0; i < 200; i++) {
      int rgb = read.getRGB(i % 20, i / 20) & 0xFFFFFF;
      int wanted = 0;
      for (int c = 0; c < 3; c++) {
        wanted = wanted << 8 | image.sample(i % 20, i / 20, c);
      }
      assertThat(rgb).isEqualTo(wanted);
    }
  }

  @Test
  void filtersMakeSmoothImagesSmall() {
    Image cells = TestImages.blobs(128, 1);
    assertThat(Png.encode(cells)).hasSizeLessThan(128 * 128 * 3 / 3);
  }

  @Test
  void whatRepeatsIsPackedByItsRepeats() {
    short[] samples = new short[160_000];
    for (int row = 0; row < samples.length; row += 400) {
      Arrays.fill(samples, row + 200, row + 400, (short) 255);
    }
    Image halves = new Image(400, 400, 1, 8, samples);
    // Frequencies alone take a bit for each byte.
    assertThat(Png.encode(halves)).hasSizeLessThan(160_000 / 8 / 10);
  }

  @Test
  void grainIsPackedByItsFrequencies() {
    short[] samples = new short[128 * 128 * 3];
    Random random = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(128 + 4 * random.nextGaussian());
    }
    Image grain = new Image(128, 128, 3, 8, samples);
    byte[] file = Png.encode(grain);
    assertThat(ImageFiles.decode(file, "x", DecodingLimits.DEFAULT)).isEqualTo(grain);
    // A normal distribution has 4.05 bits at a spread of 4, and 4.55 at the root of two times that.
    assertThat(file).hasSizeBetween(128 * 128 * 3 / 2, 128 * 128 * 3 * 46 / 80);
  }

  @Test
  void carriesTextInTheOrderOfItsKeywords() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("Software", "inoculum test");
    text.put("Comment", "жёлтая клетка");
    byte[] file = Png.encode(TestImages.waves(4, 4, 1), text);
    String readable = new String(file, StandardCharsets.UTF_8);
    assertThat(readable)
        .containsSubsequence(
            "iTXtComment\0", "жёлтая клетка", "tEXtSoftware\0inoculum test", "IDAT");
    assertThat(ImageFiles.decode(file, "x", DecodingLimits.DEFAULT))
        .isEqualTo(TestImages.waves(4, 4, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.encode(TestImages.waves(4, 4, 1), Map.of("", "x")));
  }
}
