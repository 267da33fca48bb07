package org.inoculum.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inoculum.image.PngFixture.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 10 of docs/explanation/reliability.md: small files that claim to be large, or to be endless,
 * are refused within a second and 64 MB of heap beyond their own bytes, and the limit is named.
 */
class ImageBombsTest {
  private static final double MOST_CPU_SECONDS = 1;
  private static final double MOST_MEBIBYTES = 64;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> bombsAreRefused() throws IOException {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    pngs(bombs);
    jpegs(bombs);
    tiffs(bombs);
    stacks(bombs);
    assertThat(bombs).hasSizeGreaterThanOrEqualTo(30);
    return bombs.entrySet().stream()
        .map(bomb -> DynamicTest.dynamicTest(bomb.getKey(), () -> refused(bomb)));
  }

  /** The key is what the message must say. */
  private void refused(Map.Entry<String, byte[]> bomb) throws IOException {
    Path file = Files.write(folder.resolve("bomb"), bomb.getValue());
    Effort effort =
        Effort.of(
            () ->
                assertThatThrownBy(() -> ImageFiles.read(file, DecodingLimits.DEFAULT))
                    .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining(bomb.getKey().replaceAll(" #.*", "")));
    assertThat(effort.cpuSeconds()).isLessThan(MOST_CPU_SECONDS);
    assertThat(effort.allocatedMebibytes())
        .isLessThan(MOST_MEBIBYTES + bomb.getValue().length / (double) (1 << 20));
  }

  private static void pngs(Map<String, byte[]> bombs) {
    bombs.put("--max-pixels #png 65535", new PngFixture(65_535, 65_535, 8, 6).soFar());
    bombs.put("--max-pixels #png 2^31", new PngFixture(0x7FFFFFFF, 0x7FFFFFFF, 16, 6).soFar());
    bombs.put("4294967295", new PngFixture(-1, -1, 8, 2).soFar());
    // 100 million grey pixels of zero in 100 kB of deflate.
    bombs.put(
        "--max-decompression-ratio #png",
        new PngFixture(9_999, 9_999, 8, 0)
            .chunk("IDAT", PngFixture.deflated(new byte[10_000 * 9_999]))
            .end());
    bombs.put("would unpack to", new PngFixture(10_000, 10_000, 8, 2).rows(0, 1, 2).end());
    bombs.put(
        "--max-metadata-bytes #text",
        new PngFixture(8, 8, 8, 0).chunk("tEXt", new byte[64 << 20]).rows(new int[72]).end());
    PngFixture many = new PngFixture(8, 8, 8, 0);
    for (int i = 0; i < 17; i++) {
      many.chunk("zTXt", new byte[1 << 20]);
    }
    bombs.put("--max-metadata-bytes #texts", many.rows(new int[72]).end());
    bombs.put(
        "--max-metadata-bytes #profile",
        new PngFixture(8, 8, 8, 0).chunk("iCCP", new byte[20 << 20]).rows(new int[72]).end());
  }

  private static void jpegs(Map<String, byte[]> bombs) throws IOException {
    byte[] whole = TestImages.jpeg(TestImages.blobs(16, 1), 0.8f, false);
    bombs.put("--max-pixels #jpeg", sized(whole, 0xC0, 65_535));
    bombs.put("--max-decompression-ratio #jpeg", sized(whole, 0xC0, 9_999));
    byte[] progressive = TestImages.jpeg(TestImages.blobs(16, 1), 0.8f, true);
    bombs.put("--max-decompression-ratio #progressive", sized(progressive, 0xC2, 9_999));
    int scan = indexOf(progressive, 0xDA);
    ByteArrayOutputStream scans = new ByteArrayOutputStream();
    scans.write(progressive, 0, scan);
    for (int i = 0; i < 5000; i++) {
      scans.writeBytes(bytes(0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0));
    }
    scans.write(progressive, scan, progressive.length - scan);
    bombs.put("more than 200 scans", scans.toByteArray());
  }

