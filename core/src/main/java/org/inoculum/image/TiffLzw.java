package org.inoculum.image;

import java.io.IOException;

/**
 * LZW as TIFF packs it (TIFF 6.0, section 13): codes of 9 to 12 bits, most significant bit first,
 * which grow one code early; 256 clears the table and 257 ends the data.
 */
final class TiffLzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST_FREE = 258;
  private static final int TABLE = 4096;

  private TiffLzw() {}

  static void fill(byte[] from, int start, int length, byte[] to) throws IOException {
    if (length >= 2 && from[start] == 0 && (from[start + 1] & 1) == 1) {
      throw new UnsupportedImageException(
          "TIFF with LZW of the kind before 1988 is not read; save it again");
    }
    int[] prefix = new int[TABLE];
    byte[] last = new byte[TABLE];
    int[] lengths = new int[TABLE];
    for (int i = 0; i < CLEAR; i++) {
      last[i] = (byte) i;
      lengths[i] = 1;
    }
    int next = FIRST_FREE;
    int width = 9;
    int previous = -1;
    int filled = 0;
    long bit = 0;
    while (filled < to.length) {
      if (bit + width > 8L * length) {
        throw TiffCompression.endsEarly(filled, to.length);
      }
      int code = code(from, start, bit, width);
      bit += width;
      if (code == END) {
        throw TiffCompression.endsEarly(filled, to.length);
      }
      if (code == CLEAR) {
        next = FIRST_FREE;
        width = 9;
        previous = -1;
        continue;
      }
      if (code > next || (code >= FIRST_FREE && previous < 0) || (code == next && next == TABLE)) {
        throw new IOException("damaged LZW data: code " + code + " before its place");
      }
      if (previous >= 0 && next < TABLE) {
        prefix[next] = previous;
        lengths[next] = lengths[previous] + 1;
        last[next] = first(code == next ? previous : code, prefix, last, lengths);
        next++;
      }
      filled = write(code, prefix, last, lengths, to, filled);
      previous = code;
      width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
    }
  }

  /** Up to 12 bits, from a bit that lies in the data. */
  private static int code(byte[] from, int start, long bit, int width) {
    int at = start + (int) (bit >> 3);
    int window = 0;
    for (int i = 0; i < 3; i++) {
      window = window << 8 | (at + i < from.length ? from[at + i] & 0xFF : 0);
    }
    return window >> (24 - (int) (bit & 7) - width) & ((1 << width) - 1);
  }

  private static byte first(int code, int[] prefix, byte[] last, int[] lengths) {
    int at = code;
    for (int left = lengths[code]; left > 1; left--) {
      at = prefix[at];
    }
    return last[at];
  }

  /** Writes a code's bytes from the last to the first, those that find place. */
  private static int write(
      int code, int[] prefix, byte[] last, int[] lengths, byte[] to, int filled) {
    int at = code;
    for (int i = filled + lengths[code] - 1; i >= filled; i--) {
      if (i < to.length) {
        to[i] = last[at];
      }
      at = prefix[at];
    }
    return Math.min(to.length, filled + lengths[code]);
  }
}
