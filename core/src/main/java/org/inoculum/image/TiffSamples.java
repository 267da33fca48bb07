package org.inoculum.image;

import org.inoculum.image.ImageHeader.SampleKind;

/** Unpacked bytes of a segment as numbers: predictors undone, any bit depth, either byte order. */
final class TiffSamples {
  private final TiffLayout layout;
  private final boolean littleEndian;
  private final int rowBytes;
  private final int stride;

  TiffSamples(TiffLayout layout, boolean littleEndian) {
    this.layout = layout;
    this.littleEndian = littleEndian;
    this.rowBytes = Math.toIntExact(layout.rowBytes());
    this.stride = layout.interleaved();
  }

  /** Undoes the differences that were stored instead of samples, in place. */
  void undoPredictor(byte[] segment) {
    for (int row = 0; row + rowBytes <= segment.length; row += rowBytes) {
      switch (layout.predictor) {
        case 2 -> sumUp(segment, row, layout.bits / 8);
        case 3 -> joinFloats(segment, row);
        default -> {}
      }
    }
  }

  /** The number at a position of a row: pixel x interleaved samples + sample. */
  float value(byte[] segment, int row, int position) {
    int start = row * rowBytes;
    int bits = layout.bits;
    if (bits == 8) {
      int value = segment[start + position];
      return layout.kind == SampleKind.SIGNED ? value : value & 0xFF;
    }
    if (bits % 8 != 0) {
      return packed(segment, start, (long) position * bits, bits);
    }
    int bytes = bits / 8;
    long number = number(segment, start + position * bytes, bytes);
    return switch (layout.kind) {
      case UNSIGNED -> number;
      case SIGNED -> bytes == 2 ? (short) number : (int) number;
      case FLOAT ->
          switch (bytes) {
            case 2 -> half((int) number);
            case 4 -> Float.intBitsToFloat((int) number);
            default -> (float) Double.longBitsToDouble(number);
          };
    };
  }

  private long number(byte[] segment, int at, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | (segment[at + (littleEndian ? bytes - 1 - i : i)] & 0xFF);
    }
    return number;
  }

  /** Bits in the order in which they are written, whatever the byte order of the file. */
  private static float packed(byte[] segment, int start, long firstBit, int bits) {
    long number = 0;
    for (long bit = firstBit; bit < firstBit + bits; bit++) {
      int one = segment[start + (int) (bit >> 3)] >> (7 - (int) (bit & 7)) & 1;
      number = number << 1 | one;
    }
    return number;
  }

  /** TIFF 6.0, section 14: each sample was stored as its difference from the one to the left. */
  private void sumUp(byte[] segment, int row, int bytes) {
    for (int i = stride * bytes; i + bytes <= rowBytes; i += bytes) {
      long sum = number(segment, row + i, bytes) + number(segment, row + i - stride * bytes, bytes);
      for (int k = 0; k < bytes; k++) {
        segment[row + i + (littleEndian ? k : bytes - 1 - k)] = (byte) (sum >> (8 * k));
      }
    }
  }

  /**
   * Adobe's TIFF Technical Note 3: the row's most significant bytes first, then the next ones; of
   * these bytes the differences were stored.
   */
  private void joinFloats(byte[] segment, int row) {
    for (int i = stride; i < rowBytes; i++) {
      segment[row + i] += segment[row + i - stride];
    }
    int bytes = layout.bits / 8;
    int count = rowBytes / bytes;
    byte[] joined = new byte[rowBytes];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < bytes; k++) {
        joined[i * bytes + (littleEndian ? bytes - 1 - k : k)] = segment[row + k * count + i];
      }
    }
    System.arraycopy(joined, 0, segment, row, rowBytes);
  }

  /** IEEE 754 binary16. */
  private static float half(int bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        exponent == 0
            ? fraction * 0x1p-24f
            : exponent == 31
                ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : (fraction | 0x400) * (float) Math.scalb(1.0, exponent - 25);
    return (bits & 0x8000) == 0 ? size : -size;
  }
}
