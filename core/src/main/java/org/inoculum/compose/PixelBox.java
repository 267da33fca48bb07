package org.inoculum.compose;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.annotation.Box;

/**
 * A rectangle of whole pixels.
 *
 * @param left first column
 * @param top first row
 * @param width at least 1
 * @param height at least 1
 */
record PixelBox(int left, int top, int width, int height) {
  int right() {
    return left + width;
  }

  int bottom() {
    return top + height;
  }

  boolean meets(PixelBox other) {
    return left < other.right()
        && other.left < right()
        && top < other.bottom()
        && other.top < bottom();
  }

  PixelBox with(PixelBox other) {
    int newLeft = Math.min(left, other.left);
    int newTop = Math.min(top, other.top);
    return new PixelBox(
        newLeft,
        newTop,
        Math.max(right(), other.right()) - newLeft,
        Math.max(bottom(), other.bottom()) - newTop);
  }

  /** Larger on each side, but within an image. */
  PixelBox wider(int by, int pictureWidth, int pictureHeight) {
    int newLeft = Math.max(0, left - by);
    int newTop = Math.max(0, top - by);
    return new PixelBox(
        newLeft,
        newTop,
        Math.max(1, Math.min(pictureWidth, right() + by) - newLeft),
        Math.max(1, Math.min(pictureHeight, bottom() + by) - newTop));
  }

  /** What an annotated box covers of an image; nothing where it lies outside. */
  static List<PixelBox> of(List<Box> boxes, int pictureWidth, int pictureHeight) {
    List<PixelBox> covered = new ArrayList<>();
    for (Box box : boxes) {
      Box pixels = box.inPixels(pictureWidth, pictureHeight);
      int left = (int) Math.max(0, Math.floor(pixels.left()));
      int top = (int) Math.max(0, Math.floor(pixels.top()));
      int right = (int) Math.min(pictureWidth, Math.ceil(pixels.left() + pixels.width()));
      int bottom = (int) Math.min(pictureHeight, Math.ceil(pixels.top() + pixels.height()));
      if (right > left && bottom > top) {
        covered.add(new PixelBox(left, top, right - left, bottom - top));
      }
    }
    return covered;
  }

  /** Boxes that meet become one, until none does. */
  static List<PixelBox> merged(List<PixelBox> boxes) {
    List<PixelBox> merged = new ArrayList<>(boxes);
    for (int i = 0; i < merged.size(); i++) {
      for (int j = i + 1; j < merged.size(); j++) {
        if (merged.get(i).meets(merged.get(j))) {
          merged.set(i, merged.get(i).with(merged.remove(j)));
          i = -1;
          break;
        }
      }
    }
    return merged;
  }
}
