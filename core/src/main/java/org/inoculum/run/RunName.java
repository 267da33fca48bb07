package org.inoculum.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.files.Storage;

/** The names of runs: a number of five digits, which orders them, and a name. */
record RunName(Path runs, String name) implements Storage.Numbering {
  private static final Pattern NUMBERED = Pattern.compile("(\\d{5,9})-.*");

  /**
   * What the next run is called.
   *
   * @param runs the folder of all runs
   * @param name what follows the number; what a file system minds in it is replaced
   */
  RunName(Path runs, String name) {
    this.runs = runs;
    this.name = name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }

  @Override
  public String name(int number) {
    return String.format(Locale.ROOT, "%05d-%s", number, name);
  }

  @Override
  public int next() {
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
