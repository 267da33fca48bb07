package org.inoculum.image;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JPEG (ITU T.81) through the JDK's reader, which sees only the segments that make the picture:
 * application data other than Adobe's colour transform, which may hold a broken colour profile or
 * thumbnail, never reaches it.
 */
final class JpegDecoder {
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;

  /** A JFIF segment, version 1.1, without units or thumbnail. */
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /** Encoders make about ten; thousands of empty ones would keep the decoder busy for hours. */
  private static final int MAX_SCANS = 200;

  private JpegDecoder() {}

  /**
   * Reads up to the frame header.
   *
   * @param marker the byte after the first 0xFF that follows the start of the image
   */
  static ImageHeader header(DataInputStream in, int marker) throws IOException {
    int current = marker;
    while (true) {
      while (current == 0xFF) {
        current = in.readUnsignedByte();
      }
      if (current == START_OF_SCAN || current == END_OF_IMAGE) {
        throw new IOException("the frame header is missing");
      }
      if (!isStandalone(current)) {
        int length = in.readUnsignedShort();
        if (length < 2) {
          throw new IOException("a segment of " + length + " bytes");
        }
        if (isFrame(current)) {
          return frame(in, current);
        }
        in.skipNBytes(length - 2L);
      }
      if (in.readUnsignedByte() != 0xFF) {
        throw new IOException("no marker where one belongs");
      }
      current = in.readUnsignedByte();
    }
  }

  static Image decode(byte[] content, ImageHeader header) throws IOException {
    // Every 8 x 8 block takes at least one bit.
    if ((long) header.width() * header.height() / 64 / 8 > content.length) {
      throw new IOException(content.length + " bytes cannot hold a picture of this size");
    }
    int[] orientation = {1};
    byte[] segments = pictureSegments(content, orientation);
    Image stored = RasterImages.ofSamples(JdkReader.read("jpeg", segments).getRaster());
    return Symmetry.ofExif(orientation[0]).apply(stored);
  }

  private static ImageHeader frame(DataInputStream in, int marker) throws IOException {
    int bitDepth = in.readUnsignedByte();
    int height = in.readUnsignedShort();
    int width = in.readUnsignedShort();
    int channels = in.readUnsignedByte();
    if (marker > 0xC2) {
      throw new UnsupportedImageException(
          "lossless or arithmetic JPEG is not read; save it as baseline JPEG or as PNG");
    }
    if (bitDepth != 8) {
      throw new UnsupportedImageException(
          "JPEG of " + bitDepth + " bits is not read; convert it to PNG");
    }
    if (channels == 4) {
      throw new UnsupportedImageException("CMYK JPEG is not read; convert it to RGB");
    }
    if (channels != 1 && channels != 3) {
      throw new UnsupportedImageException(
          "JPEG of " + channels + " channels is not read; convert it to PNG");
    }
    return new ImageHeader("jpeg", width, height, channels, bitDepth);
  }

  /** The same file without its application data; leaves the Exif orientation in a cell. */
  private static byte[] pictureSegments(byte[] content, int[] orientation) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(content, 0, 2);
    int at = 2;
    int scans = 0;
    while (true) {
      at = skipFill(content, at);
      int marker = content[at + 1] & 0xFF;
      if (marker == END_OF_IMAGE) {
        kept.write(content, at, 2);
        return kept.toByteArray();
      }
      int end = isStandalone(marker) ? at + 2 : segmentEnd(content, at);
      if (marker == START_OF_SCAN) {
        scans++;
        if (scans > MAX_SCANS) {
          throw new UnsupportedImageException(
              "JPEG of more than " + MAX_SCANS + " scans is not read; save it again");
        }
        end = scanEnd(content, end);
      }
      if (marker == APP0 && startsWith(content, at + 4, end, "JFIF\0")) {
        kept.write(JFIF, 0, JFIF.length);
      } else if (marker == APP1 && startsWith(content, at + 4, end, "Exif\0\0")) {
        orientation[0] = ExifOrientation.of(content, at + 10, end);
      } else if (marker < APP0
          || (marker > APP15 && marker != COMMENT)
          || (marker == APP14 && startsWith(content, at + 4, end, "Adobe"))) {
        kept.write(content, at, end - at);
      }
      at = end;
    }
  }

  /** Where the marker at or after {@code at} starts, past fill bytes. */
  private static int skipFill(byte[] content, int at) throws IOException {
    int start = at;
    while (start + 1 < content.length && content[start] == -1 && content[start + 1] == -1) {
      start++;
    }
    if (start + 1 >= content.length) {
      throw new IOException("the file ends too early, at byte " + content.length);
    }
    if (content[start] != -1) {
      throw new IOException("no marker where one belongs, at byte " + start);
    }
    return start;
  }

  private static int segmentEnd(byte[] content, int at) throws IOException {
    int length =
        at + 3 < content.length ? (content[at + 2] & 0xFF) << 8 | (content[at + 3] & 0xFF) : 0;
    if (length < 2 || at + 2 + length > content.length) {
      throw new IOException("the file ends too early, inside the segment at byte " + at);
    }
    return at + 2 + length;
  }

  /** Where the marker after a scan's entropy-coded data starts. */
  private static int scanEnd(byte[] content, int start) throws IOException {
    for (int i = start; i + 1 < content.length; i++) {
      int next = content[i + 1] & 0xFF;
      if (content[i] == -1 && next != 0 && next != 0xFF && !(next >= 0xD0 && next <= 0xD7)) {
        return i;
      }
    }
    throw new IOException("the file ends too early, at byte " + content.length);
  }

  private static boolean startsWith(byte[] content, int at, int end, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    return at + wanted.length <= end
        && java.util.Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static boolean isStandalone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }
}
