package org.inoculum.detect;

import java.util.List;
import org.inoculum.UserException;

/**
 * The options of the test whether composed fields help a detector.
 *
 * @param repeats detectors trained in each condition, each with a seed of its own
 * @param steps gradient steps of each, the same in every condition; with {@code toPlateau} the
 *     least that is tried
 * @param toPlateau whether steps are doubled until that no longer helps ({@link Plateau})
 * @param annotated how many annotated fields to train on beside all; empty: 1, 3, 9 …
 * @param grades rising means of cells a field, at each of which a grade begins; empty: no grades
 * @param threads detectors that are trained at a time, one thread each
 * @param seed of every random draw
 * @param keep whether the detector of the best condition is wanted
 */
public record FieldsOptions(
    int repeats,
    int steps,
    boolean toPlateau,
    List<Integer> annotated,
    List<Double> grades,
    int threads,
    long seed,
    boolean keep) {
  /** Three seeds: the least from which a spread can be told. */
  public static final int DEFAULT_REPEATS = 3;

  /** Below the plateau, for a first look. */
  public static final int QUICK_STEPS = 300;

  /** The least number of steps that is tried on the way to the plateau. */
  public static final int FIRST_STEPS = 900;

  /** Checks the ranges. */
  public FieldsOptions {
    annotated = List.copyOf(annotated);
    grades = List.copyOf(grades);
    annotated.forEach(count -> require("--annotated", count, 0, 1_000_000));
    require("--repeats", repeats, 1, 100);
    require("--steps", steps, 1, 1_000_000);
    require("--threads", threads, 1, 1024);
    for (int i = 0; i < grades.size(); i++) {
      double before = i == 0 ? 0 : grades.get(i - 1);
      if (!(grades.get(i) > before && grades.get(i) < 1e9)) {
        throw UserException.usage(
            "--grades must be means of cells a field above 0, each above the one before, was "
                + grades);
      }
    }
  }

  private static void require(String option, int value, int low, int high) {
    if (value < low || value > high) {
      throw UserException.usage(option + " must be from " + low + " to " + high + ", was " + value);
    }
  }
}
