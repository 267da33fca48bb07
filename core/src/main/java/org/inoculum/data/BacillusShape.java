package org.inoculum.data;

import org.inoculum.random.RandomStream;

/**
 * One rod: a bent centreline, a radius along it, and beads of stain. All lengths are in units of
 * the frame's side, so that the rod is the same at every image size.
 *
 * <p>The centreline's heading turns steadily (a bow), may swing back (an S) and may have a kink;
 * the stain gathers in beads at uneven distances, down to almost nothing between them.
 */
final class BacillusShape {
  private static final int SEGMENTS = 48;

  /** Lengths below are given in pixels of a 128-pixel frame, as they were looked at. */
  private static final double PIXEL = 1.0 / 128;

  private final double[] x = new double[SEGMENTS + 1];
  private final double[] y = new double[SEGMENTS + 1];
  private final double[] radius = new double[SEGMENTS + 1];
  private final double[] stain = new double[SEGMENTS + 1];

  private BacillusShape() {}

  /** A rod whose middle lies at (centreX, centreY), in units of the frame. */
  static BacillusShape draw(RandomStream random, double centreX, double centreY) {
    BacillusShape rod = new BacillusShape();
    double length = PIXEL * Math.max(22, Math.min(92, 59 + 19 * random.nextGaussian()));
    rod.bend(random, length, centreX, centreY);
    rod.fill(random, length);
    return rod;
  }

  private void bend(RandomStream random, double length, double centreX, double centreY) {
    double suppleness = Math.min(1, length / (50 * PIXEL)); // short rods look straight
    double heading = random.nextDouble(0, 2 * Math.PI);
    double bow = 0.55 * suppleness * random.nextGaussian();
    double swing = 0.20 * suppleness * random.nextGaussian();
    double kink = random.nextDouble() < 0.25 ? suppleness * random.nextDouble(-1, 1) : 0;
    double kinkAt = random.nextDouble(0.25, 0.75);
    double sumX = 0;
    double sumY = 0;
    for (int i = 1; i <= SEGMENTS; i++) {
      double t = (i - 0.5) / SEGMENTS;
      double angle =
          heading
              + bow * (t - 0.5)
              + swing * StrictMath.sin(2 * Math.PI * t)
              + 0.5 * kink * StrictMath.tanh((t - kinkAt) * 14);
      x[i] = x[i - 1] + length / SEGMENTS * StrictMath.cos(angle);
      y[i] = y[i - 1] + length / SEGMENTS * StrictMath.sin(angle);
      sumX += x[i];
      sumY += y[i];
    }
    for (int i = 0; i <= SEGMENTS; i++) {
      x[i] += centreX - sumX / (SEGMENTS + 1);
      y[i] += centreY - sumY / (SEGMENTS + 1);
    }
  }

  private void fill(RandomStream random, double length) {
    double thickness = PIXEL * Math.max(3.2, Math.min(5.8, 4.3 + 0.55 * random.nextGaussian()));
    double firstTip = random.nextDouble(0.6, 1);
    double lastTip = random.nextDouble(0.6, 1);
    double u = random.nextDouble();
    double beading = 0.1 + 0.85 * u;
    double spacing = PIXEL * random.nextDouble(11, 24);
    double[] beads = new double[SEGMENTS + 1];
    double at = -spacing * random.nextDouble(0, 0.5);
    while (at < length + spacing) {
      double strength = random.nextDouble(0.55, 1.15);
      double spread = spacing * random.nextDouble(0.22, 0.38);
      for (int i = 0; i <= SEGMENTS; i++) {
        double distance = (length * i / SEGMENTS - at) / spread;
        beads[i] += strength * StrictMath.exp(-0.5 * distance * distance);
      }
      at += spacing * random.nextDouble(0.7, 1.4);
    }
    double strongest = 0;
    for (double bead : beads) {
      strongest = Math.max(strongest, bead);
    }
    for (int i = 0; i <= SEGMENTS; i++) {
      double t = (double) i / SEGMENTS;
      double taper = tip(t, firstTip) * tip(1 - t, lastTip);
      double bead = beads[i] / strongest; // one bead at least is full
      radius[i] = thickness * taper * (1 - 0.25 * beading * (1 - bead));
      stain[i] = 1 - beading + beading * bead;
    }
  }

  /** Narrows the rod towards a tip over the outer quarter of its length. */
  private static double tip(double fromTip, double width) {
    double inward = Math.min(1, fromTip / 0.25);
    return width + (1 - width) * inward * (2 - inward);
  }

  /**
   * Adds to {@code thickness} (side x side, row by row) how much stain the light crosses: the chord
   * through a cylinder of stain, 1 through the middle of a rod of the usual radius.
   */
  void addThickness(double[] thickness, int side) {
    addThickness(thickness, side, side);
  }

  /** The same on a square of {@code side} points, of which {@code frame} are a frame's side. */
  void addThickness(double[] thickness, int side, int frame) {
    double usual = 4.1 * PIXEL;
    double reach = 8 * PIXEL;
    int firstRow = Math.max(0, (int) Math.floor((smallest(y) - reach) * frame));
    int lastRow = Math.min(side - 1, (int) Math.ceil((largest(y) + reach) * frame));
    int firstColumn = Math.max(0, (int) Math.floor((smallest(x) - reach) * frame));
    int lastColumn = Math.min(side - 1, (int) Math.ceil((largest(x) + reach) * frame));
    for (int row = firstRow; row <= lastRow; row++) {
      double py = (row + 0.5) / frame;
      for (int column = firstColumn; column <= lastColumn; column++) {
        double px = (column + 0.5) / frame;
        double best = reach * reach;
        double bestPosition = -1;
        for (int i = 0; i < SEGMENTS; i++) {
          double dx = x[i + 1] - x[i];
          double dy = y[i + 1] - y[i];
          double along = ((px - x[i]) * dx + (py - y[i]) * dy) / (dx * dx + dy * dy);
          along = Math.max(0, Math.min(1, along));
          double ex = px - x[i] - along * dx;
          double ey = py - y[i] - along * dy;
          double squared = ex * ex + ey * ey;
          if (squared < best) {
            best = squared;
            bestPosition = i + along;
          }
        }
        if (bestPosition >= 0) {
          double r = at(radius, bestPosition);
          if (best < r * r) {
            thickness[row * side + column] +=
                Math.sqrt(r * r - best) / usual * at(stain, bestPosition);
          }
        }
      }
    }
  }

  private static double smallest(double[] values) {
    double smallest = values[0];
    for (double value : values) {
      smallest = Math.min(smallest, value);
    }
    return smallest;
  }

  private static double largest(double[] values) {
    double largest = values[0];
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  private static double at(double[] values, double position) {
    int i = Math.min(SEGMENTS - 1, (int) position);
    double share = position - i;
    return values[i] * (1 - share) + values[i + 1] * share;
  }
}
