package org.inoculum.utility;

import org.inoculum.UserException;

/**
 * The options of the utility test.
 *
 * @param repeats classifiers trained in each condition
 * @param steps gradient steps of each, the same in every condition
 * @param threads classifiers that are trained at a time
 * @param seed of every random draw; classifier k uses the seed that follows from it and k
 */
public record UtilityOptions(int repeats, int steps, int threads, long seed) {
  /** Seeds that metrics.md asks for. */
  public static final int DEFAULT_REPEATS = 5;

  /** Enough for the baseline to fit 128 images. */
  public static final int DEFAULT_STEPS = 300;

  /** Checks the ranges. */
  public UtilityOptions {
    require("--repeats", repeats, 1, 100);
    require("--steps", steps, 1, 1_000_000);
    require("--threads", threads, 1, 1024);
  }

  private static void require(String option, int value, int low, int high) {
    if (value < low || value > high) {
      throw UserException.usage(option + " must be from " + low + " to " + high + ", was " + value);
    }
  }
}
