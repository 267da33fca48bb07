package org.inoculum.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.Storage;

/**
 * Folders named after iterations, {@code 000100}, and which of them are worth keeping.
 *
 * @param parent the folder they are in
 */
record NumberedFolders(Path parent) {
  private static final int NEWEST_KEPT = 3;

  Path of(long iteration) {
    return parent.resolve(RunDirectory.number(iteration));
  }

  /** Newest first. */
  List<Path> newestFirst() {
    return children(parent).stream()
        .filter(folder -> String.valueOf(folder.getFileName()).matches("\\d{6,18}"))
        .sorted(Comparator.comparingLong(NumberedFolders::iteration).reversed())
        .toList();
  }

  /** Their names, newest first. */
  List<String> names() {
    return newestFirst().stream().map(folder -> String.valueOf(folder.getFileName())).toList();
  }

  /**
   * Removes all up to {@code newest} but the newest three of them, those in {@code best}, and the
   * first in each stretch of {@code every} iterations. Newer ones are left from before a training
   * went back.
   */
  void prune(long newest, Collection<Long> best, long every) {
    List<Path> folders =
        newestFirst().stream().filter(folder -> iteration(folder) <= newest).toList();
    Set<Path> kept = new HashSet<>(folders.subList(0, Math.min(NEWEST_KEPT, folders.size())));
    Set<Long> stretches = new HashSet<>();
    for (int i = folders.size() - 1; i >= 0; i--) {
      Path folder = folders.get(i);
      long stretch = iteration(folder) / every;
      boolean firstInStretch = stretch > 0 && stretches.add(stretch);
      if (!firstInStretch && !kept.contains(folder) && !best.contains(iteration(folder))) {
        Storage.deleteTree(folder);
      }
    }
  }

  /** Removes those of a later iteration. */
  void removeAfter(long iteration) {
    for (Path folder : newestFirst()) {
      if (iteration(folder) > iteration) {
        Storage.deleteTree(folder);
      }
    }
  }

  static long iteration(Path folder) {
    return Long.parseLong(String.valueOf(folder.getFileName()));
  }

  /** Whatever is in a folder; nothing where it is missing. */
  static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (IOException e) {
      throw UserException.badData("cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }
}
