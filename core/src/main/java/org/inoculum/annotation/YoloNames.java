package org.inoculum.annotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * What YOLO's class numbers are called, from {@code classes.txt} (a name a line) or the {@code
 * names:} of {@code data.yaml}: [a, b], or a list of "- a" or "0: a" below it. No other YAML is
 * understood.
 *
 * <p>The files are looked for in the folder of boxes and, where that is called "labels" or lies in
 * a folder of that name, beside "labels", which is how such data sets are laid out.
 */
final class YoloNames {
  private static final int MOST = 10_000;

  private final Path file;
  private final Map<Integer, String> names = new TreeMap<>();

  private YoloNames(Path file) {
    this.file = file;
  }

  /** The names of a folder of boxes, or of the folder of one file of them. */
  static Optional<YoloNames> find(Path source) {
    for (Path folder : folders(source)) {
      for (String name : List.of("classes.txt", "data.yaml", "data.yml")) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
          YoloNames found = new YoloNames(file);
          if (name.endsWith(".txt")) {
            found.readLines();
          } else {
            found.readYaml();
          }
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> folders(Path source) {
    List<Path> folders = new ArrayList<>();
    Path absolute = source.toAbsolutePath().normalize();
    Path folder = Files.isDirectory(source) ? absolute : absolute.getParent();
    for (int up = 0; up < 2 && folder != null; up++) {
      if (up == 0) {
        folders.add(folder);
      }
      Path parent = folder.getParent();
      if (folder.endsWith("labels") && parent != null) {
        folders.add(folder);
        folders.add(parent);
      }
      folder = parent;
    }
    return folders;
  }

  Path file() {
    return file;
  }

  Optional<String> of(int number) {
    return Optional.ofNullable(names.get(number));
  }

  private void readLines() {
    try (TextLines lines = new TextLines(file, BoxLimits.ONE_PICTURE)) {
      int number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          put(number, line.strip(), lines.place());
        }
        number++;
      }
    }
  }

  private void readYaml() {
    try (TextLines lines = new TextLines(file, BoxLimits.ONE_PICTURE)) {
      boolean below = false;
      for (String line = lines.next(); line != null; line = lines.next()) {
        String text = withoutComment(line);
        if (text.startsWith("names:")) {
          below = true;
          readInline(text.substring("names:".length()).strip(), lines.place());
        } else if (below && !text.isBlank()) {
          if (!Character.isWhitespace(text.charAt(0)) && !text.startsWith("-")) {
            return;
          }
          readEntry(text.strip(), lines.place());
        }
      }
    }
    if (names.isEmpty()) {
      throw notUnderstood(file.toString(), null);
    }
  }

  /** What stands in the line of "names:" itself. */
  private void readInline(String text, String place) {
    if (text.isEmpty()) {
      return;
    }
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw notUnderstood(place, text);
    }
    int number = 0;
    for (String name : text.substring(1, text.length() - 1).split(",", -1)) {
      put(number++, unquoted(name.strip()), place);
    }
  }

  private void readEntry(String text, String place) {
    if (text.startsWith("- ")) {
      put(names.size(), unquoted(text.substring(2).strip()), place);
      return;
    }
    int colon = text.indexOf(':');
    try {
      put(
          Integer.parseInt(text.substring(0, Math.max(0, colon)).strip()),
          unquoted(text.substring(colon + 1).strip()),
          place);
    } catch (NumberFormatException e) {
      throw notUnderstood(place, text);
    }
  }

  private void put(int number, String name, String place) {
    if (name.isEmpty() || number < 0 || number >= MOST) {
      throw notUnderstood(place, name);
    }
    if (names.put(number, name) != null) {
      throw UserException.badData(place + ": class " + number + " is named twice");
    }
  }

  private static String withoutComment(String line) {
    int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static String unquoted(String name) {
    boolean quoted =
        name.length() >= 2
            && (name.charAt(0) == '\'' || name.charAt(0) == '"')
            && name.charAt(name.length() - 1) == name.charAt(0);
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  private static UserException notUnderstood(String place, @Nullable String found) {
    return UserException.badData(
        place
            + ": expected class names, as [a, b] behind 'names:' or as '- a' or '0: a' below it"
            + (found == null ? "" : ", found '" + Annotations.shortened(found) + "'")
            + "; a file classes.txt with a name in each line is read instead");
  }
}
