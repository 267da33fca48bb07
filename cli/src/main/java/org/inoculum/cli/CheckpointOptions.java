package org.inoculum.cli;

import org.inoculum.train.CheckpointPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the time between two checkpoints. */
final class CheckpointOptions {
  private static final double SECONDS_PER_MINUTE = 60;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "M",
      description =
          "Training time between two checkpoints, whatever they cost. Default: 1, or more where that would take over 2 %%"
              + " of the time.")
  private @Nullable Double minutes;

  CheckpointPlan plan() {
    return minutes == null
        ? CheckpointPlan.DEFAULT
        : new CheckpointPlan(SECONDS_PER_MINUTE * minutes, 1, 0);
  }
}