  private static void tiffs(Map<String, byte[]> bombs) {
    TiffFixture page = new TiffFixture(4, 3).page(1);
    bombs.put("--max-pixels #tiff wide", with(page, 256, 8, 0x7FFFFFFF));
    bombs.put("--max-pixels #tiff high", with(page, 257, 8, 0x7FFFFFFF));
    byte[] both = with(page, 256, 8, 0x7FFFFFFF);
    TiffTest.setEntry(both, 257, 8, 0x7FFFFFFF);
    bombs.put("--max-pixels #tiff 2^62", both);
    bombs.put("more than the file holds", with(page, 273, 4, 0xFFFFFFFF));
    bombs.put("more than the file holds #bits", with(page, 258, 4, 0xFFFFFFFF));
    TiffFixture tiled = new TiffFixture(40, 30);
    tiled.tile = 16;
    byte[] tile = with(tiled.page(1), 322, 8, 0x7FFFFFFF);
    TiffTest.setEntry(tile, 323, 8, 0x7FFFFFFF);
    bombs.put("(its tiles)", tile);
    bombs.put("SamplesPerPixel is", with(page, 277, 8, 65_535));
    for (int compression : new int[] {1, 5, 8, 32_773}) {
      TiffFixture packed = new TiffFixture(4, 3);
      packed.compression = compression;
      byte[] large = with(packed.page(1), 256, 8, 9_999);
      TiffTest.setEntry(large, 257, 8, 9_999);
      bombs.put("--max-decompression-ratio #tiff " + compression, large);
    }
    // A strip that unpacks a thousand times its size: what follows the image is not unpacked.
    bombs.put(
        "--max-decompression-ratio #deflate", zeros(8, PngFixture.deflated(new byte[6000 * 6000])));
    bombs.put("a directory of 0 tags", header(8, 0));
    bombs.put("a directory of 65535 tags", header(8, 0xFFFF));
    bombs.put("the file ends too early #far", header(0x7FFFFFF0, 1));
    bombs.put("too early #past", header(-16, 1));
    bombs.put("a directory of 4294967296 tags", bigHeader(16));
    bombs.put("is too large", bigHeader(-8));
  }

  private static void stacks(Map<String, byte[]> bombs) {
    byte[] circle = new TiffFixture(4, 3).page(1).page(2).bytes();
    ByteBuffer little = ByteBuffer.wrap(circle).order(ByteOrder.LITTLE_ENDIAN);
    int first = little.getInt(4);
    little.putInt(first + 2 + 12 * little.getShort(first), first);
    bombs.put("form a circle", circle);
    bombs.put("overlap", overlapping());
    TiffFixture stack = new TiffFixture(4, 3).page(1);
    stack.description = "x".repeat(17 << 20);
    bombs.put("--max-metadata-bytes #tiff", stack.bytes());
    stack.description = "ImageJ=1.5\nimages=999999\nslices=999999\n";
    bombs.put("choose with --z", stack.bytes());
    stack.description = pixels("SizeZ=\"65536\" SizeC=\"65536\"", "");
    bombs.put("more than 65536 images", stack.bytes());
    stack.description = pixels("SizeZ=\"99999999\"", "");
    bombs.put("SizeZ 99999999", stack.bytes());
    stack.description = pixels("SizeC=\"1\"", "<TiffData PlaneCount=\"1\"/>".repeat(100_000));
    bombs.put("names more than 65536 images", stack.bytes());
    stack.description =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
            + pixels("SizeZ=\"&b;\"", "");
    bombs.put("OME-XML", stack.bytes());
  }

