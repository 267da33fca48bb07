package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.image.PngFixture.bytes;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes out is what the file stores, sample by sample. */
class ImageFilesTest {
  @Test
  void greyValuesStayAsTheyAre() {
    // The JDK's getRGB turns 100 into 168 by a gamma that nobody asked for.
    Image image = decode(new PngFixture(3, 2, 8, 0).rows(0, 100, 0, 255, 0, 1, 2, 3).end());
    assertThat(image).isEqualTo(grey(3, 2, 8, 100, 0, 255, 1, 2, 3));
  }

  @Test
  void sixteenBitsAreExact() {
    Image image =
        decode(new PngFixture(2, 2, 16, 0).rows(0, 0, 1, 255, 254, 0, 0x12, 0x34, 0x80, 0).end());
    assertThat(image).isEqualTo(grey(2, 2, 16, 1, 65534, 0x1234, 0x8000));
    for (int channels : new int[] {1, 3}) {
      Image noise = TestImages.noise(33, 21, channels, 16, 5);
      assertThat(decode(Png.encode(noise))).isEqualTo(noise);
    }
  }

  @Test
  void fewerBitsAreSpreadOverTheFullRange() {
    assertThat(decode(new PngFixture(4, 2, 1, 0).rows(0, 0b01010000, 0, 0b11000000).end()))
        .isEqualTo(grey(4, 2, 8, 0, 255, 0, 255, 255, 255, 0, 0));
    assertThat(decode(new PngFixture(4, 2, 2, 0).rows(0, 0b00011011, 0, 0).end()))
        .isEqualTo(grey(4, 2, 8, 0, 85, 170, 255, 0, 0, 0, 0));
    assertThat(decode(new PngFixture(2, 2, 4, 0).rows(0, 0x0F, 0, 0x18).end()))
        .isEqualTo(grey(2, 2, 8, 0, 255, 17, 136));
  }

  @Test
  void paletteBecomesRgbAndTransparencyWhite() {
    byte[] colours = bytes(10, 20, 30, 200, 100, 0, 0, 0, 0, 50, 50, 50);
    Image image =
        decode(
            new PngFixture(2, 2, 2, 3)
                .chunk("PLTE", colours)
                .chunk("tRNS", bytes(255, 255, 0))
                .rows(0, 0b00010000, 0, 0b10110000)
                .end());
    assertThat(image).isEqualTo(rgb(2, 2, 8, 10, 20, 30, 200, 100, 0, 255, 255, 255, 50, 50, 50));
    Image eight =
        decode(new PngFixture(2, 2, 8, 3).chunk("PLTE", colours).rows(0, 3, 2, 0, 1, 0).end());
    assertThat(eight).isEqualTo(rgb(2, 2, 8, 50, 50, 50, 0, 0, 0, 200, 100, 0, 10, 20, 30));
  }

  @Test
  void opaqueAlphaChangesNothingAndTheRestLiesOnWhite() {
    Image greyAlpha =
        decode(new PngFixture(2, 2, 8, 4).rows(0, 100, 255, 7, 255, 0, 100, 0, 0, 51).end());
    assertThat(greyAlpha).isEqualTo(grey(2, 2, 8, 100, 7, 255, 204));
    Image rgba =
        decode(
            new PngFixture(2, 2, 8, 6)
                .rows(0, 1, 2, 3, 255, 9, 9, 9, 0, 0, 0, 100, 200, 255, 255, 0, 0, 51)
                .end());
    assertThat(rgba).isEqualTo(rgb(2, 2, 8, 1, 2, 3, 255, 255, 255, 0, 100, 200, 255, 204, 204));
    Image wide =
        decode(
            new PngFixture(2, 2, 16, 4)
                .rows(
                    0, 0x12, 0x34, 255, 255, 0, 0, 0, 0, //
                    0, 0xFF, 0xFE, 255, 255, 0, 1, 255, 255)
                .end());
    assertThat(wide).isEqualTo(grey(2, 2, 16, 0x1234, 65535, 65534, 1));
  }

  @Test
  void oneTransparentColourLiesOnWhite() {
    assertThat(
            decode(
                new PngFixture(2, 2, 8, 0).chunk("tRNS", bytes(0, 9)).rows(0, 9, 8, 0, 7, 9).end()))
        .isEqualTo(grey(2, 2, 8, 255, 8, 7, 255));
    assertThat(
            decode(
                new PngFixture(2, 2, 4, 0).chunk("tRNS", bytes(0, 1)).rows(0, 0x12, 0, 0x31).end()))
        .isEqualTo(grey(2, 2, 8, 255, 34, 51, 255));
    assertThat(
            decode(
                new PngFixture(2, 2, 8, 2)
                    .chunk("tRNS", bytes(0, 1, 0, 2, 0, 3))
                    .rows(0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 1, 2, 3)
                    .end()))
        .isEqualTo(rgb(2, 2, 8, 255, 255, 255, 4, 5, 6, 7, 8, 9, 255, 255, 255));
  }

