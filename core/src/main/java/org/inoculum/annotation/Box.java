package org.inoculum.annotation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cell that is marked in an image. Coordinates are continuous: the left border of the first
 * column is 0, its right border 1.
 *
 * @param image the image as the annotation names it, relative, with '/' between names
 * @param label the class; empty where the annotations know none
 * @param left of the box, in pixels, or as a share of the image's width
 * @param top of the box, in pixels, or as a share of the image's height
 * @param width above 0
 * @param height above 0
 * @param relative whether the four are shares rather than pixels
 * @param group what must stay together when the data set is split, where a column says so
 * @param place where in the file or folder of annotations it is written, such as "line 3"
 */
public record Box(
    String image,
    String label,
    double left,
    double top,
    double width,
    double height,
    boolean relative,
    @Nullable String group,
    String place) {
  /** Beyond this no image reaches. */
  private static final double FARTHEST = 1e9;

  /** What is wrong with four numbers, if they make no box. */
  static Optional<String> problem(double left, double top, double width, double height) {
    String numbers = "(x %s, y %s, width %s, height %s)".formatted(left, top, width, height);
    for (double number : new double[] {left, top, width, height}) {
      if (!(Math.abs(number) <= FARTHEST)) {
        return Optional.of("is no box of finite numbers up to 1e9 " + numbers);
      }
    }
    return width > 0 && height > 0
        ? Optional.empty()
        : Optional.of("is empty or turned inside out " + numbers);
  }

  /** The same in another place, in pixels. */
  public Box at(double newLeft, double newTop, double newWidth, double newHeight) {
    return new Box(image, label, newLeft, newTop, newWidth, newHeight, false, group, place);
  }

  /** The same in pixels of an image of this size. */
  public Box inPixels(int imageWidth, int imageHeight) {
    return relative
        ? new Box(
            image,
            label,
            left * imageWidth,
            top * imageHeight,
            width * imageWidth,
            height * imageHeight,
            false,
            group,
            place)
        : this;
  }
}
