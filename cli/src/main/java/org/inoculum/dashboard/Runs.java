package org.inoculum.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.Sha256;

/**
 * The folder of all runs. A run is a folder right in it with a {@code config.json}; links are not
 * followed, so that nothing outside of the folder is shown.
 *
 * @param root as it really lies
 */
record Runs(Path root) {
  /** More are not listed: those of the highest names are. */
  private static final int MOST = 1000;

  /** What can stand in a URL as it is, and leads nowhere. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final Pattern HASHED = Pattern.compile("~[0-9a-f]{16}");

  /**
   * A folder of runs.
   *
   * @throws UserException of kind BAD_DATA if it is none
   */
  static Runs in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw UserException.badData(
          folder + " is not a folder; name the one that `inoculum train` makes its runs in");
    }
    if (Files.isRegularFile(folder.resolve("config.json"))) {
      throw UserException.usage(
          folder + " is a run itself; name the folder that it lies in, to see it beside others");
    }
    try {
      return new Runs(folder.toRealPath());
    } catch (IOException e) {
      throw UserException.badData("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The highest names first. */
  List<Run> all() {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .sorted(Comparator.comparing((Path path) -> path.getFileName().toString()).reversed())
          .filter(Runs::isRun)
          .limit(MOST)
          .map(Runs::run)
          .toList();
    } catch (IOException e) {
      throw UserException.badData("cannot read " + root + ": " + e.getMessage(), e);
    }
  }

  /** The run that a page calls so. */
  Optional<Run> find(String id) {
    if (PLAIN.matcher(id).matches()) {
      Path folder = root.resolve(id);
      return isRun(folder) ? Optional.of(run(folder)) : Optional.empty();
    }
    return HASHED.matcher(id).matches()
        ? all().stream().filter(run -> run.id().equals(id)).findFirst()
        : Optional.empty();
  }

  private static boolean isRun(Path folder) {
    try {
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.isRegularFile(folder.resolve("config.json"), LinkOption.NOFOLLOW_LINKS)
          && folder.toRealPath().equals(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private static Run run(Path folder) {
    String name = folder.getFileName().toString();
    String id =
        PLAIN.matcher(name).matches()
            ? name
            : "~" + Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    return new Run(id, name, folder);
  }
}
