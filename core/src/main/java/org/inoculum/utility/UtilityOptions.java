package org.inoculum.utility;

import java.util.List;
import org.inoculum.UserException;

/**
 * The options of the utility test.
 *
 * @param repeats classifiers trained in each condition
 * @param budgets numbers of gradient steps that each condition is trained with, ascending
 * @param every whether all augmentations and all uses are tried, or the usual ones
 * @param threads classifiers that are trained at a time
 * @param seed of every random draw; classifier k uses the seed that follows from it and k
 */
public record UtilityOptions(
    int repeats, List<Integer> budgets, boolean every, int threads, long seed) {
  /** Classifiers of a condition in the quick protocol: half of them choose, half of them tell. */
  public static final int QUICK_REPEATS = 4;

  /** Classifiers of a condition in the full protocol. */
  public static final int FULL_REPEATS = 5;

  /** Steps of the quick protocol. */
  public static final List<Integer> QUICK_BUDGETS = List.of(300);

  /** Steps of the full protocol: a longer training is the control of every use. */
  public static final List<Integer> FULL_BUDGETS = List.of(300, 900);

  /** Checks the ranges. */
  public UtilityOptions {
    require("--repeats", repeats, 2, 100);
    budgets.forEach(steps -> require("--steps", steps, 1, 1_000_000));
    require("--threads", threads, 1, 1024);
    budgets = budgets.stream().sorted().distinct().toList();
  }

  private static void require(String option, int value, int low, int high) {
    if (value < low || value > high) {
      throw UserException.usage(option + " must be from " + low + " to " + high + ", was " + value);
    }
  }
}
