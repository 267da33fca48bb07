package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.image.PngFixture.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.inoculum.Sizes;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

/**
 * Test 9 of docs/explanation/reliability.md: of files that were damaged at random each is read or
 * refused by the one typed error, without a hang and within a heap of 512 MB.
 */
class MutatedImagesTest {
  /** A file takes about a millisecond; the limit of 2 s is there for those that hang. */
  private static final double MOST_CPU_SECONDS = 2;

  private static final double MOST_MEBIBYTES = 400;

  /** Numbers at which sizes and offsets go wrong. */
  private static final int[] EDGES = {
    0,
    1,
    2,
    7,
    8,
    9,
    15,
    17,
    31,
    33,
    64,
    255,
    256,
    257,
    4095,
    65_535,
    65_536,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2,
    -8
  };

  private static final PlaneChoice[] CHOICES = {
    PlaneChoice.ONLY,
    new PlaneChoice(null, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(1)),
    new PlaneChoice("2", OptionalInt.of(2), OptionalInt.empty(), OptionalInt.empty()),
  };

  @Test
  void mutatedFilesAreReadOrRefused() throws IOException {
    List<byte[]> seeds = seeds();
    int files = Sizes.of(10_000, 1_000_000);
    int[] read = new int[1];
    for (int i = 0; i < files; i++) {
      byte[] mutated = mutated(seeds.get(i % seeds.size()), i);
      PlaneChoice choice = CHOICES[i / seeds.size() % CHOICES.length];
      String name = "file " + i;
      Effort effort =
          Effort.of(
              () -> {
                try {
                  ImageFiles.decode(mutated, name, DecodingLimits.DEFAULT, choice);
                  read[0]++;
                } catch (UserException e) {
                  assertThat(e.kind()).as(name).isEqualTo(UserException.Kind.BAD_DATA);
                  assertThat(e).hasMessageStartingWith(name).message().doesNotContain("\n");
                } catch (Throwable e) {
                  throw new AssertionError(name + " is neither read nor refused", e);
                }
              });
      assertThat(effort.cpuSeconds()).as(name).isLessThan(MOST_CPU_SECONDS);
      assertThat(effort.allocatedMebibytes()).as(name).isLessThan(MOST_MEBIBYTES);
    }
    // Not all are refused by the first check, nor are all whole.
    assertThat(read[0]).isBetween(files / 20, files * 19 / 20);
  }

  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(Png.encode(TestImages.waves(12, 9, 1)));
    seeds.add(Png.encode(TestImages.noise(9, 12, 3, 16, 1)));
    seeds.add(new PngFixture(8, 3, 1, 0).rows(0, 1, 0, 2, 0, 3).end());
    seeds.add(
        new PngFixture(4, 2, 2, 3)
            .chunk("PLTE", bytes(1, 2, 3, 4, 5, 6, 7, 8, 9))
            .chunk("tRNS", bytes(1, 2))
            .rows(0, 9, 1, 3)
            .end());
    seeds.add(TestImages.jpeg(TestImages.blobs(24, 2), 0.7f, false));
    seeds.add(TestImages.jpeg(TestImages.blobs(24, 2), 0.7f, true));
    seeds.add(TestImages.jpeg(TestImages.waves(17, 9, 1), 0.7f, false));
    for (TiffFixture fixture : TiffTest.layouts()) {
      seeds.add(fixture.bytes());
    }
    for (int tile : new int[] {0, 16}) {
      TiffFixture jpeg = new TiffFixture(20, 18);
      jpeg.compression = 7;
      jpeg.tile = tile;
      seeds.add(jpeg.page(1).bytes());
    }
    for (boolean big : new boolean[] {false, true}) {
      TiffFixture stack = new TiffFixture(8, 6);
      stack.big = big;
      stack.bits = 16;
      for (int i = 0; i < 6; i++) {
        stack.page(i);
      }
      stack.description = "ImageJ=1.54f\nimages=6\nchannels=2\nslices=3\nhyperstack=true\n";
      seeds.add(stack.bytes());
      stack.description =
          "<OME><Image><Pixels DimensionOrder=\"XYZCT\" SizeC=\"2\" SizeZ=\"3\" SizeT=\"1\">"
              + "<TiffData/></Pixels></Image></OME>";
      seeds.add(stack.bytes());
    }
    return seeds;
  }

  /**
   * A few bytes or numbers changed, removed or doubled; checksums of PNG are put right for half.
   */
  private static byte[] mutated(byte[] seed, int index) {
    RandomStream random = RandomStream.of(3, Purpose.CHECKING, index);
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + 5);
          System.arraycopy(bytes, at, longer, at + 5, bytes.length - at);
          bytes = longer;
        }
        default -> edge(bytes, at, random);
      }
    }
    return random.nextInt(2) == 0 ? bytes : withRightChecksums(bytes);
  }

  /** Writes an edge as 2 or 4 bytes; in TIFF mostly over a value of its directory. */
  private static void edge(byte[] bytes, int anywhere, RandomStream random) {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes)
            .order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int at = anywhere;
    if (bytes.length > 12 && (bytes[0] == 'I' || bytes[0] == 'M') && random.nextInt(4) > 0) {
      int directory = buffer.getInt(4);
      if (directory > 0 && directory < bytes.length) {
        at = Math.min(bytes.length - 1, directory + 2 + 4 * random.nextInt(60));
      }
    }
    int value = EDGES[random.nextInt(EDGES.length)];
    if (random.nextInt(2) == 0 && at + 4 <= bytes.length) {
      buffer.putInt(at, value);
    } else if (at + 2 <= bytes.length) {
      buffer.putShort(at, (short) value);
    }
  }

  private static byte[] withRightChecksums(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file.clone());
    int at = 8;
    while (file[0] == (byte) 0x89 && at + 12 <= file.length) {
      long length = buffer.getInt(at) & 0xFFFFFFFFL;
      if (length > file.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(buffer.array(), at + 4, 4 + (int) length);
      buffer.putInt(at + 8 + (int) length, (int) crc.getValue());
      at += 12 + (int) length;
    }
    return buffer.array();
  }
}
