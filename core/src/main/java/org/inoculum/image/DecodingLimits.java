package org.inoculum.image;

import java.nio.file.Path;
import java.util.Locale;
import org.inoculum.UserException;

/**
 * What a file may ask for before anything is allocated for it.
 *
 * @param maxPixels most pixels of one image, width x height
 * @param minSide fewest pixels of a side; below it nothing can be learned from the image
 * @param maxFileBytes most bytes of one file; of an archive of many images also once unpacked
 */
public record DecodingLimits(long maxPixels, int minSide, long maxFileBytes) {
  /** 100 million pixels, sides of at least 2, files of at most 1 GiB. */
  public static final DecodingLimits DEFAULT = new DecodingLimits(100_000_000, 2, 1L << 30);

  /** A Java array ends at 2^31 elements; three channels of this many pixels still fit. */
  private static final long ARRAY_PIXELS = (Integer.MAX_VALUE - 8L) / 3;

  /** Limits of at least 1. */
  public DecodingLimits {
    if (maxPixels < 1 || minSide < 1 || maxFileBytes < 1) {
      throw new IllegalArgumentException(
          "limits are at least 1, were " + maxPixels + ", " + minSide + ", " + maxFileBytes);
    }
  }

  /** Refuses a size that a header promises; {@code name} is the file in the message. */
  void checkSize(String name, long width, long height) {
    if (width < minSide || height < minSide) {
      throw UserException.badData(
          name
              + (" is " + width + " x " + height)
              + (" pixels, but each side must be at least " + minSide)
              + "; remove it");
    }
    // Both sides come from fields of at most 31 bits: the product fits a long.
    long pixels = width * height;
    if (pixels > maxPixels || pixels > ARRAY_PIXELS) {
      throw UserException.badData(
          name
              + (" is " + width + " x " + height)
              + (" (" + millions(pixels) + " million pixels), over the limit of ")
              + (millions(Math.min(maxPixels, ARRAY_PIXELS)) + " million; cut or scale it down"));
    }
  }

  /** Refuses a file for its length on the disk. */
  void checkLength(Path file, long bytes) {
    if (bytes > maxFileBytes) {
      throw UserException.badData(
          file + " has " + bytes + " bytes, over the limit of " + maxFileBytes + " for one file");
    }
  }

  private static String millions(long pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels / 1e6);
  }
}
