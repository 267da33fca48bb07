package org.inoculum.annotation;

import java.util.BitSet;

/**
 * The pixels of one cell, in a window of its image.
 *
 * @param left first column of the window in the image
 * @param top first row
 * @param width of the window
 * @param height of the window
 * @param inside pixels of the window, row by row
 */
public record Mask(int left, int top, int width, int height, BitSet inside) {

  /** Whether a pixel of the image belongs to it. */
  public boolean contains(int x, int y) {
    return x >= left
        && y >= top
        && x < left + width
        && y < top + height
        && inside.get((y - top) * width + x - left);
  }

  /** How many pixels. */
  public int area() {
    return inside.cardinality();
  }

  /** The same in the smallest window that holds all its pixels; an empty one stays as it is. */
  public Mask trimmed() {
    int firstColumn = width;
    int firstRow = height;
    int lastColumn = -1;
    int lastRow = -1;
    for (int i = inside.nextSetBit(0); i >= 0; i = inside.nextSetBit(i + 1)) {
      firstColumn = Math.min(firstColumn, i % width);
      lastColumn = Math.max(lastColumn, i % width);
      firstRow = Math.min(firstRow, i / width);
      lastRow = Math.max(lastRow, i / width);
    }
    if (lastColumn < 0) {
      return this;
    }
    int newWidth = lastColumn - firstColumn + 1;
    BitSet kept = new BitSet();
    for (int i = inside.nextSetBit(0); i >= 0; i = inside.nextSetBit(i + 1)) {
      kept.set((i / width - firstRow) * newWidth + i % width - firstColumn);
    }
    return new Mask(left + firstColumn, top + firstRow, newWidth, lastRow - firstRow + 1, kept);
  }

  /**
   * COCO's compressed runs of an image of this size, down the columns, background first (see {@link
   * CocoOutline}).
   */
  public String runs(int imageWidth, int imageHeight) {
    StringBuilder text = new StringBuilder();
    long beforeLast = 0;
    long last = 0;
    int written = 0;
    long start = 0;
    boolean now = false;
    for (int x = Math.max(0, left); x < Math.min(imageWidth, left + width); x++) {
      for (int y = 0; y < imageHeight; y++) {
        if (contains(x, y) != now) {
          long at = (long) x * imageHeight + y;
          append(text, at - start - (written > 2 ? beforeLast : 0));
          beforeLast = last;
          last = at - start;
          written++;
          start = at;
          now = !now;
        }
      }
    }
    // What follows the window is background.
    long end = (long) Math.min(imageWidth, left + width) * imageHeight;
    if (now) {
      append(text, end - start - (written > 2 ? beforeLast : 0));
      beforeLast = last;
      last = end - start;
      written++;
      start = end;
    }
    long rest = (long) imageWidth * imageHeight - start;
    if (rest > 0) {
      append(text, rest - (written > 2 ? beforeLast : 0));
    }
    return text.toString();
  }

  /** Groups of 5 bits from the lowest, a sixth bit where one more follows, plus 48. */
  private static void append(StringBuilder text, long number) {
    long left = number;
    boolean more = true;
    while (more) {
      int group = (int) (left & 0x1f);
      left >>= 5;
      more = (group & 0x10) != 0 ? left != -1 : left != 0;
      text.append((char) (48 + (more ? group | 0x20 : group)));
    }
  }
}
