package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inoculum.image.PngFixture.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No file crashes, hangs or exhausts memory; each bad one is named with what is wrong. */
class HostileImagesTest {
  @TempDir Path folder;

  @Test
  void textNamedLikeAnImageIsNotOne() throws IOException {
    assertRefused("broken.png", "hello".getBytes(StandardCharsets.US_ASCII))
        .hasMessage(
            folder.resolve("broken.png")
                + ": not a PNG, JPEG or TIFF image (starts with 68 65 6c 6c)");
    assertRefused("short.jpg", bytes(0xFF, 0xD8)).hasMessageContaining("starts with ff d8)");
    assertRefused("empty.png", new byte[0]).hasMessageContaining("the file is empty");
    assertRefused("cells.png", bytes('I', 'I', 42, 0, 8, 0, 0, 0))
        .hasMessageContaining("truncated or damaged TIFF");
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    Path missing = folder.resolve("missing.png");
    assertThatThrownBy(() -> ImageFiles.read(missing, DecodingLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> ImageFiles.read(folder, DecodingLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void hugePngIsRefusedByItsHeader() throws IOException {
    byte[] header = new PngFixture(30000, 30000, 8, 2).soFar();
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(1),
        () ->
            assertRefused("x.png", header)
                .hasMessageContaining(
                    "x.png is 30000 x 30000 (900.0 million pixels), over the limit of 100.0"));
    assertRefused("y.png", new PngFixture(Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 6).soFar())
        .hasMessageContaining("over the limit");
    assertRefused("z.png", new PngFixture(-1, 5, 8, 0).soFar())
        .hasMessageContaining("4294967295 x 5");
  }

  @Test
  void aFewBytesCannotClaimManyPixels() throws IOException {
    // Just under the limit of pixels: 300 MB that must not be allocated for 100 bytes.
    assertRefused("x.png", new PngFixture(10000, 10000, 8, 2).rows(0, 1, 2).end())
        .hasMessageContaining("would unpack to");
    byte[] jpeg = TestImages.jpeg(TestImages.blobs(16, 1), 0.8f, false);
    int frame = indexOf(jpeg, 0xFF, 0xC0);
    jpeg[frame + 5] = 0x27;
    jpeg[frame + 7] = 0x27;
    assertRefused("x.jpg", jpeg).hasMessageContaining("would unpack to");
  }

  @Test
  void onePixelAndLongFilesAreRefused() throws IOException {
    assertRefused("dot.png", new PngFixture(1, 1, 8, 0).rows(0, 9).end())
        .hasMessageContaining("dot.png is 1 x 1 pixels, but each side must be at least 2");
    Path file = Files.write(folder.resolve("a.png"), Png.encode(TestImages.waves(9, 9, 3)));
    assertThatThrownBy(() -> ImageFiles.read(file, new DecodingLimits(100, 2, 50)))
        .hasMessageContaining("a.png has ")
        .hasMessageContaining("over the limit of 50");
    assertThatThrownBy(() -> ImageFiles.read(file, new DecodingLimits(80, 2, 5000)))
        .hasMessageContaining("a.png is 9 x 9");
  }

  @Test
  void losslessAndTwelveBitsAreNamed() throws IOException {
    byte[] jpeg = TestImages.jpeg(TestImages.blobs(16, 1), 0.8f, false);
    int frame = indexOf(jpeg, 0xFF, 0xC0);
    byte[] lossless = jpeg.clone();
    lossless[frame + 1] = (byte) 0xC3;
    assertRefused("l.jpg", lossless).hasMessageContaining("lossless or arithmetic");
    byte[] twelve = jpeg.clone();
    twelve[frame + 4] = 12;
    assertRefused("t.jpg", twelve).hasMessageContaining("12 bits");
  }

  @Test
  void aPngCutShortAnywhereIsAnError() {
    byte[] whole = Png.encode(TestImages.waves(24, 20, 3));
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("cut");
    }
  }

  @Test
  void aPngWhosePixelDataEndsEarlyIsAnErrorThoughItsChunksAreWhole() {
    byte[] rows = new byte[21 * 20];
    byte[] packed = PngFixture.deflated(rows);
    byte[] half = PngFixture.deflated(Arrays.copyOf(rows, rows.length / 2));
    for (byte[] data : List.of(half, Arrays.copyOf(packed, packed.length / 2))) {
      byte[] file = new PngFixture(20, 20, 8, 0).chunk("IDAT", data).end();
      assertThatThrownBy(() -> decode(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("truncated or damaged PNG");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJpegCutShortAnywhereIsAnError(boolean progressive) throws IOException {
    byte[] whole = TestImages.jpeg(TestImages.blobs(40, 7), 0.8f, progressive);
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("cut");
    }
  }

  @Test
  void aJpegWithAnEndButHalfItsDataIsAnError() throws IOException {
    byte[] whole = TestImages.jpeg(TestImages.blobs(64, 7), 0.9f, false);
    byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertThatThrownBy(() -> decode(cut)).hasMessageContaining("truncated or damaged JPEG");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    return assertThatThrownBy(() -> ImageFiles.read(file, DecodingLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(name);
  }

  private static Image decode(byte[] file) {
    return ImageFiles.decode(file, "cut", DecodingLimits.DEFAULT);
  }

  private static int indexOf(byte[] bytes, int first, int second) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == (byte) first && bytes[i + 1] == (byte) second) {
        return i;
      }
    }
    throw new AssertionError("no such marker");
  }
}
