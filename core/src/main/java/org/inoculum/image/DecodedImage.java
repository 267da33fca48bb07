package org.inoculum.image;

/**
 * A decoded image: an {@link Image}, whose samples are unsigned and of at most 16 bits, or a {@link
 * FloatImage} of measured values that only a {@link Window} makes an image of.
 */
public sealed interface DecodedImage permits Image, FloatImage {
  /** Columns. */
  int width();

  /** Rows. */
  int height();

  /** 1 (grey) or 3 (red, green, blue). */
  int channels();

  /** The value at a position of (height, width, channels), row by row, as the file stores it. */
  float value(int position);

  /** Whether the samples are on the scale 0..255, which no window changes. */
  boolean isEightBit();
}
