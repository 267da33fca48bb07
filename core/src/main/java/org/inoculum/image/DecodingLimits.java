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
 * @param maxDecompressionRatio most bytes of an image for each byte of its file, where it unpacks
 *     to more than 32 MiB: photographs reach 50, a bomb 1000
 * @param maxMetadataBytes most bytes of a file's text and profiles
 */
public record DecodingLimits(
    long maxPixels,
    int minSide,
    long maxFileBytes,
    int maxDecompressionRatio,
    int maxMetadataBytes) {
  /**
   * 100 million pixels, sides of at least 2, files of at most 1 GiB, 200 bytes from one, 16 MiB of
   * text.
   */
  public static final DecodingLimits DEFAULT = new DecodingLimits(100_000_000, 2, 1L << 30);

  /** Images up to this size are harmless, however well they were packed. */
  private static final long HARMLESS_BYTES = 32L << 20;

  /** A Java array ends at 2^31 elements; three channels of this many pixels still fit. */
  private static final long ARRAY_PIXELS = (Integer.MAX_VALUE - 8L) / 3;

  /** Limits of at least 1. */
  public DecodingLimits {
    if (maxPixels < 1
        || minSide < 1
        || maxFileBytes < 1
        || maxDecompressionRatio < 1
        || maxMetadataBytes < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  /** The defaults for what an image may unpack to and for metadata. */
  public DecodingLimits(long maxPixels, int minSide, long maxFileBytes) {
    this(maxPixels, minSide, maxFileBytes, 200, 16 << 20);
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
              + (millions(Math.min(maxPixels, ARRAY_PIXELS))
                  + " million (--max-pixels); cut or scale it down"));
    }
  }

  /** Refuses a file for its length on the disk. */
  void checkLength(Path file, long bytes) {
    if (bytes > maxFileBytes) {
      throw UserException.badData(
          file
              + " has "
              + bytes
              + " bytes, over the limit of "
              + maxFileBytes
              + " for one file (--max-file-bytes)");
    }
  }

  /** Refuses an image that unpacks to far more than a photograph would. */
  void checkDecompressionRatio(String name, long unpackedBytes, long fileBytes) {
    if (unpackedBytes > HARMLESS_BYTES && unpackedBytes / maxDecompressionRatio > fileBytes) {
      throw UserException.badData(
          name
              + (" has " + fileBytes + " bytes and would unpack to " + unpackedBytes)
              + (", over the limit of "
                  + maxDecompressionRatio
                  + " to 1 (--max-decompression-ratio)"));
    }
  }

  /** Refuses a file for the length of its text and profiles. */
  void checkMetadata(String name, long bytes) {
    if (bytes > maxMetadataBytes) {
      throw UserException.badData(
          name
              + (" has " + bytes + " bytes of text or profiles, over the limit of ")
              + (maxMetadataBytes + " (--max-metadata-bytes)"));
    }
  }

  private static String millions(long pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels / 1e6);
  }
}
