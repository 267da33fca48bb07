package org.inoculum.model;

import org.inoculum.UserException;

/**
 * The sizes of the classic G and D.
 *
 * <p>The article's images are 128 = 4 · 2^5: its generator starts at 4 x 4 and doubles five times,
 * and its discriminator halves five times. Any other size is written as start · 2^blocks with the
 * start in 4..7, which is unique: 28 = 7 · 2², so MNIST's generator starts at 7 x 7 and doubles
 * twice. Widths do not change.
 *
 * @param size resolution of the images, in pixels
 * @param channels 1 (grey) or 3 (RGB)
 * @param latentSize length of the random vector
 */
public record ClassicShape(int size, int channels, int latentSize) {
  /** Filters of every hidden convolution. */
  public static final int MAP_CHANNELS = 128;

  /** Channels of the map that the random vector is brought to. */
  public static final int START_CHANNELS = 1024;

  private static final int SMALLEST_START = 4;
  private static final int MAX_SIZE = 1024;

  /** Checks that the size can be reached by upsampling. */
  public ClassicShape {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
    }
    if (latentSize < 1) {
      throw UserException.usage("latentSize must be at least 1, was " + latentSize);
    }
    if (size < 2 * SMALLEST_START || size > MAX_SIZE || start(size) << blocks(size) != size) {
      throw UserException.usage(
          "the classic networks cannot make images of "
              + size
              + " pixels: the size must be 4, 5, 6 or 7 doubled at least once, up to "
              + MAX_SIZE
              + ", such as 28, 32, 64, 96, 128 or 256");
    }
  }

  /** How many times the generator doubles and the discriminator halves. */
  public int blocks() {
    return blocks(size);
  }

  /** Side of the map at which the generator starts and the discriminator ends, in pixels. */
  public int start() {
    return start(size);
  }

  private static int blocks(int size) {
    int blocks = 0;
    while (size >> (blocks + 1) >= SMALLEST_START) {
      blocks++;
    }
    return blocks;
  }

  private static int start(int size) {
    return size >> blocks(size);
  }
}
