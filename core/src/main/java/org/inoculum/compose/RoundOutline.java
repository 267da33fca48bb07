package org.inoculum.compose;

import java.util.Arrays;

/**
 * The outline of a bulky cell that overlaps with neighbours: the closed path around the middle of
 * the crop on which the density falls most towards the outside, one radius for each direction,
 * changing little from one to the next. Where cells overlap densities add up, so that the border of
 * each is seen in the other. The best path is found by dynamic programming over two turns, of which
 * the middle one is taken (active contours in polar coordinates: Amini, Weymouth and Jain, "Using
 * dynamic programming for solving variational problems in vision", 1990).
 */
final class RoundOutline {
  private static final int DIRECTIONS = 96;

  /** Radii of a crop of 128. */
  private static final double LEAST = 16;

  /** How far inside and outside the density is compared, in pixels of a crop of 128. */
  private static final double REACH = 2.5;

  /** Half a pixel of radius is a step. */
  private static final double STEP = 0.5;

  private static final int MOST_CHANGE = 3;
  private static final double CHANGE_COST = 0.01;

  /** A fall of the density that is a border, as a share of the peak. */
  private static final double SEEN = 0.08;

  private RoundOutline() {}

  /**
   * The outline.
   *
   * @param mask all inside
   * @param seen share of the directions in which a border is seen
   */
  record Found(PixelSet mask, double seen) {}

  /**
   * Around the middle of a crop.
   *
   * @param amounts of any hue, for each pixel
   * @param peak of the cell
   */
  static Found of(float[] amounts, int width, int height, double peak, double unit) {
    float[] smooth = Blur.of(amounts, width, height, unit);
    int least = (int) (LEAST * unit / STEP);
    int most = (int) (0.5 * Math.hypot(width, height) / STEP);
    double[][] fall = new double[DIRECTIONS][most];
    for (int k = 0; k < DIRECTIONS; k++) {
      double angle = 2 * Math.PI * k / DIRECTIONS;
      double dx = StrictMath.cos(angle);
      double dy = StrictMath.sin(angle);
      for (int r = 0; r < most; r++) {
        double inside = r * STEP - REACH * unit;
        double outside = r * STEP + REACH * unit;
        boolean beyond =
            Math.abs(dx) * r * STEP > width / 2.0 - 1 || Math.abs(dy) * r * STEP > height / 2.0 - 1;
        fall[k][r] =
            beyond || r < least
                ? -1
                : (sample(smooth, width, height, dx * inside, dy * inside)
                        - sample(smooth, width, height, dx * outside, dy * outside))
                    / peak;
      }
    }
    int[] radii = path(fall, least, most);
    int seen = 0;
    for (int k = 0; k < DIRECTIONS; k++) {
      seen += fall[k][radii[k]] >= SEEN ? 1 : 0;
    }
    return new Found(inside(radii, width, height), (double) seen / DIRECTIONS);
  }

  private static int[] path(double[][] fall, int least, int most) {
    int turns = 2 * DIRECTIONS;
    double[] best = new double[most];
    int[][] from = new int[turns][most];
    for (int k = 0; k < turns; k++) {
      double[] next = new double[most];
      Arrays.fill(next, Double.NEGATIVE_INFINITY);
      for (int r = least; r < most; r++) {
        double own = fall[k % DIRECTIONS][r];
        for (int d = -MOST_CHANGE; d <= MOST_CHANGE; d++) {
          int before = r + d;
          if (before >= least && before < most) {
            double value = best[before] + own - CHANGE_COST * d * d;
            if (value > next[r]) {
              next[r] = value;
              from[k][r] = before;
            }
          }
        }
      }
      best = next;
    }
    int at = least;
    for (int r = least; r < most; r++) {
      at = best[r] > best[at] ? r : at;
    }
    int[] radii = new int[DIRECTIONS];
    for (int k = turns - 1; k >= DIRECTIONS / 2; k--) {
      if (k < DIRECTIONS / 2 + DIRECTIONS) {
        radii[k % DIRECTIONS] = at;
      }
      at = from[k][at];
    }
    return radii;
  }

  private static PixelSet inside(int[] radii, int width, int height) {
    boolean[] in = new boolean[width * height];
    for (int i = 0; i < in.length; i++) {
      double dx = i % width - (width - 1) / 2.0;
      int row = i / width;
      double dy = row - (height - 1) / 2.0;
      double turn = StrictMath.atan2(dy, dx) / (2 * Math.PI) * DIRECTIONS;
      int k = (int) Math.floor(turn);
      double share = turn - k;
      double radius =
          (1 - share) * radii[Math.floorMod(k, DIRECTIONS)]
              + share * radii[Math.floorMod(k + 1, DIRECTIONS)];
      in[i] = Math.hypot(dx, dy) <= radius * STEP;
    }
    return new PixelSet(width, height, in);
  }

  /** At a place from the middle, bilinear; the border's values go on. */
  private static double sample(float[] values, int width, int height, double dx, double dy) {
    double x = Math.max(0, Math.min(width - 1.001, dx + (width - 1) / 2.0));
    double y = Math.max(0, Math.min(height - 1.001, dy + (height - 1) / 2.0));
    int column = (int) x;
    int row = (int) y;
    double a = x - column;
    double b = y - row;
    int i = row * width + column;
    return (1 - b) * ((1 - a) * values[i] + a * values[i + 1])
        + b * ((1 - a) * values[i + width] + a * values[i + width + 1]);
  }
}
