package org.inoculum.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inoculum.image.ImageHeader.Mode;
import org.inoculum.image.ImageHeader.SampleKind;

/**
 * How a page's samples are stored (TIFF 6.0, sections 3 to 8, 11, 14, 15): what the tags say,
 * checked. Whatever is not read is named here, before any pixel is looked at.
 */
final class TiffLayout {
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int CMYK = 5;
  static final int YCBCR = 6;

  private static final String AS_GREY_OR_RGB = "save it as grey or RGB of 8 or 16 bits";
  private static final int NAMED_SAMPLES = 16;
  private static final int COLOUR_MAP = 320;
  private static final int JPEG_TABLES = 347;

  private final TiffDirectory directory;
  final int width;
  final int height;
  final int bits;
  final int samples;
  final SampleKind kind;
  final int photometric;
  final TiffCompression compression;
  final int predictor;
  final boolean planar;
  final boolean reversedBits;
  final int orientation;

  /** Whether the samples were marked as indices of a palette of more than 8 bits. */
  final boolean deepPalette;

  /** Samples of a pixel that make the colour: 1, 3 or 4. */
  final int colours;

  /** 0: no opacity after the colour; 1: the colour was multiplied by it; 2: it was not. */
  final int alpha;

  final int segmentWidth;
  final int segmentHeight;
  final int across;
  final int down;

  TiffLayout(TiffDirectory directory) throws IOException {
    this.directory = directory;
    width = side(256, "ImageWidth");
    height = side(257, "ImageLength");
    samples = small(277, 1, 1, 1024, "SamplesPerPixel");
    int colourModel = small(262, 1, 0, 65_535, "PhotometricInterpretation");
    compression = TiffCompression.of(small(259, 1, 0, 65_535, "Compression"));
    planar = small(284, 1, 1, 2, "PlanarConfiguration") == 2 && samples > 1;
    reversedBits = small(266, 1, 1, 2, "FillOrder") == 2;
    predictor = small(317, 1, 1, 3, "Predictor");
    long turned = directory.number(274, 1);
    orientation = turned >= 1 && turned <= 8 ? (int) turned : 1;
    bits = (int) same(258, 1, "BitsPerSample");
    kind = kind(same(339, 1, "SampleFormat"));
    // The values of a deep palette are what was measured; its colours are for the screen.
    deepPalette = colourModel == PALETTE && bits > 8;
    photometric = deepPalette ? BLACK_IS_ZERO : colourModel;
    colours =
        switch (photometric) {
          case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
          case RGB, YCBCR -> 3;
          case CMYK -> 4;
          default ->
              throw unread(
                  "PhotometricInterpretation " + photometric + colourModelName(photometric),
                  AS_GREY_OR_RGB);
        };
    if (samples < colours) {
      throw new IOException(samples + " samples of a pixel where " + colours + " make the colour");
    }
    long extra = samples > colours && directory.count(338) > 0 ? directory.number(338, 0) : 0;
    alpha = extra == 1 || extra == 2 ? (int) extra : 0;
    checkSamples();
    if (directory.has(322)) {
      segmentWidth = side(322, "TileWidth");
      segmentHeight = side(323, "TileLength");
    } else {
      segmentWidth = width;
      long rows = directory.number(278, height);
      segmentHeight = rows < 1 || rows > height ? height : (int) rows;
    }
    across = (width - 1) / segmentWidth + 1;
    down = (height - 1) / segmentHeight + 1;
  }

  /** Whether the samples after the first are images of their own, as of a fluorescence stack. */
  boolean samplesAreChannels() {
    return colours == 1 && photometric != PALETTE && samples > 1 && alpha == 0;
  }

  Mode mode() {
    if (photometric == CMYK) {
      return Mode.CMYK;
    }
    if (colours == 1 && photometric != PALETTE) {
      return alpha == 0 ? Mode.GREY : Mode.GREY_ALPHA;
    }
    return alpha == 0 ? Mode.RGB : Mode.RGB_ALPHA;
  }

