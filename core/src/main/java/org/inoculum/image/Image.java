package org.inoculum.image;

/**
 * An image in memory: unsigned samples, row by row, the channels of a pixel side by side (height,
 * width, channels).
 *
 * <p>Channels are 1 (grey) or 3 (red, green, blue). Samples run from 0 to {@link #maxSample()}: 255
 * at a bit depth of 8, 65,535 at 16. The samples are never changed after the image was built.
 */
public final class Image implements DecodedImage {
  private final int width;
  private final int height;
  private final int channels;
  private final int bitDepth;
  private final short[] samples;

  /**
   * An image over {@code samples}, which the caller must not change any more.
   *
   * @param samples height x width x channels values, unsigned 16-bit
   * @throws IllegalArgumentException if a size is below 1, channels is not 1 or 3, bitDepth not 8
   *     or 16, or the array's length is off
   */
  public Image(int width, int height, int channels, int bitDepth, short[] samples) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "an image is at least 1 x 1, was " + width + " x " + height);
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
    }
    if (bitDepth != 8 && bitDepth != 16) {
      throw new IllegalArgumentException("bit depth must be 8 or 16, was " + bitDepth);
    }
    if (samples.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "expected " + (long) width * height * channels + " samples, found " + samples.length);
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.bitDepth = bitDepth;
    this.samples = samples;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public float value(int position) {
    return samples[position] & 0xFFFF;
  }

  @Override
  public boolean isEightBit() {
    return bitDepth == 8;
  }

  /** 8 or 16. */
  public int bitDepth() {
    return bitDepth;
  }

  /** 255 or 65,535: white. */
  public int maxSample() {
    return (1 << bitDepth) - 1;
  }

  /** The sample at column x, row y and channel c, in 0..{@link #maxSample()}. */
  public int sample(int x, int y, int c) {
    return samples[(y * width + x) * channels + c] & 0xFFFF;
  }

  /** A copy of all samples, (height, width, channels), unsigned. */
  public short[] samples() {
    return samples.clone();
  }

  /** True if both show the same samples at the same size, channels and bit depth. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Image image
        && width == image.width
        && height == image.height
        && channels == image.channels
        && bitDepth == image.bitDepth
        && java.util.Arrays.equals(samples, image.samples);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(
        width, height, channels, bitDepth, java.util.Arrays.hashCode(samples));
  }

  @Override
  public String toString() {
    return width + " x " + height + " x " + channels + ", " + bitDepth + " bit";
  }
}
