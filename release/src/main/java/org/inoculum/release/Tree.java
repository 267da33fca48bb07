package org.inoculum.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A folder with all below it, in the order of the names. */
final class Tree {
  private Tree() {}

  /** The paths below a folder, parents first, the folder itself left out. */
  static List<Path> below(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(path -> !path.equals(folder))
          .sorted(Comparator.comparing(path -> nameIn(folder, path)))
          .toList();
    }
  }

  /** The name of a path in a folder, with slashes. */
  static String nameIn(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path path : below(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
      Files.delete(folder);
    }
  }

  /** Copies what is below a folder and taken by its name there. */
  static void copy(Path from, Path to, Predicate<String> taken) throws IOException {
    for (Path path : below(from)) {
      String name = nameIn(from, path);
      if (Files.isRegularFile(path) && taken.test(name)) {
        Path copy = to.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(path, copy);
      }
    }
  }

  /** Gives all the time and the permissions that they have in the releases. */
  static void settle(Path folder, FileTime time) throws IOException {
    for (Path path : below(folder)) {
      boolean open = Files.isDirectory(path) || isExecuted(path);
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(open ? "rwxr-xr-x" : "rw-r--r--"));
      Files.setLastModifiedTime(path, time);
    }
    Files.setLastModifiedTime(folder, time);
  }

  /** Root may execute what nobody is meant to: so by the owner's permission. */
  static boolean isExecuted(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).charAt(2) == 'x';
  }
}
