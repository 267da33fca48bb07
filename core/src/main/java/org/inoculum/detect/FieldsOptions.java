package org.inoculum.detect;

import org.inoculum.UserException;

/**
 * The options of the test whether composed fields help a detector.
 *
 * @param repeats detectors trained in each condition, each with a seed of its own
 * @param steps gradient steps of each, the same in every condition
 * @param threads detectors that are trained at a time, one thread each
 * @param seed of every random draw
 * @param keep whether the detector of the best condition is wanted
 */
public record FieldsOptions(int repeats, int steps, int threads, long seed, boolean keep) {
  /** Three seeds: the least from which a spread can be told. */
  public static final int DEFAULT_REPEATS = 3;

  /** Below the plateau, for a first look. */
  public static final int QUICK_STEPS = 300;

  /** For a result to decide by; whether it is the plateau depends on the fields. */
  public static final int FULL_STEPS = 1200;

  /** Checks the ranges. */
  public FieldsOptions {
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
