package org.inoculum.detect;

/**
 * A box in a field, in pixels from its upper left corner; continuous.
 *
 * @param left border
 * @param top border
 * @param width above 0
 * @param height above 0
 */
public record Rect(double left, double top, double width, double height) {
  /** Of the centre. */
  public double x() {
    return left + width / 2;
  }

  /** Of the centre. */
  public double y() {
    return top + height / 2;
  }

  /** The same in a field that is so many times as large. */
  public Rect times(double scale) {
    return new Rect(left * scale, top * scale, width * scale, height * scale);
  }

  /** The longer side. */
  public double longer() {
    return Math.max(width, height);
  }

  boolean contains(double x, double y) {
    return x >= left && x <= left + width && y >= top && y <= top + height;
  }

  double distance(Rect other) {
    return Math.hypot(x() - other.x(), y() - other.y());
  }

  double intersection(Rect other) {
    double across = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
    double down = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
    return across > 0 && down > 0 ? across * down : 0;
  }

  /** Intersection over union. */
  double iou(Rect other) {
    double shared = intersection(other);
    return shared / (width * height + other.width * other.height - shared);
  }
}
