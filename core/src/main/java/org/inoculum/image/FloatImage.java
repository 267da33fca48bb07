package org.inoculum.image;

/**
 * An image of measured values: of a TIFF whose samples are signed, wider than 16 bits or floating.
 * Values are 32-bit floats, so that whole numbers are exact up to 2^24; they may be NaN or
 * infinite.
 *
 * @param values height x width x channels, row by row, which the caller must not change any more
 */
@SuppressWarnings("ArrayRecordComponent") // pixels of an image, never compared
public record FloatImage(int width, int height, int channels, float[] values)
    implements DecodedImage {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is below 1, channels is not 1 or 3, or the array's
   *     length is off
   */
  public FloatImage {
    if (width < 1
        || height < 1
        || (channels != 1 && channels != 3)
        || values.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          width + " x " + height + " x " + channels + " does not fit " + values.length + " values");
    }
  }

  @Override
  public float value(int position) {
    return values[position];
  }

  @Override
  public boolean isEightBit() {
    return false;
  }

  @Override
  public String toString() {
    return width + " x " + height + " x " + channels + ", measured values";
  }
}
