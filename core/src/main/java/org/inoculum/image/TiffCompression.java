package org.inoculum.image;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Ways in which a segment of a TIFF is packed. Each fills exactly the bytes that the segment has by
 * its size, and never writes more: data that end before that are an error, and what follows is not
 * unpacked.
 */
enum TiffCompression {
  NONE {
    @Override
    void fill(byte[] from, int start, int length, byte[] to) throws IOException {
      if (length < to.length) {
        throw endsEarly(length, to.length);
      }
      System.arraycopy(from, start, to, 0, to.length);
    }
  },
  LZW {
    @Override
    void fill(byte[] from, int start, int length, byte[] to) throws IOException {
      TiffLzw.fill(from, start, length, to);
    }
  },
  DEFLATE {
    @Override
    void fill(byte[] from, int start, int length, byte[] to) throws IOException {
      Inflater inflater = new Inflater();
      try {
        inflater.setInput(from, start, length);
        int filled = 0;
        while (filled < to.length) {
          int more = inflater.inflate(to, filled, to.length - filled);
          if (more == 0) {
            throw endsEarly(filled, to.length);
          }
          filled += more;
        }
      } catch (DataFormatException e) {
        throw new IOException("damaged deflate data: " + e.getMessage());
      } finally {
        inflater.end();
      }
    }
  },
  /** TIFF 6.0, section 9. */
  PACK_BITS {
    @Override
    void fill(byte[] from, int start, int length, byte[] to) throws IOException {
      int at = start;
      int end = start + length;
      int filled = 0;
      while (filled < to.length) {
        if (at + 1 >= end) {
          throw endsEarly(filled, to.length);
        }
        int code = from[at++];
        if (code >= 0) {
          int count = Math.min(code + 1, to.length - filled);
          if (count > end - at) {
            throw endsEarly(filled + end - at, to.length);
          }
          System.arraycopy(from, at, to, filled, count);
          at += code + 1;
          filled += count;
        } else if (code != -128) {
          int count = Math.min(1 - code, to.length - filled);
          java.util.Arrays.fill(to, filled, filled + count, from[at++]);
          filled += count;
        }
      }
    }
  },
  /** Not unpacked here: a segment is a JPEG. */
  JPEG {
    @Override
    void fill(byte[] from, int start, int length, byte[] to) {
      throw new IllegalStateException("JPEG is decoded, not unpacked");
    }
  };

  /** The way with that number in the tag Compression. */
  static TiffCompression of(int number) throws UnsupportedImageException {
    return switch (number) {
      case 1 -> NONE;
      case 5 -> LZW;
      case 7 -> JPEG;
      case 8, 32_946 -> DEFLATE;
      case 32_773 -> PACK_BITS;
      default ->
          throw new UnsupportedImageException(
              "TIFF compressed by method "
                  + (number + name(number))
                  + " is not read; save it uncompressed or with LZW, Deflate, PackBits or JPEG");
    };
  }

  /** Fills {@code to} from {@code length} packed bytes. */
  abstract void fill(byte[] from, int start, int length, byte[] to) throws IOException;

  static IOException endsEarly(int found, int expected) {
    return new IOException(
        "a strip or tile ends after " + found + " of its " + expected + " bytes");
  }

  private static String name(int number) {
    return switch (number) {
      case 2, 3, 4, 32_771 -> " (CCITT fax)";
      case 6 -> " (old JPEG)";
      case 33_003, 33_005, 34_712 -> " (JPEG 2000)";
      case 34_661 -> " (JBIG)";
      case 34_676, 34_677 -> " (SGILog)";
      case 34_887 -> " (LERC)";
      case 34_925 -> " (LZMA)";
      case 50_000 -> " (Zstandard)";
      case 50_001 -> " (WebP)";
      case 50_002 -> " (JPEG XL)";
      default -> "";
    };
  }
}
