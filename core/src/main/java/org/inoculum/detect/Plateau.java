package org.inoculum.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;

/**
 * How long to train: steps are doubled until that raises the AP of no condition that is watched.
 * The last number tried is taken for every condition, so that none is stopped before its time.
 *
 * @param points what was tried
 * @param flat whether the end was reached, and not the most steps
 */
record Plateau(List<Point> points, boolean flat) {
  /** A rise that is none: what two seeds differ by. */
  static final double RISE = 0.01;

  /** Eight times the first. */
  static final int MOST_DOUBLINGS = 3;

  /** Keeps a copy of the list. */
  Plateau {
    points = List.copyOf(points);
  }

  /**
   * A detector of the first seed.
   *
   * @param condition index of what it was trained on
   * @param steps how long
   * @param ap by centre on the test fields
   */
  record Point(int condition, int steps, double ap) {}

  /** The steps to take. */
  int steps() {
    return points.get(points.size() - 1).steps();
  }

  /**
   * Tries.
   *
   * @param first steps
   * @param watched indices of conditions
   * @param train trains these conditions for so many steps
   * @param ap of a condition after so many steps
   */
  static Plateau find(
      int first,
      List<Integer> watched,
      Consumer<Integer> train,
      ToDoubleBiFunction<Integer, Integer> ap) {
    List<Point> points = new ArrayList<>();
    double[] before = new double[watched.size()];
    for (int doublings = 0; ; doublings++) {
      int steps = first << doublings;
      train.accept(steps);
      boolean rises = false;
      for (int i = 0; i < before.length; i++) {
        double now = ap.applyAsDouble(watched.get(i), steps);
        points.add(new Point(watched.get(i), steps, now));
        rises |= now > before[i] + RISE;
        before[i] = now;
      }
      if (doublings > 0 && !rises) {
        return new Plateau(points, true);
      }
      if (doublings == MOST_DOUBLINGS) {
        return new Plateau(points, false);
      }
    }
  }
}
