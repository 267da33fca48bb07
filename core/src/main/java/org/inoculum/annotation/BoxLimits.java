package org.inoculum.annotation;

import java.nio.file.Path;
import org.inoculum.UserException;

/**
 * What annotations may ask for.
 *
 * @param maxBytes most bytes of an annotation file, or of all files in a folder of them together
 * @param maxBoxes most boxes in all
 */
public record BoxLimits(long maxBytes, int maxBoxes) {
  /** 256 MiB and a million boxes. */
  public static final BoxLimits DEFAULT = new BoxLimits(256L << 20, 1_000_000);

  /** Most bytes of a file that describes one image. */
  static final int ONE_PICTURE = 8 << 20;

  /** Most bytes of a YAML file that names classes. */
  static final int NAMES = 1 << 17;

  /** Most characters of a line, or of an element's text. */
  static final int LINE = 1 << 16;

  /** Limits of at least 1. */
  public BoxLimits {
    if (maxBytes < 1 || maxBoxes < 1) {
      throw UserException.usage("--max-annotation-bytes and --max-crops are at least 1");
    }
  }

  /** Refuses more boxes, or more images to have them, than are allowed. */
  void checkBoxes(Path source, long boxes) {
    if (boxes > maxBoxes) {
      throw UserException.badData(
          source + " holds more than " + maxBoxes + " boxes or images (--max-crops allows more)");
    }
  }

  /** Refuses more bytes than are allowed. */
  void checkBytes(Path source, long bytes) {
    if (bytes > maxBytes) {
      throw UserException.badData(
          source
              + (" has " + bytes + " bytes of annotations, over the limit of " + maxBytes)
              + " (--max-annotation-bytes)");
    }
  }
}
