package org.inoculum.train;

import org.inoculum.UserException;

/**
 * The plan of when checkpoints are written. It never changes what is trained: a checkpoint is taken
 * between two iterations.
 *
 * @param seconds of training between two checkpoints, at least
 * @param share of the training time that writing them may cost; where they take long, they become
 *     rarer
 * @param iterations between two checkpoints, whatever they cost; 0 to go by time
 */
public record CheckpointPlan(double seconds, double share, long iterations) {
  /** Every minute, or as often as 2 % of the time allows. */
  public static final CheckpointPlan DEFAULT = new CheckpointPlan(60, 0.02, 0);

  /** Checks the ranges. */
  public CheckpointPlan {
    if (!(seconds >= 0) || !(share > 0 && share <= 1) || iterations < 0) {
      throw UserException.usage(
          "checkpoints need an interval of at least 0 and a share of the time above 0 and up to 1, were "
              + seconds
              + " seconds, "
              + share
              + " and "
              + iterations
              + " iterations");
    }
  }

  /** One after every so many iterations. */
  public static CheckpointPlan everyIterations(long iterations) {
    return new CheckpointPlan(DEFAULT.seconds, DEFAULT.share, iterations);
  }

  /**
   * Whether one is due.
   *
   * @param since seconds of training since the last one
   * @param cost seconds that writing the last one took; 0 where none was written
   */
  boolean due(long iteration, double since, double cost) {
    return iterations > 0 ? iteration % iterations == 0 : since >= Math.max(seconds, cost / share);
  }
}