  /** Samples of a pixel behind those of its colour, which are no images of their own. */
  int extras() {
    return samplesAreChannels() ? 0 : samples - colours;
  }

  /** What the samples of a pixel are. */
  String samplesDescription() {
    if (deepPalette) {
      return "values with a palette";
    }
    boolean known = extras() == 0 || (extras() == 1 && alpha != 0);
    return known ? mode().label() : samplesNamed();
  }

  /** Such as "5 samples (1 red, 2 green, 3 blue, 4, 5)". */
  String samplesNamed() {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < Math.min(samples, NAMED_SAMPLES); i++) {
      String name = sampleName(i);
      named.add(name.isEmpty() ? String.valueOf(i + 1) : i + 1 + " " + name);
    }
    return samples + " samples (" + String.join(", ", named) + ")";
  }

  /** The sample that a user means by its number, from 1, or by its name. */
  int sample(String wanted) throws UnsupportedImageException {
    for (int i = 0; i < samples; i++) {
      if (wanted.equals(String.valueOf(i + 1)) || wanted.equalsIgnoreCase(sampleName(i))) {
        return i;
      }
    }
    throw new UnsupportedImageException(
        "has no channel '" + wanted.toLowerCase(Locale.ROOT) + "'; it holds " + samplesNamed());
  }

  private String sampleName(int number) {
    if (number >= colours) {
      return number == colours && alpha != 0 ? "alpha" : "";
    }
    return switch (photometric) {
      case RGB -> List.of("red", "green", "blue").get(number);
      case YCBCR -> List.of("y", "cb", "cr").get(number);
      case CMYK -> List.of("cyan", "magenta", "yellow", "black").get(number);
      case PALETTE -> "palette";
      default -> "grey";
    };
  }

  /** Samples side by side in one segment. */
  int interleaved() {
    return planar ? 1 : samples;
  }

  /** Bytes of a segment's row once unpacked. */
  long rowBytes() {
    return ((long) segmentWidth * interleaved() * bits + 7) / 8;
  }

  /** Bytes of the first {@code planes} planes once unpacked, tiles that overhang with them. */
  long unpackedBytes(int planes) {
    long segments = Math.multiplyExact((long) across * down, planar ? planes : 1);
    return Math.multiplyExact(Math.multiplyExact(rowBytes(), segmentHeight), segments);
  }

  /** Where each segment's packed bytes start and how many they are. */
  long[][] segments() throws IOException {
    int count = Math.multiplyExact(Math.multiplyExact(across, down), planar ? samples : 1);
    boolean tiles = directory.has(322);
    long[] offsets = directory.numbers(tiles ? 324 : 273, count);
    int countTag = tiles ? 325 : 279;
    if (directory.has(countTag)) {
      return new long[][] {offsets, directory.numbers(countTag, count)};
    }
    if (compression != TiffCompression.NONE) {
      throw new IOException("the tag " + countTag + ", the lengths of its parts, is missing");
    }
    long[] lengths = new long[count];
    for (int i = 0; i < count; i++) {
      int row = i % (across * down) / across;
      lengths[i] = rowBytes() * (tiles ? segmentHeight : rows(row));
    }
    return new long[][] {offsets, lengths};
  }

  /** Rows of the image that the segments of a row of segments show. */
  int rows(int segmentRow) {
    return Math.min(segmentHeight, height - segmentRow * segmentHeight);
  }

  /** Red, green and blue of a palette, one after the other, 16 bits each. */
  long[] colourMap() throws IOException {
    return directory.numbers(COLOUR_MAP, 3 << bits);
  }

  byte[] jpegTables() throws IOException {
    return directory.has(JPEG_TABLES) ? directory.raw(JPEG_TABLES) : new byte[0];
  }

  private void checkSamples() throws IOException {
    boolean known =
        switch (kind) {
          case UNSIGNED -> bits >= 1 && bits <= 32;
          case SIGNED -> bits == 8 || bits == 16 || bits == 32;
          case FLOAT -> bits == 16 || bits == 32 || bits == 64;
        };
    if (!known) {
      String name = kind == SampleKind.FLOAT ? "floating" : kind.name().toLowerCase(Locale.ROOT);
      throw unread(bits + "-bit " + name + " samples", "save it with 8, 16 or 32 bits");
    }
    boolean integers = kind == SampleKind.UNSIGNED;
    if ((photometric == PALETTE || deepPalette) && !integers) {
      throw unread("a palette of signed or floating samples", AS_GREY_OR_RGB);
    }
    if (photometric == CMYK && (!integers || bits != 8)) {
      throw unread("CMYK of " + bits + " bits", AS_GREY_OR_RGB);
    }
    if (photometric == WHITE_IS_ZERO && (!integers || bits > 16)) {
      throw unread(
          "inverted grey (WhiteIsZero) of signed, floating or " + bits + "-bit samples",
          "save its values as BlackIsZero");
    }
    if (compression == TiffCompression.JPEG) {
      if (!integers || bits != 8 || colours == 4 || interleaved() == 2 || interleaved() > 3) {
        throw unread(
            "JPEG compression of " + samples + " samples of " + bits + " bits",
            "save it uncompressed or with LZW or Deflate");
      }
      if (photometric == YCBCR && planar) {
        throw unread("JPEG compression of YCbCr in separate planes", AS_GREY_OR_RGB);
      }
    } else if (photometric == YCBCR) {
      throw unread("YCbCr without JPEG compression", AS_GREY_OR_RGB);
    }
    boolean fits =
        switch (predictor) {
          case 2 -> bits == 8 || bits == 16 || bits == 32;
          case 3 -> kind == SampleKind.FLOAT;
          default -> true;
        };
    if (!fits) {
      throw new IOException("predictor " + predictor + " with " + bits + "-bit samples");
    }
  }

  private int side(int tag, String name) throws IOException {
    long side = directory.required(tag, name);
    if (side < 1 || side > Integer.MAX_VALUE) {
      throw new IOException(name + " is " + side);
    }
    return (int) side;
  }

  private int small(int tag, int otherwise, int least, int most, String name) throws IOException {
    long number = directory.number(tag, otherwise);
    if (number < least || number > most) {
      throw new IOException(
          name + " is " + number + "; " + least + " to " + most + " were expected");
    }
    return (int) number;
  }

  /** A tag with a value for each sample, all of which must be the same. */
  private long same(int tag, long otherwise, String name) throws IOException {
    long count = Math.min(directory.count(tag), samples);
    if (count == 0) {
      return otherwise;
    }
    long[] values = directory.numbers(tag, (int) count);
    for (long value : values) {
      if (value != values[0]) {
        throw unread("channels whose " + name + " differ", "save each as a page of its own");
      }
    }
    return values[0];
  }

  private static SampleKind kind(long format) throws IOException {
    return switch ((int) Math.min(format, 99)) {
      case 1, 4 -> SampleKind.UNSIGNED;
      case 2 -> SampleKind.SIGNED;
      case 3 -> SampleKind.FLOAT;
      case 5, 6 ->
          throw unread("complex samples", "save their real part or magnitude as 32-bit float");
      default -> throw unread("SampleFormat " + format, AS_GREY_OR_RGB);
    };
  }

  private static String colourModelName(int number) {
    return switch (number) {
      case 4 -> " (a transparency mask)";
      case 8 -> " (CIELab)";
      case 9 -> " (ICCLab)";
      case 10 -> " (ITULab)";
      case 32_803 -> " (a colour filter array, as raw files of cameras have)";
      case 32_844, 32_845 -> " (LogLuv)";
      case 34_892 -> " (linear raw)";
      default -> "";
    };
  }

  private static UnsupportedImageException unread(String what, String remedy) {
    return new UnsupportedImageException("TIFF with " + what + " is not read; " + remedy);
  }
}
