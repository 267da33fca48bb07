package org.inoculum.annotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The names of YOLO's class numbers: a name a line in {@code classes.txt} (labelImg, Label Studio),
 * {@code obj.names} (CVAT, Darknet) or {@code _darknet.labels} (Roboflow), or the {@code names} of
 * a {@code data.yaml} (Ultralytics, Roboflow), or of the only other such file in a folder.
 *
 * <p>The files are looked for in the folder of boxes and, where that is called "labels" or
 * "obj_train_data", holds or lies in a folder of that name, in the two folders above it, which is
 * how such data sets are laid out.
 */
final class YoloNames {
  /** Most classes. */
  static final int MOST = 10_000;

  private static final Set<String> LISTS = Set.of("classes.txt", "obj.names", "_darknet.labels");
  private static final List<String> FILES =
      List.of(
          "classes.txt",
          "obj.names",
          "_darknet.labels",
          "data.yaml",
          "data.yml",
          "dataset.yaml",
          "dataset.yml");
  private static final List<String> FOLDERS_OF_BOXES = List.of("labels", "obj_train_data");

  private final Path file;
  private final Map<Integer, String> names = new TreeMap<>();
  private boolean keypoints;

  private YoloNames(Path file) {
    this.file = file;
  }

  /** The names of a folder of boxes, or of the folder of one file of them. */
  static Optional<YoloNames> find(Path source) {
    for (Path folder : folders(source)) {
      for (String name : FILES) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
          return Optional.of(read(file));
        }
      }
      Optional<YoloNames> other = other(folder);
      if (other.isPresent()) {
        return other;
      }
    }
    return Optional.empty();
  }

  private static YoloNames read(Path file) {
    YoloNames found = new YoloNames(file);
    String name = String.valueOf(file.getFileName());
    if (LISTS.contains(name) || name.endsWith(".names")) {
      found.readLines();
    } else {
      found.readYaml();
    }
    return found;
  }

  /**
   * A file of another name that says it: cells.names, or a YAML file with names; no other YAML file
   * is an error.
   *
   * @throws UserException of kind BAD_DATA if there are several that differ
   */
  private static Optional<YoloNames> other(Path folder) {
    List<YoloNames> found = new ArrayList<>();
    for (String ending : List.of(".names", ".yaml", ".yml")) {
      for (Path file : AnnotationFiles.directly(folder, ending)) {
        try {
          found.add(read(file));
        } catch (UserException e) {
          if (ending.equals(".names")) {
            throw e;
          }
        }
      }
    }
    for (YoloNames one : found) {
      if (!one.names.equals(found.get(0).names)) {
        throw UserException.badData(
            "%s and %s name classes differently; keep one of them, or put a classes.txt beside the boxes"
                .formatted(found.get(0).file, one.file));
      }
    }
    return found.stream().findFirst();
  }

  private static Set<Path> folders(Path source) {
    Set<Path> folders = new LinkedHashSet<>();
    Path absolute = source.toAbsolutePath().normalize();
    Path folder = Files.isDirectory(source) ? absolute : absolute.getParent();
    if (folder == null) {
      return folders;
    }
    folders.add(folder);
    List<Path> named = new ArrayList<>();
    Path up = folder;
    for (int i = 0; i < 2 && up != null; i++) {
      named.add(up);
      up = up.getParent();
    }
    for (String name : FOLDERS_OF_BOXES) {
      if (Files.isDirectory(folder.resolve(name))) {
        named.add(folder.resolve(name));
      }
    }
    for (Path one : named) {
      if (FOLDERS_OF_BOXES.contains(String.valueOf(one.getFileName()))) {
        Path above = one;
        for (int i = 0; i < 3 && above != null; i++) {
          folders.add(above);
          above = above.getParent();
        }
      }
    }
    return folders;
  }

  Path file() {
    return file;
  }

  Optional<String> of(int number) {
    return Optional.ofNullable(names.get(number));
  }

  /** Whether lines are poses: keypoints follow the box. */
  boolean keypoints() {
    return keypoints;
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
    YoloYaml yaml = YoloYaml.read(file);
    names.putAll(yaml.names());
    keypoints = yaml.keypoints();
    if (names.isEmpty()) {
      throw notUnderstood(file.toString(), null);
    }
  }

  private void put(int number, String name, String place) {
    if (number >= MOST) {
      throw notUnderstood(place, name);
    }
    names.put(number, name);
  }

  static UserException notUnderstood(String place, @Nullable String found) {
    return UserException.badData(
        place
            + ": expected class names, as a list or a map from numbers behind 'names:', at most "
            + MOST
            + (found == null ? "" : ", found '" + Annotations.shortened(found) + "'")
            + "; a file classes.txt with a name in each line is read instead");
  }
}
