package org.inoculum.compose;

/**
 * COCO's compressed runs of a mask: down the columns of the whole image, background first; groups
 * of 5 bits from the lowest, a sixth bit where one more follows, plus 48; from the fourth run on
 * each is the difference to the one two before (cocodataset.org, "Data format").
 */
final class RunLengths {
  private final StringBuilder text = new StringBuilder();
  private long last;
  private long beforeLast;
  private int written;

  private RunLengths() {}

  /**
   * Of a mask in an image.
   *
   * @param left first column of the mask in the image, which holds all of it
   * @param top first row
   */
  static String of(PixelSet mask, int left, int top, int width, int height) {
    RunLengths runs = new RunLengths();
    long end = 0;
    for (int x = 0; x < mask.width; x++) {
      long column = (long) (left + x) * height + top;
      int y = 0;
      while (y < mask.height) {
        if (!mask.in[y * mask.width + x]) {
          y++;
          continue;
        }
        int start = y;
        while (y < mask.height && mask.in[y * mask.width + x]) {
          y++;
        }
        long background = column + start - end;
        if (background == 0 && runs.written > 0) {
          runs.extendLast(y - start);
        } else {
          runs.add(background);
          runs.add(y - start);
        }
        end = column + y;
      }
    }
    long rest = (long) width * height - end;
    runs.flush();
    if (rest > 0 || runs.written == 0) {
      runs.add(rest);
      runs.flush();
    }
    return runs.text.toString();
  }

  private long pending = -1;

  private void add(long run) {
    flush();
    pending = run;
  }

  /** A column that ends at the bottom goes on at the top of the next one. */
  private void extendLast(long by) {
    pending += by;
  }

  private void flush() {
    if (pending < 0) {
      return;
    }
    long number = pending - (written > 2 ? beforeLast : 0);
    beforeLast = last;
    last = pending;
    written++;
    pending = -1;
    boolean more = true;
    while (more) {
      int group = (int) (number & 0x1f);
      number >>= 5;
      more = (group & 0x10) != 0 ? number != -1 : number != 0;
      text.append((char) (48 + (more ? group | 0x20 : group)));
    }
  }
}
