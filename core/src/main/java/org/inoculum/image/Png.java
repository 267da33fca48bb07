package org.inoculum.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Images as PNG files (ISO/IEC 15948): grey or RGB, 8 or 16 bits, not interlaced. The same image
 * gives the same bytes; there is no time stamp. Rows are filtered by the least sum of absolute
 * differences (section 12.7). Grain repeats nothing, so looking for repeats makes an image with a
 * camera's grain larger and takes ten times as long (docs/explanation/performance.md): differences
 * are packed by their frequencies alone, and by deflate's default way too only where they say
 * little.
 */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  /** Packed to less than this share, an image has large parts of one value, which repeat. */
  private static final double FLAT = 0.25;

  private Png() {}

  /** The image as a file. */
  public static byte[] encode(Image image) {
    return encode(image, Map.of());
  }

  /**
   * The image as a file that also says how it was made.
   *
   * @param text keyword (1..79 printable ASCII characters) to text; written in the order of the
   *     keywords, because that of {@link Map#of} is another in each process
   */
  public static byte[] encode(Image image, Map<String, String> text) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.width()).putInt(image.height());
    header.put((byte) image.bitDepth()).put((byte) (image.channels() == 1 ? 0 : 2));
    writeChunk(file, "IHDR", header.array());
    new TreeMap<>(text).forEach((keyword, value) -> writeText(file, keyword, value));
    writeChunk(file, "IDAT", packed(filteredRows(image)));
    writeChunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void writeText(ByteArrayOutputStream file, String keyword, String value) {
    if (keyword.isEmpty()
        || keyword.length() > 79
        || !keyword.chars().allMatch(c -> c >= ' ' && c <= '~')
        || !keyword.equals(keyword.strip())) {
      throw new IllegalArgumentException("not a PNG keyword: '" + keyword + "'");
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(keyword.getBytes(StandardCharsets.US_ASCII));
    content.write(0);
    if (value.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'))) {
      content.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
      writeChunk(file, "tEXt", content.toByteArray());
    } else {
      // Not compressed, no language, no translated keyword.
      content.writeBytes(new byte[4]);
      content.writeBytes(value.getBytes(StandardCharsets.UTF_8));
      writeChunk(file, "iTXt", content.toByteArray());
    }
  }

  private static void writeChunk(ByteArrayOutputStream file, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(name);
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** Each row as its filter's number (0 none, 1 sub, 2 up, 3 average, 4 Paeth) and its bytes. */
  private static byte[] filteredRows(Image image) {
    int pixelBytes = image.channels() * image.bitDepth() / 8;
    int rowBytes = Math.multiplyExact(image.width(), pixelBytes);
    byte[] filtered = new byte[Math.multiplyExact(rowBytes + 1, image.height())];
    byte[] above = new byte[rowBytes];
    byte[] row = new byte[rowBytes];
    byte[] candidate = new byte[rowBytes];
    for (int y = 0; y < image.height(); y++) {
      packRow(image, y, row);
      int start = y * (rowBytes + 1);
      long least = Long.MAX_VALUE;
      for (int filter = 0; filter <= 4; filter++) {
        long sum = filter(filter, row, above, pixelBytes, candidate);
        if (sum < least) {
          least = sum;
          filtered[start] = (byte) filter;
          System.arraycopy(candidate, 0, filtered, start + 1, rowBytes);
        }
      }
      byte[] spare = above;
      above = row;
      row = spare;
    }
    return filtered;
  }

  private static void packRow(Image image, int y, byte[] row) {
    int to = 0;
    for (int x = 0; x < image.width(); x++) {
      for (int c = 0; c < image.channels(); c++) {
        int sample = image.sample(x, y, c);
        if (image.bitDepth() == 16) {
          row[to++] = (byte) (sample >> 8);
        }
        row[to++] = (byte) sample;
      }
    }
  }

  /** Fills {@code to} with the row's differences and returns the sum of their absolute values. */
  private static long filter(int filter, byte[] row, byte[] above, int pixelBytes, byte[] to) {
    for (int i = 0; i < pixelBytes; i++) { // nothing is to the left
      int up = above[i] & 0xFF;
      to[i] =
          switch (filter) {
            case 2, 4 -> (byte) (row[i] - up);
            case 3 -> (byte) (row[i] - up / 2);
            default -> row[i];
          };
    }
    // A loop for each: a choice at every byte takes longer than the differences.
    switch (filter) {
      case 1 -> {
        for (int i = pixelBytes; i < row.length; i++) {
          to[i] = (byte) (row[i] - row[i - pixelBytes]);
        }
      }
      case 2 -> {
        for (int i = pixelBytes; i < row.length; i++) {
          to[i] = (byte) (row[i] - above[i]);
        }
      }
      case 3 -> {
        for (int i = pixelBytes; i < row.length; i++) {
          to[i] = (byte) (row[i] - ((row[i - pixelBytes] & 0xFF) + (above[i] & 0xFF)) / 2);
        }
      }
      case 4 -> {
        for (int i = pixelBytes; i < row.length; i++) {
          int left = row[i - pixelBytes] & 0xFF;
          to[i] = (byte) (row[i] - paeth(left, above[i] & 0xFF, above[i - pixelBytes] & 0xFF));
        }
      }
      default -> System.arraycopy(row, pixelBytes, to, pixelBytes, row.length - pixelBytes);
    }
    int sum = 0;
    for (byte difference : to) {
      sum += Math.abs(difference);
    }
    return sum;
  }

  private static int paeth(int left, int up, int upLeft) {
    int estimate = left + up - upLeft;
    int toLeft = Math.abs(estimate - left);
    int toUp = Math.abs(estimate - up);
    int toUpLeft = Math.abs(estimate - upLeft);
    if (toLeft <= toUp && toLeft <= toUpLeft) {
      return left;
    }
    return toUp <= toUpLeft ? up : upLeft;
  }

  private static byte[] packed(byte[] content) {
    byte[] byFrequency = deflated(content, Deflater.HUFFMAN_ONLY);
    if (byFrequency.length > FLAT * content.length) {
      return byFrequency;
    }
    byte[] byRepeats = deflated(content, Deflater.DEFAULT_STRATEGY);
    return byRepeats.length < byFrequency.length ? byRepeats : byFrequency;
  }

  private static byte[] deflated(byte[] content, int strategy) {
    Deflater deflater = new Deflater();
    try {
      deflater.setStrategy(strategy);
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
