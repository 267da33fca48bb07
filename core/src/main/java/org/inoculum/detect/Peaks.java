package org.inoculum.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cells out of a heatmap: its local maxima, nearer ones joined. */
final class Peaks {
  /** Fainter peaks are none. */
  static final double FAINTEST = 0.03;

  /** Most cells of a field. */
  static final int MOST = 5000;

  /** Two boxes that share so much are one cell. */
  private static final double SAME_BOX = 0.5;

  /** Two centres nearer than this share of the shorter of the longer sides are one cell. */
  private static final double SAME_CENTRE = 0.2;

  private static final double LARGEST_LOG = 6;

  private Peaks() {}

  /**
   * The cells.
   *
   * @param heat 0..1, (classes, height, width)
   * @param box as the network's, (4, height, width)
   * @return in pixels of the input, the surest first
   */
  static List<Detection> of(float[] heat, float[] box, int classes, int height, int width) {
    List<Detection> found = new ArrayList<>();
    int plane = height * width;
    for (int k = 0; k < classes; k++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float score = heat[k * plane + y * width + x];
          if (score >= FAINTEST && isHighest(heat, k * plane, y, x, height, width)) {
            found.add(new Detection(k, rect(box, plane, y, x, width), score));
          }
        }
      }
    }
    found.sort(Comparator.comparingDouble(Detection::score).reversed());
    return joined(found);
  }

  private static Rect rect(float[] box, int plane, int y, int x, int width) {
    int at = y * width + x;
    double stride = DetectorNetwork.STRIDE;
    double across = stride * StrictMath.exp(Math.min(LARGEST_LOG, box[at]));
    double down = stride * StrictMath.exp(Math.min(LARGEST_LOG, box[plane + at]));
    double centreX = stride * (x + 0.5 + Math.max(-1.5, Math.min(1.5, box[2 * plane + at])));
    double centreY = stride * (y + 0.5 + Math.max(-1.5, Math.min(1.5, box[3 * plane + at])));
    return new Rect(centreX - across / 2, centreY - down / 2, across, down);
  }

  /** Of equal neighbours the first in reading order. */
  private static boolean isHighest(float[] heat, int first, int y, int x, int height, int width) {
    float own = heat[first + y * width + x];
    for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        float other = heat[first + v * width + u];
        boolean before = v < y || (v == y && u < x);
        if (other > own || (other == own && before)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Without those that a surer one of the same class already is. */
  private static List<Detection> joined(List<Detection> found) {
    List<Detection> kept = new ArrayList<>();
    for (Detection one : found) {
      if (kept.size() == MOST) {
        break;
      }
      boolean isNew = true;
      for (Detection other : kept) {
        double longer = Math.min(one.box().longer(), other.box().longer());
        if (one.label() == other.label()
            && (one.box().distance(other.box()) < SAME_CENTRE * longer
                || one.box().iou(other.box()) > SAME_BOX)) {
          isNew = false;
          break;
        }
      }
      if (isNew) {
        kept.add(one);
      }
    }
    return kept;
  }
}