  /** A named limit can be raised: the same file then comes further. */
  @Test
  void limitsAreAdjustable() throws IOException {
    byte[] png = new PngFixture(20_000, 20_000, 8, 0).rows(0, 1, 2).end();
    DecodingLimits more = new DecodingLimits(400_000_000, 2, 1 << 20, 1_000_000_000, 16 << 20);
    assertThatThrownBy(() -> ImageFiles.header(png, "a.png", DecodingLimits.DEFAULT))
        .hasMessageContaining("--max-pixels");
    assertThat(ImageFiles.header(png, "a.png", more).width()).isEqualTo(20_000);
    byte[] text =
        new PngFixture(2, 2, 8, 0).chunk("tEXt", new byte[17 << 20]).rows(0, 1, 2, 0, 3, 4).end();
    Path file = Files.write(folder.resolve("t.png"), text);
    assertThatThrownBy(() -> ImageFiles.read(file, DecodingLimits.DEFAULT))
        .hasMessageContaining("--max-metadata-bytes");
    DecodingLimits texts = new DecodingLimits(100, 2, 1 << 30, 200, 32 << 20);
    assertThat(ImageFiles.read(file, texts).width()).isEqualTo(2);
    assertThatThrownBy(
            () -> ImageFiles.read(file, new DecodingLimits(100, 2, 1 << 20, 200, 32 << 20)))
        .hasMessageContaining("--max-file-bytes");
  }

  private static String pixels(String attributes, String data) {
    return "<OME><Image><Pixels DimensionOrder=\"XYZCT\" "
        + (attributes + ">" + data + "</Pixels></Image></OME>");
  }

  /** A TIFF whose first directory is at an offset and has so many tags. */
  private static byte[] header(int offset, int tags) {
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II".getBytes(US_ASCII)).putShort((short) 42).putInt(offset);
    return file.putShort((short) tags).array();
  }

  /** A BigTIFF whose first directory is at an offset and has 2^32 tags. */
  private static byte[] bigHeader(long offset) {
    ByteBuffer file = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II".getBytes(US_ASCII)).putShort((short) 43).putShort((short) 8).putShort((short) 0);
    return file.putLong(offset).putLong(1L << 32).array();
  }

  /** 4,000 directories of 4,096 tags each, 8 bytes apart: 200 MB of tags in 80 kB. */
  private static byte[] overlapping() {
    int tags = 4096;
    int directories = 4000;
    ByteBuffer file =
        ByteBuffer.allocate(8 + 8 * directories + 12 * tags + 16).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II".getBytes(US_ASCII)).putShort((short) 42).putInt(8);
    for (int i = 0; i < directories; i++) {
      int at = 8 + 8 * i;
      file.putShort(at, (short) tags);
      file.putInt(at + 2 + 12 * tags, i + 1 == directories ? 0 : at + 8);
    }
    return file.array();
  }

  /** 6000 x 6000 grey pixels in one strip. */
  private static byte[] zeros(int compression, byte[] strip) {
    int[][] tags = {
      {256, 6000},
      {257, 6000},
      {258, 8},
      {259, compression},
      {262, 1},
      {273, 0},
      {278, 6000},
      {279, strip.length}
    };
    int start = 8 + 2 + 12 * tags.length + 4;
    ByteBuffer file = ByteBuffer.allocate(start + strip.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II".getBytes(US_ASCII)).putShort((short) 42).putInt(8);
    file.putShort((short) tags.length);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) 4).putInt(1);
      file.putInt(tag[0] == 273 ? start : tag[1]);
    }
    return file.putInt(0).put(strip).array();
  }

  private static byte[] with(TiffFixture fixture, int tag, int at, int value) {
    byte[] file = fixture.bytes();
    TiffTest.setEntry(file, tag, at, value);
    return file;
  }

  private static byte[] sized(byte[] jpeg, int frame, int side) {
    byte[] sized = jpeg.clone();
    int at = indexOf(sized, frame);
    ByteBuffer.wrap(sized).putShort(at + 5, (short) side).putShort(at + 7, (short) side);
    return sized;
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == -1 && (jpeg[i + 1] & 0xFF) == marker) {
        return i;
      }
    }
    throw new AssertionError("no such marker in " + Arrays.toString(jpeg));
  }
}
