package org.inoculum.cli;

import org.inoculum.train.Budget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the length of a training; at most one of them. */
final class BudgetOptions {
  @Option(names = "--minutes", paramLabel = "M", description = "Train for so many minutes.")
  private @Nullable Double minutes;

  @Option(
      names = "--kimg",
      paramLabel = "K",
      description = "Train until so many thousand real images were shown.")
  private @Nullable Double kimg;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      description = "Train for so many passes over the data. Default of classic: 20000.")
  private @Nullable Double epochs;

  @Option(
      names = "--iterations",
      paramLabel = "I",
      description = "Train for so many generator updates.")
  private @Nullable Double iterations;

  Budget budget() {
    if (minutes != null) {
      return new Budget(Budget.Unit.MINUTES, minutes);
    }
    if (kimg != null) {
      return new Budget(Budget.Unit.KIMG, kimg);
    }
    if (epochs != null) {
      return new Budget(Budget.Unit.EPOCHS, epochs);
    }
    return new Budget(Budget.Unit.ITERATIONS, iterations == null ? 0 : iterations);
  }
}
