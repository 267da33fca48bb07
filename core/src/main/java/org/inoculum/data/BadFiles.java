package org.inoculum.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.UserException;

/** Files that cannot be read: all are looked for, and then they are refused or left out. */
final class BadFiles {
  private static final int SHOWN = 10;

  private final Path root;
  private final boolean skip;
  private final List<String> reasons = new ArrayList<>();

  BadFiles(Path root, boolean skip) {
    this.root = root;
    this.skip = skip;
  }

  /** Reads a file; a failure is kept for later. */
  void guard(Runnable reading) {
    try {
      reading.run();
    } catch (UserException e) {
      if (e.kind() != UserException.Kind.BAD_DATA) {
        throw e; // a full disk is no fault of the file
      }
      reasons.add(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Refuses bad files, unless they are to be left out and at least two good ones remain.
   *
   * @param good files that can be read
   */
  void check(int good) {
    check(good, 2);
  }

  /** As {@link #check(int)}, where so many good ones are enough. */
  void check(int good, int least) {
    if (reasons.isEmpty() || (skip && good >= least)) {
      return;
    }
    String list = String.join("; ", reasons.subList(0, Math.min(SHOWN, reasons.size())));
    if (reasons.size() > SHOWN) {
      list += "; and " + (reasons.size() - SHOWN) + " more, which inoculum inspect names";
    }
    if (skip) {
      throw UserException.badData(
          "%s: only %d images can be read; at least %d are needed: %s"
              .formatted(root, good, least, list));
    }
    throw UserException.badData(
        reasons.size() == 1
            ? list + " (--skip-bad leaves it out)"
            : "%d of the %d images in %s cannot be read (--skip-bad leaves them out): %s"
                .formatted(reasons.size(), reasons.size() + good, root, list));
  }

  /** One line of reason for each file that was left out. */
  List<String> skipped() {
    return List.copyOf(reasons);
  }
}
