package org.inoculum.compose;

import java.util.ArrayList;
import java.util.List;

/** The outer outline of a mask as a polygon along the borders of its pixels. */
final class Outline {
  private static final int[] DX = {1, 0, -1, 0};
  private static final int[] DY = {0, 1, 0, -1};

  private Outline() {}

  /**
   * The corners where the outline turns, clockwise; of several parts that of the largest.
   *
   * @return x, y, x, y … in pixels of the mask's window, where pixel 0 reaches from 0 to 1
   */
  static List<int[]> of(PixelSet mask) {
    PixelSet part = largest(mask);
    int start = 0;
    while (start < part.in.length && !part.in[start]) {
      start++;
    }
    List<int[]> corners = new ArrayList<>();
    if (start == part.in.length) {
      return corners;
    }
    int x = start % part.width;
    int y = start / part.width;
    int startX = x;
    int startY = y;
    int direction = 0;
    corners.add(new int[] {x, y});
    do {
      x += DX[direction];
      y += DY[direction];
      // With the mask on the right hand: turn left where the pixel there is in, else go on or turn.
      int next;
      if (isIn(part, x, y, (direction + 3) % 4)) {
        next = (direction + 3) % 4;
      } else if (isIn(part, x, y, direction)) {
        next = direction;
      } else {
        next = (direction + 1) % 4;
      }
      if (next != direction && !(x == startX && y == startY)) {
        corners.add(new int[] {x, y});
      }
      direction = next;
    } while (!(x == startX && y == startY));
    return corners;
  }

  /** Whether the pixel to the right of an edge that leaves a corner in a direction is in. */
  private static boolean isIn(PixelSet part, int x, int y, int direction) {
    int column = direction == 0 || direction == 3 ? x : x - 1;
    int row = direction == 0 || direction == 1 ? y : y - 1;
    return column >= 0
        && row >= 0
        && column < part.width
        && row < part.height
        && part.in[row * part.width + column];
  }

  private static PixelSet largest(PixelSet mask) {
    int[] parts = mask.parts();
    int[] sizes = new int[parts.length + 1];
    int best = 1;
    for (int part : parts) {
      if (part > 0) {
        sizes[part]++;
        best = sizes[part] > sizes[best] ? part : best;
      }
    }
    return mask.part(parts, best);
  }
}
