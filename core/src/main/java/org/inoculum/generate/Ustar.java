package org.inoculum.generate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Files in a tar (POSIX 1003.1, "ustar"), with fixed times and owners: the same files give the same
 * bytes.
 */
public final class Ustar {
  private static final byte[] END = new byte[1024];

  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final long LARGEST = (1L << 33) - 1;

  private Ustar() {}

  /** What a tar ends with: two blocks of zeros. */
  public static byte[] end() {
    return END.clone();
  }

  /** Header, content and padding of one file; the name is ASCII of at most 100 characters. */
  public static byte[] entry(String name, byte[] content) {
    byte[] header = new byte[BLOCK];
    if (name.length() > NAME || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("not a name for a tar: " + name);
    }
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0"); // owner
    put(header, 116, "0000000\0"); // group
    put(header, 124, octal(content.length) + "\0");
    put(header, 136, octal(0) + "\0"); // 1970
    put(header, 148, " ".repeat(8)); // the checksum counts as blanks
    header[156] = '0';
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xFF;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
    ByteArrayOutputStream entry = new ByteArrayOutputStream(2 * BLOCK + content.length);
    entry.writeBytes(header);
    entry.writeBytes(content);
    entry.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return entry.toByteArray();
  }

  /**
   * The content of the next file of such a name in a tar that {@link #entry} wrote; null where
   * there is none any more.
   */
  public static byte @Nullable [] next(InputStream tar, String name) throws IOException {
    while (true) {
      byte[] header = tar.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        return null;
      }
      int end = 0;
      while (end < NAME && header[end] != 0) {
        end++;
      }
      String found = new String(header, 0, end, StandardCharsets.US_ASCII);
      long size = Long.parseLong(new String(header, 124, 11, StandardCharsets.US_ASCII), 8);
      long padding = (BLOCK - size % BLOCK) % BLOCK;
      if (found.equals(name)) {
        byte[] content = tar.readNBytes((int) Math.min(size, Integer.MAX_VALUE - 8));
        tar.skipNBytes(padding);
        return content;
      }
      tar.skipNBytes(size + padding);
    }
  }

  private static String octal(long number) {
    if (number > LARGEST) {
      throw new IllegalArgumentException(number + " bytes are too many for a tar");
    }
    return String.format(Locale.ROOT, "%011o", number);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
