package org.inoculum.compose;

import org.jspecify.annotations.Nullable;

/**
 * A cell that can be laid: a {@link Cut} in the smallest window that holds it.
 *
 * @param cut in its window
 * @param className its class
 * @param source the crop's file, as whoever gave it knows it
 * @param seed of the latents of a generated crop; null for a real one
 * @param index of a generated crop; null for a real one
 * @param snapshot of the generator of a generated crop; null for a real one
 * @param scale pixels of the field that the crop was cut out of for each of its own; 1 where that
 *     is not known
 * @param left first column of the window in the crop
 * @param top first row of the window in the crop
 * @param cropSide the shorter side of the crop, in pixels
 * @param axis its centre, direction and size
 */
record Cell(
    Cut cut,
    String className,
    String source,
    @Nullable Long seed,
    @Nullable Long index,
    @Nullable String snapshot,
    double scale,
    int left,
    int top,
    int cropSide,
    Axis axis) {

  /**
   * The main axis of a mask, by its moments.
   *
   * @param x of the centre, in pixels of the window
   * @param y of the centre
   * @param angle of the long axis, in radians from the x axis to the y axis
   * @param length along it, in pixels
   * @param width across it
   */
  record Axis(double x, double y, double angle, double length, double width) {
    static Axis of(PixelSet mask) {
      double n = 0;
      double x = 0;
      double y = 0;
      for (int i = 0; i < mask.in.length; i++) {
        if (mask.in[i]) {
          n++;
          x += i % mask.width;
          int row = i / mask.width;
          y += row;
        }
      }
      x /= n;
      y /= n;
      double xx = 0;
      double xy = 0;
      double yy = 0;
      for (int i = 0; i < mask.in.length; i++) {
        if (mask.in[i]) {
          int row = i / mask.width;
          double dx = i % mask.width - x;
          double dy = row - y;
          xx += dx * dx / n;
          xy += dx * dy / n;
          yy += dy * dy / n;
        }
      }
      double angle = 0.5 * StrictMath.atan2(2 * xy, xx - yy);
      double least = Double.MAX_VALUE;
      double most = -Double.MAX_VALUE;
      double leastAcross = Double.MAX_VALUE;
      double mostAcross = -Double.MAX_VALUE;
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      for (int i = 0; i < mask.in.length; i++) {
        if (mask.in[i]) {
          int row = i / mask.width;
          double along = (i % mask.width - x) * cos + (row - y) * sin;
          double across = (row - y) * cos - (i % mask.width - x) * sin;
          least = Math.min(least, along);
          most = Math.max(most, along);
          leastAcross = Math.min(leastAcross, across);
          mostAcross = Math.max(mostAcross, across);
        }
      }
      return new Axis(x, y, angle, most - least + 1, mostAcross - leastAcross + 1);
    }
  }

  /** Of a cut in its whole crop. */
  static Cell of(Cut cut, CellCrop crop) {
    int side = Math.min(cut.mask().width, cut.mask().height);
    int[] bounds = bounds(cut);
    Cut trimmed = trimmed(cut, bounds);
    return new Cell(
        trimmed,
        crop.className(),
        crop.source(),
        crop.seed(),
        crop.index(),
        crop.snapshot(),
        crop.scale(),
        bounds[0],
        bounds[1],
        side,
        Axis.of(trimmed.mask()));
  }

  /** Side of its crop, in pixels of a field of the crop's own magnification. */
  double sideInField() {
    return cropSide * scale;
  }

  /** Pixels of the mask. */
  int area() {
    return cut.mask().count();
  }

  /** The window of what is its own, and of its mask. */
  private static int[] bounds(Cut cut) {
    PixelSet own = PixelSet.above(cut.share(), cut.mask().width, cut.mask().height, 0.002);
    for (int i = 0; i < own.in.length; i++) {
      own.in[i] |= cut.mask().in[i];
    }
    return own.bounds();
  }

  private static Cut trimmed(Cut cut, int[] bounds) {
    int width = cut.mask().width;
    int newWidth = bounds[2] - bounds[0] + 1;
    int newHeight = bounds[3] - bounds[1] + 1;
    boolean[] mask = new boolean[newWidth * newHeight];
    float[] share = new float[newWidth * newHeight];
    ChannelPlanes amounts = ChannelPlanes.zero(newWidth, newHeight, cut.amounts().channels());
    for (int y = 0; y < newHeight; y++) {
      int from = (y + bounds[1]) * width + bounds[0];
      System.arraycopy(cut.mask().in, from, mask, y * newWidth, newWidth);
      System.arraycopy(cut.share(), from, share, y * newWidth, newWidth);
      for (int c = 0; c < amounts.channels(); c++) {
        System.arraycopy(
            cut.amounts().channel[c], from, amounts.channel[c], y * newWidth, newWidth);
      }
    }
    return new Cut(
        new PixelSet(newWidth, newHeight, mask),
        share,
        amounts,
        cut.ground(),
        cut.hue(),
        cut.peak());
  }
}
