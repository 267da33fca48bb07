package org.inoculum.model;

import org.inoculum.UserException;

/**
 * The sizes of the modern G and D.
 *
 * @param size resolution of the images, in pixels: 4, 5, 6 or 7 doubled three to six times
 * @param channels 1 (grey) or 3 (RGB)
 * @param classes how many classes there are, at least 1
 * @param latentSize length of the random vector
 * @param baseChannels channels of the generator's finest map but one; the coarser maps have up to 6
 *     times as many. A multiple of 32, because oneDNN computes other numbers of channels wrongly
 * @param d4Symmetry whether images come in the eight orientations of the square (D4) ({@link
 *     ModernGenerator})
 */
public record ModernShape(
    int size, int channels, int classes, int latentSize, int baseChannels, boolean d4Symmetry) {
  private static final int SMALLEST_START = 4;
  private static final int MIN_UPSAMPLINGS = 3;
  private static final int MAX_UPSAMPLINGS = 6;
  private static final int MULTIPLE = 32;

  /** Maps of the finest resolution: as few as oneDNN computes rightly without padding. */
  static final int FINEST_CHANNELS = 16;

  /**
   * Independent maps of per-pixel noise at each resolution; every number of channels is a multiple
   * of it.
   */
  public static final int NOISE_MAPS = 4;

  /** Numbers whose signs are an image's orientation: turn over, turn over, and transpose. */
  public static final int ORIENTATION = 3;

  /** Pixels by which the generator's maps are larger than the image, on each side. */
  public static final int MARGIN = 1;

  /** Training begins at no lower resolution than this. */
  private static final int SMALLEST_TRAINED = 32;

  /** Channels from the finest map but one to coarser ones, in units of {@link #baseChannels}. */
  private static final int[] CHANNEL_FACTORS = {1, 2, 3, 4, 6, 6};

  /** Of a generator whose images come as it makes them. */
  public ModernShape(int size, int channels, int classes, int latentSize, int baseChannels) {
    this(size, channels, classes, latentSize, baseChannels, false);
  }

  /** Checks that the size can be reached by upsampling. */
  public ModernShape {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
    }
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, was " + classes);
    }
    if (latentSize < 1 || latentSize > 4096) {
      throw UserException.usage("latentSize must be from 1 to 4096, was " + latentSize);
    }
    if (baseChannels < MULTIPLE || baseChannels % MULTIPLE != 0 || baseChannels > 512) {
      throw UserException.usage(
          "channels must be a multiple of " + MULTIPLE + " up to 512, was " + baseChannels);
    }
    int upsamplings = upsamplings(size);
    if (upsamplings < MIN_UPSAMPLINGS
        || upsamplings > MAX_UPSAMPLINGS
        || (size >> upsamplings) << upsamplings != size) {
      throw UserException.usage(
          "the modern networks cannot make images of "
              + size
              + " pixels: the size must be 4, 5, 6 or 7 doubled three to six times, such as 32, 64, 96, 128, 192 or 256");
    }
  }

  /** How many times the generator doubles and the discriminator halves. */
  public int upsamplings() {
    return upsamplings(size);
  }

  /** Resolution of the coarsest map, in pixels. */
  public int start() {
    return size >> upsamplings();
  }

  /** The highest resolution level: each level halves the resolution, 0 is the full one. */
  public int maxLevel() {
    int level = 0;
    while (size >> (level + 1) >= SMALLEST_TRAINED) {
      level++;
    }
    return level;
  }

  /** Channels of the map that is the coarsest one doubled so many times. */
  public int channelsAfter(int upsamplings) {
    int toFinest = upsamplings() - upsamplings;
    return toFinest == 0 ? FINEST_CHANNELS : baseChannels * CHANNEL_FACTORS[toFinest - 1];
  }

  /**
   * Numbers of one image's noise: {@link #NOISE_MAPS} for each pixel of each resolution, then
   * {@link #ORIENTATION} of a symmetric one.
   */
  public int noise() {
    int sum = d4Symmetry ? ORIENTATION : 0;
    for (int block = 0; block <= upsamplings(); block++) {
      int side = (start() << block) + 2 * MARGIN;
      sum += NOISE_MAPS * side * side;
    }
    return sum;
  }

  private static int upsamplings(int size) {
    int upsamplings = 0;
    while (size >> (upsamplings + 1) >= SMALLEST_START) {
      upsamplings++;
    }
    return upsamplings;
  }
}
