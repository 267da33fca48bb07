package org.inoculum.image;

import java.io.IOException;

/** Numbers in a TIFF's bytes; one that lies outside of the file is an error. */
final class TiffBytes {
  private final byte[] content;
  private final boolean littleEndian;

  TiffBytes(byte[] content, boolean littleEndian) {
    this.content = content;
    this.littleEndian = littleEndian;
  }

  byte[] content() {
    return content;
  }

  boolean littleEndian() {
    return littleEndian;
  }

  /** An unsigned number of 1, 2 or 4 bytes, or one of 8 bytes that must fit a long. */
  long unsigned(long at, int bytes) throws IOException {
    checkInside(at, bytes);
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      int from = (int) at + (littleEndian ? bytes - 1 - i : i);
      number = number << 8 | (content[from] & 0xFF);
    }
    if (number < 0) {
      throw new IOException("the number at byte " + at + " is too large");
    }
    return number;
  }

  void checkInside(long at, long bytes) throws IOException {
    if (at < 0 || bytes < 0 || at > content.length || bytes > content.length - at) {
      throw new IOException(
          "the file ends too early: bytes " + at + " to " + (at + bytes) + " are not there");
    }
  }
}
