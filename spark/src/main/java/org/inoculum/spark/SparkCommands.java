package org.inoculum.spark;

import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Reads the options of a program of this module and ends it. */
final class SparkCommands {
  private static final Logger LOG = LoggerFactory.getLogger(SparkCommands.class);
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private SparkCommands() {}

  /**
   * Runs a command and ends Java where it failed: with 1, or with 2 for a user's mistake. Success
   * returns, since some cluster managers take any call of exit for a failure.
   */
  static void runAndExit(Callable<Integer> command, String[] arguments) {
    int code = run(command, arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs a command; a user's mistake is one line, a bug a stack trace. */
  static int run(Callable<Integer> command, String[] arguments) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              if (failure instanceof UserException mistake) {
                LOG.error("{}", mistake.getMessage());
                return mistake.kind() == UserException.Kind.USAGE ? USAGE : FAILURE;
              }
              LOG.error("this should not happen", failure);
              return FAILURE;
            })
        .execute(arguments);
  }
}