  @Test
  void interlacedRowsAreSortedOut() {
    // Adam7 of 2 x 2: pass 1 has (0, 0), pass 6 (1, 0), pass 7 the second row.
    byte[] interlaced = new PngFixture(2, 2, 8, 0, 1).rows(0, 10, 0, 20, 0, 30, 40).end();
    assertThat(decode(interlaced)).isEqualTo(grey(2, 2, 8, 10, 20, 30, 40));
  }

  @Test
  void textAndProfilesAreNotLookedAt() {
    byte[] file =
        new PngFixture(2, 2, 8, 0)
            .chunk("gAMA", bytes(0, 0, 0xB1, 0x8F))
            .chunk("iCCP", bytes('x', 0, 0, 1, 2, 3))
            .chunk("zTXt", bytes('y', 0, 0, 9, 9))
            .rows(0, 1, 2, 0, 3, 4)
            .chunk("tEXt", bytes('z', 0, 'a'))
            .end();
    assertThat(decode(file)).isEqualTo(grey(2, 2, 8, 1, 2, 3, 4));
  }

  @Test
  void jpegIsReadInItsOwnColours() throws IOException {
    Image grey = flat(16, 1, 100);
    assertThat(decode(TestImages.jpeg(grey, 1, false))).isEqualTo(grey);
    for (boolean progressive : new boolean[] {false, true}) {
      Image cells = TestImages.blobs(40, 3);
      Image read = decode(TestImages.jpeg(cells, 1, progressive));
      assertThat(read.channels()).isEqualTo(3);
      assertThat(largestDifference(read, cells)).isLessThan(20);
    }
  }

  /** Where the image's top left sample ends up upright; numbers of CIPA DC-008, table 9. */
  @ParameterizedTest
  @CsvSource({"1,0,0", "2,31,0", "3,31,23", "4,0,23", "5,0,0", "6,23,0", "7,23,31", "8,0,31"})
  void exifOrientationIsApplied(int orientation, int x, int y) throws IOException {
    short[] samples = new short[32 * 24];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (i % 32 < 8 && i / 32 < 8 ? 20 : 220);
    }
    byte[] plain = TestImages.jpeg(new Image(32, 24, 1, 8, samples), 1, false);
    Image image = decode(withOrientation(plain, orientation));
    assertThat(image.width()).isEqualTo(orientation < 5 ? 32 : 24);
    assertThat(image.sample(x, y, 0)).isLessThan(40);
    assertThat(image.sample(image.width() - 1 - x, image.height() - 1 - y, 0)).isGreaterThan(200);
  }

  @Test
  void headerTellsWhatTheFileStores() throws IOException {
    java.nio.file.Path folder = java.nio.file.Files.createTempDirectory("header");
    java.nio.file.Path file = folder.resolve("a.jpg");
    java.nio.file.Files.write(file, new PngFixture(7, 9, 4, 3).soFar());
    assertThat(ImageFiles.header(file, DecodingLimits.DEFAULT))
        .isEqualTo(new ImageHeader("png", 7, 9, ImageHeader.Mode.RGB, 4));
    java.nio.file.Files.write(file, TestImages.jpeg(TestImages.blobs(20, 1), 0.9f, true));
    assertThat(ImageFiles.header(file, DecodingLimits.DEFAULT))
        .isEqualTo(new ImageHeader("jpeg", 20, 20, ImageHeader.Mode.RGB, 8));
    java.nio.file.Files.delete(file);
    java.nio.file.Files.delete(folder);
  }

  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif =
        bytes(
            0xFF,
            0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1, //
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            orientation,
            0,
            0,
            0,
            0,
            0,
            0);
    byte[] joined = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, joined, 0, 2);
    System.arraycopy(exif, 0, joined, 2, exif.length);
    System.arraycopy(jpeg, 2, joined, 2 + exif.length, jpeg.length - 2);
    return joined;
  }

  private static int largestDifference(Image a, Image b) {
    short[] left = a.samples();
    short[] right = b.samples();
    int largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }

  private static Image flat(int size, int channels, int value) {
    short[] samples = new short[size * size * channels];
    java.util.Arrays.fill(samples, (short) value);
    return new Image(size, size, channels, 8, samples);
  }

  private static Image decode(byte[] file) {
    return ImageFiles.decode(file, "test.png", DecodingLimits.DEFAULT);
  }

  private static Image grey(int width, int height, int bitDepth, int... samples) {
    return image(width, height, 1, bitDepth, samples);
  }

  private static Image rgb(int width, int height, int bitDepth, int... samples) {
    return image(width, height, 3, bitDepth, samples);
  }

  private static Image image(int width, int height, int channels, int bitDepth, int... samples) {
    short[] values = new short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      values[i] = (short) samples[i];
    }
    return new Image(width, height, channels, bitDepth, values);
  }
}
