package org.inoculum.compose;

/**
 * A cell as it lies in a field: turned, mirrored, scaled, stronger or weaker, out of focus.
 *
 * @param cell that was cut
 * @param pose how it was changed
 * @param left first column of its window in the field; may be outside
 * @param top first row
 * @param mask its pixels in the window
 * @param share how much of each pixel is its own
 * @param amounts how much cell there is at each pixel, with the share applied
 */
@SuppressWarnings("ArrayRecordComponent") // pixels, never compared
record LaidCell(
    Cell cell, Pose pose, int left, int top, PixelSet mask, float[] share, ChannelPlanes amounts) {

  /**
   * The change of a cell.
   *
   * @param x column of its centre in the field
   * @param y row of its centre
   * @param angle that it is turned by, in radians
   * @param mirrored whether it is mirrored first
   * @param scale pixels of the field for each of the crop
   * @param strength factor of each channel
   * @param blur deviation, in pixels of the field
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pose(
      double x,
      double y,
      double angle,
      boolean mirrored,
      double scale,
      double[] strength,
      double blur) {}

  /** Lays a cell; nothing is painted yet. */
  static LaidCell of(Cell cell, Pose pose) {
    Cut cut = cell.cut();
    int width = cut.mask().width;
    int height = cut.mask().height;
    double cos = StrictMath.cos(pose.angle);
    double sin = StrictMath.sin(pose.angle);
    double reach =
        pose.scale
                * Math.hypot(
                    Math.max(cell.axis().x(), width - 1 - cell.axis().x()) + 1,
                    Math.max(cell.axis().y(), height - 1 - cell.axis().y()) + 1)
            + 3 * pose.blur
            + 2;
    int left = (int) Math.floor(pose.x - reach);
    int top = (int) Math.floor(pose.y - reach);
    int side = (int) Math.ceil(2 * reach) + 1;
    int channels = cut.amounts().channels();
    ChannelPlanes amounts = ChannelPlanes.zero(side, side, channels);
    float[] share = new float[side * side];
    boolean[] mask = new boolean[side * side];
    float[][] weighed = weighed(cut);
    Taps taps = new Taps(width, height);
    for (int v = 0; v < side; v++) {
      for (int u = 0; u < side; u++) {
        double dx = (u + left - pose.x) / pose.scale;
        double dy = (v + top - pose.y) / pose.scale;
        double along = cos * dx + sin * dy;
        double x = cell.axis().x() + (pose.mirrored ? -along : along);
        double y = cell.axis().y() - sin * dx + cos * dy;
        if (!taps.at(x, y)) {
          continue;
        }
        int i = v * side + u;
        share[i] = Math.max(0, Math.min(1, taps.of(cut.share())));
        mask[i] = taps.linear(cut.mask().in) >= 0.5;
        for (int c = 0; c < channels; c++) {
          amounts.channel[c][i] = (float) (pose.strength[c] * taps.of(weighed[c]));
        }
      }
    }
    return new LaidCell(
        cell,
        pose,
        left,
        top,
        new PixelSet(side, side, mask),
        Blur.of(share, side, side, pose.blur),
        amounts.blurred(pose.blur));
  }

  private static float[][] weighed(Cut cut) {
    float[][] weighed = new float[cut.amounts().channels()][];
    for (int c = 0; c < weighed.length; c++) {
      weighed[c] = cut.amounts().channel[c].clone();
      for (int i = 0; i < weighed[c].length; i++) {
        weighed[c][i] *= cut.share()[i];
      }
    }
    return weighed;
  }

  /**
   * Bicubic interpolation in a window beyond which all is 0 (Keys, "Cubic convolution interpolation
   * for digital image processing", 1981).
   */
  private static final class Taps {
    private final int width;
    private final int height;
    private int x;
    private int y;
    private double a;
    private double b;
    private final double[] across = new double[4];
    private final double[] down = new double[4];

    Taps(int width, int height) {
      this.width = width;
      this.height = height;
    }

    /** False where everything around is outside. */
    boolean at(double atX, double atY) {
      x = (int) Math.floor(atX);
      y = (int) Math.floor(atY);
      if (x < -2 || y < -2 || x > width || y > height) {
        return false;
      }
      a = atX - x;
      b = atY - y;
      weigh(a, across);
      weigh(b, down);
      return true;
    }

    private static void weigh(double t, double[] weights) {
      weights[0] = ((-0.5 * t + 1) * t - 0.5) * t;
      weights[1] = (1.5 * t - 2.5) * t * t + 1;
      weights[2] = ((-1.5 * t + 2) * t + 0.5) * t;
      weights[3] = (0.5 * t - 0.5) * t * t;
    }

    float of(float[] values) {
      double sum = 0;
      for (int v = 0; v < 4; v++) {
        int row = y + v - 1;
        if (row < 0 || row >= height) {
          continue;
        }
        for (int u = 0; u < 4; u++) {
          int column = x + u - 1;
          if (column >= 0 && column < width) {
            sum += down[v] * across[u] * values[row * width + column];
          }
        }
      }
      return (float) sum;
    }

    double linear(boolean[] values) {
      return (1 - b) * ((1 - a) * one(values, x, y) + a * one(values, x + 1, y))
          + b * ((1 - a) * one(values, x, y + 1) + a * one(values, x + 1, y + 1));
    }

    private double one(boolean[] values, int column, int row) {
      return column >= 0
              && row >= 0
              && column < width
              && row < height
              && values[row * width + column]
          ? 1
          : 0;
    }
  }
}
