package org.inoculum.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What counts as found. */
enum Matching {
  /**
   * The found centre lies in the cell's box, or within a tolerance of its centre: for counting,
   * where the size of a loosely drawn box says little.
   */
  CENTRE {
    @Override
    double quality(Rect found, Rect truth, double tolerance) {
      double distance = found.distance(truth);
      boolean near = distance <= tolerance || truth.contains(found.x(), found.y());
      return near ? 1 / (1 + distance) : 0;
    }

    @Override
    boolean isIn(Rect found, Rect region) {
      return region.contains(found.x(), found.y());
    }
  },
  /** Intersection over union of at least 0.5, as in COCO. */
  IOU {
    @Override
    double quality(Rect found, Rect truth, double tolerance) {
      double iou = found.iou(truth);
      return iou >= LEAST_IOU ? iou : 0;
    }

    @Override
    boolean isIn(Rect found, Rect region) {
      return found.intersection(region) >= LEAST_IOU * found.width() * found.height();
    }
  };

  private static final double LEAST_IOU = 0.5;

  /** Above 0 where it is a match, the more the better. */
  abstract double quality(Rect found, Rect truth, double tolerance);

  /** Whether what was found is none of the test's business. */
  abstract boolean isIn(Rect found, Rect region);

  /**
   * A found cell that counts.
   *
   * @param score of the detector
   * @param hit whether it is a true one that no surer one had
   */
  record Found(double score, boolean hit) {}

  /**
   * Compares the found cells of one class and field with the true ones, the surest first; each true
   * one is found once. What matches none and lies in an ignored region does not count.
   *
   * @param tolerance of {@link #CENTRE}, in pixels of the field
   */
  List<Found> match(List<Detection> found, List<Rect> truth, List<Rect> ignored, double tolerance) {
    List<Detection> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
    boolean[] taken = new boolean[truth.size()];
    List<Found> matched = new ArrayList<>();
    for (Detection one : sorted) {
      int best = -1;
      double bestQuality = 0;
      for (int i = 0; i < taken.length; i++) {
        double quality = taken[i] ? 0 : quality(one.box(), truth.get(i), tolerance);
        if (quality > bestQuality) {
          best = i;
          bestQuality = quality;
        }
      }
      if (best >= 0) {
        taken[best] = true;
        matched.add(new Found(one.score(), true));
      } else if (ignored.stream().noneMatch(region -> isIn(one.box(), region))) {
        matched.add(new Found(one.score(), false));
      }
    }
    return matched;
  }
}
