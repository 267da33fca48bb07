package org.inoculum.image;

/**
 * What an image file says of itself before its pixels are decoded.
 *
 * @param format {@code png}, {@code jpeg} or {@code tiff}
 * @param width columns as stored, before an orientation is applied; of a TIFF's first page
 * @param height rows as stored
 * @param mode what its channels are
 * @param bitDepth bits of a sample as stored, or of a palette's index
 * @param kind what the bits mean
 * @param planes the images in the file
 * @param samples what the samples of a pixel are, such as "rgb+alpha", or "5 samples (1 red, 2
 *     green, 3 blue, 4, 5)"
 */
public record ImageHeader(
    String format,
    int width,
    int height,
    Mode mode,
    int bitDepth,
    SampleKind kind,
    Planes planes,
    String samples) {
  /** What the channels are; a palette is colour. */
  public enum Mode {
    /** One channel, or several that are images of their own. */
    GREY("grey", 1),
    /** Grey and opacity. */
    GREY_ALPHA("grey+alpha", 2),
    /** Red, green, blue. */
    RGB("rgb", 3),
    /** Red, green, blue and opacity. */
    RGB_ALPHA("rgb+alpha", 4),
    /** Cyan, magenta, yellow, black. */
    CMYK("cmyk", 4);

    private final String label;
    private final int channels;

    Mode(String label, int channels) {
      this.label = label;
      this.channels = channels;
    }

    /** The name in reports. */
    public String label() {
      return label;
    }

    /** Samples of a pixel as stored. */
    int channels() {
      return channels;
    }
  }

  /** What the bits of a sample mean. */
  public enum SampleKind {
    /** A whole number from 0. */
    UNSIGNED,
    /** A whole number in two's complement. */
    SIGNED,
    /** IEEE 754. */
    FLOAT
  }

  /** The header of a file with one image of unsigned samples. */
  ImageHeader(String format, int width, int height, Mode mode, int bitDepth) {
    this(format, width, height, mode, bitDepth, SampleKind.UNSIGNED, Planes.ONE, mode.label());
  }

  /** Whether samples are on the scale 0..255 once decoded, so that no window changes them. */
  public boolean isEightBit() {
    return kind == SampleKind.UNSIGNED && bitDepth <= 8;
  }

  /** Such as "16" or "32 float". */
  public String depth() {
    return switch (kind) {
      case UNSIGNED -> String.valueOf(bitDepth);
      case SIGNED -> bitDepth + " signed";
      case FLOAT -> bitDepth + " float";
    };
  }

  /** Bytes of one image once unpacked. */
  long unpackedBytes() {
    return (long) width * height * mode.channels() * bitDepth / 8;
  }
}
