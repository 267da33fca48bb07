package org.inoculum.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.inoculum.image.ImageHeader.Mode;

/**
 * PNG (ISO/IEC 15948) through the JDK's reader, which sees only the chunks that make the image:
 * IHDR, PLTE, tRNS, IDAT, IEND, each with a checksum that was verified here. Text and colour
 * profiles, which the JDK would unpack without a limit, never reach it.
 */
final class PngDecoder {
  private static final int SIGNATURE_BYTES = 8;
  private static final int CHUNK_FRAME_BYTES = 12;
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int TRNS = 0x74524E53;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int ANCILLARY = 0x20000000;

  /** Deflate never packs better than this (zlib technical details: 1032.x to 1). */
  private static final long DEFLATE_RATIO = 1033;

  private PngDecoder() {}

  /** Reads signature (but for its first 4 bytes) and IHDR. */
  static ImageHeader header(DataInputStream in) throws IOException {
    if (in.readInt() != 0x0D0A1A0A) {
      throw new IOException("the signature is damaged, as after a transfer in text mode");
    }
    if (in.readInt() != 13 || in.readInt() != IHDR) {
      throw new IOException("the header chunk is missing");
    }
    int width = in.readInt();
    int height = in.readInt();
    int bitDepth = in.readUnsignedByte();
    int colourType = in.readUnsignedByte();
    if (width < 1 || height < 1) {
      throw new IOException(
          "the header says " + (width & 0xFFFFFFFFL) + " x " + (height & 0xFFFFFFFFL) + " pixels");
    }
    boolean depthKnown =
        switch (colourType) {
          case 0 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || isByteDepth(bitDepth);
          case 3 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
          case 2, 4, 6 -> isByteDepth(bitDepth);
          default -> false;
        };
    if (!depthKnown) {
      throw new IOException("colour type " + colourType + " with " + bitDepth + " bits");
    }
    Mode mode =
        switch (colourType) {
          case 0 -> Mode.GREY;
          case 4 -> Mode.GREY_ALPHA;
          case 6 -> Mode.RGB_ALPHA;
          default -> Mode.RGB;
        };
    return new ImageHeader("png", width, height, mode, bitDepth);
  }

  /**
   * Bytes of the chunks that do not make the image; 0 for another file, or up to where it is cut
   * short.
   */
  static long metadataBytes(DataInputStream in) throws IOException {
    long bytes = 0;
    try {
      if (in.readLong() != 0x89504E470D0A1A0AL) {
        return 0;
      }
      while (true) {
        long length = in.readInt() & 0xFFFFFFFFL;
        int type = in.readInt();
        if (type == IEND) {
          return bytes;
        }
        bytes += (type & ANCILLARY) == 0 ? 0 : length;
        in.skipNBytes(length + 4);
      }
    } catch (EOFException e) {
      return bytes;
    }
  }

  static Image decode(byte[] content, ImageHeader header, Consumer<DecodingNote> notes)
      throws IOException {
    int[][] transparent = {{}};
    byte[] chunks = imageChunks(content, header, transparent);
    BufferedImage decoded = JdkReader.read("png", chunks);
    boolean palette = isPalette(content);
    return palette && decoded.getColorModel() instanceof IndexColorModel colours
        ? RasterImages.ofPalette(decoded.getRaster(), colours, notes)
        : RasterImages.ofSamples(decoded.getRaster(), notes, transparent[0]);
  }

  private static boolean isByteDepth(int bitDepth) {
    return bitDepth == 8 || bitDepth == 16;
  }

  private static boolean isPalette(byte[] content) {
    return content[25] == 3;
  }

  /**
   * The same file without its ancillary chunks, after every check that needs no pixels. Of the
   * transparency, the JDK gets that of a palette; one transparent colour, which it scales wrongly
   * below 8 bits, is left in a cell.
   */
  private static byte[] imageChunks(byte[] content, ImageHeader header, int[][] transparent)
      throws IOException {
    ByteBuffer in = ByteBuffer.wrap(content);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(content, 0, SIGNATURE_BYTES);
    in.position(SIGNATURE_BYTES);
    long packed = 0;
    int previous = 0;
    while (previous != IEND) {
      int start = in.position();
      if (in.remaining() < CHUNK_FRAME_BYTES) {
        throw new IOException("the file ends too early, at byte " + content.length);
      }
      int length = in.getInt();
      int type = in.getInt();
      if (length < 0 || length > in.remaining() - 4) {
        throw new IOException(
            "the file ends too early, inside the chunk " + name(type) + " at byte " + start);
      }
      if ((type & ANCILLARY) == 0 || type == TRNS) {
        checkOrder(type, previous, packed, isPalette(content));
        checkSum(content, start, length, type);
        if (type == TRNS && !isPalette(content)) {
          transparent[0] = colour(content, start + 8, length, header.mode().channels());
        } else {
          kept.write(content, start, CHUNK_FRAME_BYTES + length);
        }
        packed += type == IDAT ? length : 0;
        previous = type;
      } else if (previous == IDAT) {
        // Text after the image is common; image data after the text is not allowed.
        previous = TRNS;
      }
      in.position(start + CHUNK_FRAME_BYTES + length);
    }
    int samples = isPalette(content) ? 1 : header.mode().channels();
    long unpacked = (long) header.width() * header.height() * samples * header.bitDepth() / 8;
    if (packed * DEFLATE_RATIO < unpacked) {
      throw new IOException(packed + " bytes of image data cannot hold an image of this size");
    }
    return kept.toByteArray();
  }

  private static int[] colour(byte[] content, int start, int length, int channels)
      throws IOException {
    if (length != 2 * channels) {
      throw new IOException("the chunk tRNS does not fit the colour type");
    }
    int[] colour = new int[channels];
    for (int c = 0; c < channels; c++) {
      colour[c] = (content[start + 2 * c] & 0xFF) << 8 | (content[start + 2 * c + 1] & 0xFF);
    }
    return colour;
  }

  private static void checkOrder(int type, int previous, long packed, boolean palette)
      throws IOException {
    boolean fits =
        switch (type) {
          case IHDR -> previous == 0;
          case PLTE -> previous == IHDR;
          case TRNS -> previous == IHDR || previous == PLTE;
          case IDAT ->
              previous == IDAT
                  || (packed == 0 && (palette ? previous != IHDR : true) && previous != 0);
          case IEND -> packed > 0;
          default -> false;
        };
    if (!fits) {
      throw new IOException("the chunk " + name(type) + " is unknown or in the wrong place");
    }
  }

  private static void checkSum(byte[] content, int start, int length, int type) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content, start + 4, 4 + length);
    int stored = ByteBuffer.wrap(content).getInt(start + 8 + length);
    if ((int) crc.getValue() != stored) {
      throw new IOException("wrong checksum of the chunk " + name(type) + " at byte " + start);
    }
  }

  private static String name(int type) {
    StringBuilder name = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      int letter = type >>> shift & 0xFF;
      name.append(Character.isLetter(letter) && letter < 128 ? (char) letter : '?');
    }
    return name.toString();
  }
}
