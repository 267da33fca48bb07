package org.inoculum.cli;

import java.util.List;
import org.inoculum.data.Reading;
import picocli.CommandLine.Option;

/** The option for leaving out files that cannot be read, rather than ending the command. */
final class SkipBadOption {
  private static final int SHOWN = 10;

  @Option(
      names = "--skip-bad",
      description =
          "Leaves out files that cannot be read and says how many. Default: names them and stops.")
  private boolean skipBad;

  Reading over(Reading otherwise) {
    return new Reading(
        otherwise.plane(), otherwise.window(), otherwise.limits(), skipBad || otherwise.skipBad());
  }

  /** Tells what was left out. */
  static void warnOfSkipped(Console console, List<String> skipped, int read) {
    if (skipped.isEmpty()) {
      return;
    }
    console.note(
        "left out "
            + skipped.size()
            + " of "
            + (skipped.size() + read)
            + " files that cannot be read:");
    skipped.stream().limit(SHOWN).forEach(reason -> console.note("  " + reason));
    if (skipped.size() > SHOWN) {
      console.note("  and " + (skipped.size() - SHOWN) + " more, which inoculum inspect names");
    }
  }
}
