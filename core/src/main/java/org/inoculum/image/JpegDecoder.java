package org.inoculum.image;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.inoculum.image.ImageHeader.Mode;

/**
 * JPEG (ITU T.81) through the JDK's reader, which sees only the segments that make the image:
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

  /** Marker, length, name, version, two flags and the transform. */
  private static final int ADOBE_BYTES = 16;

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

  static Image decode(byte[] content, ImageHeader header, Consumer<DecodingNote> notes)
      throws IOException {
    // Every 8 x 8 block takes at least one bit.
    if ((long) header.width() * header.height() / 64 / 8 > content.length) {
      throw new IOException(content.length + " bytes cannot hold an image of this size");
    }
    Segments segments = new Segments(content);
    if (segments.orientation != 1) {
      notes.accept(DecodingNote.TURNED);
    }
    if (header.mode() == Mode.CMYK) {
      notes.accept(DecodingNote.INKS);
    }
    Image stored =
        header.mode() == Mode.CMYK
            ? RasterImages.ofCmyk(
                JdkReader.readStored("jpeg", segments.imageData()), segments.adobeTransform)
            : RasterImages.ofSamples(
                JdkReader.read("jpeg", segments.imageData()).getRaster(), notes);
    return Symmetry.ofExif(segments.orientation).apply(stored);
  }

  /** What follows the start of image, without segments that say which colours they are. */
  static byte[] withoutColourMarkers(byte[] content) throws IOException {
    Segments segments = new Segments(content);
    return segments.kept.toByteArray();
  }

  /** The orientation that Exif says, 1 to 8. */
  static int orientation(byte[] content) throws IOException {
    return new Segments(content).orientation;
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
    Mode mode =
        switch (channels) {
          case 1 -> Mode.GREY;
          case 3 -> Mode.RGB;
          case 4 -> Mode.CMYK;
          default ->
              throw new UnsupportedImageException(
                  "JPEG of " + channels + " channels is not read; convert it to PNG");
        };
    return new ImageHeader("jpeg", width, height, mode, bitDepth);
  }

  /** The file taken apart: what makes the image, and what its application data say of it. */
  private static final class Segments {
    /** Everything after the start of image but application data and comments. */
    final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    int orientation = 1;
    boolean jfif;
    boolean unnamedColours;

    /** Of an Adobe segment: 0 as stored, 1 YCbCr, 2 YCCK; -1 without one. */
    int adobeTransform = -1;

    private byte[] adobe = {};

    Segments(byte[] content) throws IOException {
      int at = 2;
      int scans = 0;
      while (true) {
        at = skipFill(content, at);
        int marker = content[at + 1] & 0xFF;
        if (marker == END_OF_IMAGE) {
          kept.write(content, at, 2);
          return;
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
        if (marker < APP0 || (marker > APP15 && marker != COMMENT)) {
          kept.write(content, at, end - at);
          if (isFrame(marker) && end - at > 9) {
            unnamedColours = content[at + 9] == 3 && !areNamedRgb(content, at, end);
          }
        } else {
          note(content, marker, at, end);
        }
        at = end;
      }
    }

    /**
     * The file with nothing but what makes the image. One that does not say what its three channels
     * are is YCbCr, as Exif and TIFF have it, unless they are called R, G and B; the JDK would
     * guess by how they are sampled.
     */
    byte[] imageData() {
      ByteArrayOutputStream file = new ByteArrayOutputStream(kept.size() + JFIF.length + 20);
      file.write(0xFF);
      file.write(0xD8);
      if (jfif || (adobeTransform < 0 && unnamedColours)) {
        file.writeBytes(JFIF);
      }
      file.writeBytes(adobe);
      file.writeBytes(kept.toByteArray());
      return file.toByteArray();
    }

    private void note(byte[] content, int marker, int at, int end) {
      if (marker == APP0 && startsWith(content, at + 4, end, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP1 && startsWith(content, at + 4, end, "Exif\0\0")) {
        orientation = ExifOrientation.of(content, at + 10, end);
      } else if (marker == APP14
          && startsWith(content, at + 4, end, "Adobe")
          && end - at >= ADOBE_BYTES) {
        adobe = Arrays.copyOfRange(content, at, end);
        adobeTransform = content[at + ADOBE_BYTES - 1] & 0xFF;
      }
    }
  }

  private static boolean areNamedRgb(byte[] content, int at, int end) {
    return end - at >= 19
        && content[at + 10] == 'R'
        && content[at + 13] == 'G'
        && content[at + 16] == 'B';
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
        && Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static boolean isStandalone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }
}
