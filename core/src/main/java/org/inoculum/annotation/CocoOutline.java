package org.inoculum.annotation;

import java.util.Arrays;
import java.util.function.Consumer;
import org.inoculum.files.JsonOutline;

/**
 * The bounding box of a COCO {@code segmentation}: of all its polygons, or of its runs down the
 * columns, background first (cocodataset.org, "Data format"). Runs are numbers, or a text: groups
 * of 5 bits from the lowest, a sixth bit where one more group follows, a sign in the last group,
 * plus 48; from the fourth run on, each is the difference to the one two before.
 */
final class CocoOutline {
  private CocoOutline() {}

  /** Left, top, width and height; empty once a problem was told. */
  static double[] box(JsonOutline outline, Consumer<String> problem) {
    if (!outline.isSound()) {
      problem.accept(
          outline.isMask()
              ? "its segmentation is no mask with size (two numbers) and counts (at most 1048576 runs from 0 up)"
              : "neither a bbox nor a segmentation of points (x, y, x, y ...)");
      return new double[0];
    }
    if (!outline.isMask()) {
      return outline.box();
    }
    String text = outline.text();
    int[] runs = text == null ? outline.runs() : unpack(text);
    int[] size = outline.size();
    long pixels = (long) size[0] * size[1];
    long sum = Arrays.stream(runs).asLongStream().sum();
    if (Arrays.stream(runs).anyMatch(run -> run < 0) || sum != pixels || pixels == 0) {
      problem.accept(
          "the runs of its segmentation do not fill %d rows of %d columns"
              .formatted(size[0], size[1]));
      return new double[0];
    }
    return box(runs, size[0]);
  }

  private static double[] box(int[] runs, int rows) {
    long left = Long.MAX_VALUE;
    long right = 0;
    long top = Long.MAX_VALUE;
    long bottom = 0;
    long start = 0;
    for (int i = 0; i < runs.length; i++) {
      long end = start + runs[i];
      if (i % 2 == 1 && runs[i] > 0) {
        long lastColumn = (end - 1) / rows;
        boolean oneColumn = start / rows == lastColumn;
        left = Math.min(left, start / rows);
        right = Math.max(right, lastColumn + 1);
        top = Math.min(top, oneColumn ? start % rows : 0);
        bottom = Math.max(bottom, oneColumn ? (end - 1) % rows + 1 : rows);
      }
      start = end;
    }
    // A mask of background alone has no area, which is told where boxes are checked.
    return right == 0
        ? new double[4]
        : new double[] {left, top, right - (double) left, bottom - (double) top};
  }

  /** The runs of a text; one below 0 where it is no text of runs. */
  private static int[] unpack(String text) {
    int[] damaged = {-1};
    int[] runs = new int[text.length()];
    int count = 0;
    for (int at = 0; at < text.length(); ) {
      long run = 0;
      int shift = 0;
      int group;
      do {
        group = at < text.length() ? text.charAt(at++) - 48 : -1;
        if (group < 0 || group > 63 || shift > 35) {
          return damaged;
        }
        run |= (long) (group & 31) << shift;
        shift += 5;
      } while ((group & 32) != 0);
      if ((group & 16) != 0) {
        run |= -1L << shift;
      }
      run += count > 2 ? runs[count - 2] : 0;
      if (run < 0 || run > Integer.MAX_VALUE) {
        return damaged;
      }
      runs[count++] = (int) run;
    }
    return Arrays.copyOf(runs, count);
  }
}
