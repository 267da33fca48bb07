package org.inoculum.cli;

import java.util.List;
import org.inoculum.UserException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** From what went wrong to what the user reads and the shell gets. */
final class Failures {
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int BAD_DATA = 3;
  static final int STORAGE = 4;

  private Failures() {}

  /** A user's mistake is one line; anything else is a bug and shows where it happened. */
  static int exitCode(Exception failure, Console console) {
    if (failure instanceof UserException mistake) {
      console.error(String.valueOf(mistake.getMessage()));
      return switch (mistake.kind()) {
        case USAGE -> USAGE;
        case BAD_DATA -> BAD_DATA;
        case STORAGE -> STORAGE;
        case FAILURE -> FAILURE;
      };
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || cause instanceof StackOverflowError) {
        return exhausted((Error) cause, console);
      }
    }
    console.error("this is a bug in inoculum; please report it with what follows");
    failure.printStackTrace(console.err());
    return FAILURE;
  }

  /** Memory that was not enough is no bug of which a trace would tell anything. */
  static int exhausted(Error failure, Console console) {
    console.error(
        failure instanceof StackOverflowError
            ? "the input is nested too deeply to be read"
            : "the "
                + Runtime.getRuntime().maxMemory() / 1_000_000
                + " MB of memory that Java may use are not enough; give it more, such as with JAVA_TOOL_OPTIONS=-Xmx16g, or less to do");
    return FAILURE;
  }

  /**
   * A command line that could not be understood: one line, a suggestion where there is one, and
   * where help is.
   */
  static int usage(ParameterException failure, Console console) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getCause() instanceof UserException cause) {
      message = String.valueOf(cause.getMessage());
    } else if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        message +=
            "; did you mean "
                + String.join(" or ", suggestions.subList(0, Math.min(2, suggestions.size())))
                + "?";
      }
    }
    CommandLine command = failure.getCommandLine();
    console.error(message + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    return USAGE;
  }
}
