package org.inoculum.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a run: a number of five digits, which orders them, and a name. */
final class RunName {
  private static final Pattern NUMBERED = Pattern.compile("(\\d{5})-.*");

  private RunName() {}

  /**
   * Where the next run goes.
   *
   * @param runs the folder of all runs
   * @param name what follows the number; what a file system minds in it is replaced
   */
  static Path next(Path runs, String name) {
    return runs.resolve(
        String.format(
            Locale.ROOT, "%05d-%s", nextNumber(runs), name.replaceAll("[^A-Za-z0-9._-]+", "-")));
  }

  private static int nextNumber(Path runs) {
    int next = 0;
    for (Path run : NumberedFolders.children(runs)) {
      Matcher matcher = NUMBERED.matcher(run.getFileName().toString());
      if (matcher.matches()) {
        next = Math.max(next, Integer.parseInt(matcher.group(1)) + 1);
      }
    }
    return next;
  }
}
