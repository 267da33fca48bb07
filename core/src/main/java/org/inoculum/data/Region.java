package org.inoculum.data;

import java.util.Optional;
import org.inoculum.annotation.Box;
import org.inoculum.image.DecodingLimits;

/**
 * A square of a field of view, in its pixels; it may reach beyond the borders.
 *
 * @param left column of its corner
 * @param top row of its corner
 * @param side at least 2
 */
record Region(int left, int top, int side) {
  /** Pixels whose three channels a Java array still holds. */
  private static final int ARRAY_PIXELS = Integer.MAX_VALUE / 3 - 8;

  /** A region, or why there is none. */
  record Attempt(Optional<Region> region, String problem) {
    private static Attempt failed(String problem) {
      return new Attempt(Optional.empty(), problem);
    }
  }

  /** Whether an image of this size shows all of it. */
  boolean isInside(int width, int height) {
    return left >= 0 && top >= 0 && left + side <= width && top + side <= height;
  }

  /**
   * The square around a box's centre: as long as the box's longer side and the margin on either
   * side of it.
   *
   * @param box in pixels
   * @param margin as a share of the longer side
   */
  static Attempt around(Box box, double margin, int width, int height, DecodingLimits limits) {
    String size = "the image of " + width + " x " + height;
    if (box.left() >= width
        || box.top() >= height
        || box.left() + box.width() <= 0
        || box.top() + box.height() <= 0) {
      return Attempt.failed(
          "(x %.1f, y %.1f) lies wholly outside of %s".formatted(box.left(), box.top(), size));
    }
    double longer = Math.max(box.width(), box.height());
    if (longer < limits.minSide()) {
      return Attempt.failed("is smaller than " + limits.minSide() + " pixels");
    }
    double side = Math.floor(longer * (1 + 2 * margin) + 0.5);
    if (side > 3.0 * Math.min(width, height)) {
      return Attempt.failed(
          "needs a square of %.0f pixels, more than 3 times the shorter side of %s"
              .formatted(side, size));
    }
    if (side * side > Math.min(limits.maxPixels(), ARRAY_PIXELS)) {
      return Attempt.failed(
          "needs a square of %.0f pixels a side, over the limit of %d pixels (--max-pixels)"
              .formatted(side, limits.maxPixels()));
    }
    double left = Math.floor(box.left() + box.width() / 2 - side / 2 + 0.5);
    double top = Math.floor(box.top() + box.height() / 2 - side / 2 + 0.5);
    return new Attempt(Optional.of(new Region((int) left, (int) top, (int) side)), "");
  }
}
