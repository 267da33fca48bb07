package org.inoculum.detect;

import java.util.List;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;

/** A field with boxes around its cells, for looking at. */
public final class FieldOverlay {
  /** A larger field is scaled down to so many pixels of its longer side. */
  static final int LONGEST = 1600;

  /** Width of a line in pixels. */
  private static final int LINE = 2;

  /** One colour a class, again from the first: yellow, cyan, magenta, green, orange, white. */
  private static final int[][] COLOURS = {
    {255, 230, 0}, {0, 230, 255}, {255, 0, 230}, {0, 255, 90}, {255, 140, 0}, {255, 255, 255}
  };

  private FieldOverlay() {}

  static Image draw(Image field, List<Detection> found) {
    return draw(field, found, LONGEST);
  }

  /**
   * Draws.
   *
   * @param field grey or coloured, 8 or 16 bits
   * @param cells in its pixels
   * @param longest pixels of the longer side, to which a larger field is scaled down
   * @return RGB, 8 bits
   */
  public static Image draw(Image field, List<Detection> cells, int longest) {
    double scale = Math.min(1, (double) longest / Math.max(field.width(), field.height()));
    Image small =
        Resize.to(
            field,
            Math.max(1, (int) Math.round(field.width() * scale)),
            Math.max(1, (int) Math.round(field.height() * scale)));
    int width = small.width();
    int height = small.height();
    short[] from = small.samples();
    short[] samples = new short[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      for (int c = 0; c < 3; c++) {
        int sample = from[i * small.channels() + Math.min(c, small.channels() - 1)] & 0xFFFF;
        samples[i * 3 + c] = (short) (small.bitDepth() == 8 ? sample : sample >> 8);
      }
    }
    for (Detection one : cells) {
      Rect box = one.box().times(scale);
      int left = clamp(box.left(), width);
      int right = clamp(box.left() + box.width(), width);
      int top = clamp(box.top(), height);
      int bottom = clamp(box.top() + box.height(), height);
      int[] colour = COLOURS[one.label() % COLOURS.length];
      for (int y = top; y <= bottom; y++) {
        for (int x = left; x <= right; x++) {
          boolean border =
              x < left + LINE || x > right - LINE || y < top + LINE || y > bottom - LINE;
          if (border) {
            paint(samples, (y * width + x) * 3, colour);
          }
        }
      }
    }
    return new Image(width, height, 3, 8, samples);
  }

  private static int clamp(double place, int side) {
    return (int) Math.max(0, Math.min(side - 1, Math.round(place)));
  }

  private static void paint(short[] samples, int at, int[] colour) {
    for (int c = 0; c < 3; c++) {
      samples[at + c] = (short) colour[c];
    }
  }
}
