package org.inoculum.train;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options for resuming a training.
 *
 * @param budget a new one for the whole training, with what was trained before; the run's own where
 *     nothing is said
 * @param threads other than the run's; results then differ in the last bits
 * @param plan how often a checkpoint is written
 */
public record ResumeOptions(Optional<Budget> budget, OptionalInt threads, CheckpointPlan plan) {
  /** As the run was. */
  public static final ResumeOptions UNCHANGED =
      new ResumeOptions(Optional.empty(), OptionalInt.empty(), CheckpointPlan.DEFAULT);
}
