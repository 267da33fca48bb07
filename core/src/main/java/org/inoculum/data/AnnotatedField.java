package org.inoculum.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.annotation.BoxFormat;
import org.inoculum.annotation.BoxLimits;
import org.jspecify.annotations.Nullable;

/**
 * A field of view of which it is known where its cells are.
 *
 * @param file the image
 * @param source the same, relative to its folder, with '/' between names
 * @param group of the fields that stay together: those of one slide or patient; otherwise the field
 *     alone
 * @param boxes of its cells, as they were written; none where it has no cells
 * @param ignored regions in which nobody says what there is
 */
public record AnnotatedField(
    Path file, String source, String group, List<Box> boxes, List<Box> ignored) {
  /** Where annotations are looked for in a folder of fields, in this order. */
  private static final List<String> USUAL =
      List.of("coco.json", "annotations.json", "boxes.csv", "boxes.json");

  /** Keeps copies of the lists. */
  public AnnotatedField {
    boxes = List.copyOf(boxes);
    ignored = List.copyOf(ignored);
  }

  /**
   * The annotated fields of a folder, sorted by name.
   *
   * @param annotations file or folder of boxes; null: the usual file in {@code folder}
   * @param groupBy finds the group in a field's name ({@link Grouping}); null: each is its own
   * @param note is told in a sentence of fields that are left out
   * @throws UserException of kind BAD_DATA or USAGE, naming the file
   */
  public static List<AnnotatedField> read(
      Path folder, @Nullable Path annotations, @Nullable String groupBy, Consumer<String> note) {
    ImageFolder images = ImageFolder.scan(folder);
    Path source = annotations == null ? usual(folder) : annotations;
    Annotations read = Annotations.read(source, null, null, BoxLimits.DEFAULT);
    if (!read.bad().isEmpty()) {
      throw UserException.badData(source + ", " + read.bad().get(0));
    }
    Map<String, Path> files = new LinkedHashMap<>();
    images.all().forEach(file -> files.put(images.relative(file), file));
    images.tooDeep().forEach(file -> files.put(images.relative(file), file));
    FieldNames names = new FieldNames(List.copyOf(files.keySet()));

    Map<String, List<Box>> boxes = new HashMap<>();
    Map<String, List<Box>> ignored = new HashMap<>();
    Set<String> annotated = new LinkedHashSet<>();
    if (read.format() == BoxFormat.COCO) {
      // COCO lists its images, also those without a cell.
      read.sizes().keySet().forEach(name -> annotated.add(meant(name, names, read, folder)));
    }
    for (Box box : read.boxes()) {
      String field = meant(box.image(), names, read, folder);
      annotated.add(field);
      boxes.computeIfAbsent(field, first -> new ArrayList<>()).add(box);
    }
    for (Box region : read.ignored()) {
      String field = meant(region.image(), names, read, folder);
      annotated.add(field);
      ignored.computeIfAbsent(field, first -> new ArrayList<>()).add(region);
    }
    if (annotated.isEmpty()) {
      throw UserException.badData(source + " names no field in " + folder);
    }
    int left = images.all().size() - annotated.size();
    if (left > 0 && read.format() != BoxFormat.COCO) {
      note.accept(
          left
              + " images in "
              + folder
              + " have no boxes and are left out: whether they hold no cell or were not annotated is not known (a coco.json that lists them says that they hold none)");
    }
    List<String> sorted = annotated.stream().sorted().toList();
    Map<String, String> groups = groupBy == null ? Map.of() : Grouping.of(groupBy, sorted);
    return sorted.stream()
        .map(
            name ->
                new AnnotatedField(
                    file(files, name),
                    name,
                    groups.getOrDefault(name, name),
                    boxes.getOrDefault(name, List.of()),
                    ignored.getOrDefault(name, List.of())))
        .toList();
  }

  /** The images of a folder of which nothing is known, by their names below it, sorted. */
  public static Map<String, Path> unknown(Path folder) {
    ImageFolder images = ImageFolder.scan(folder);
    images.checkFields();
    Map<String, Path> files = new LinkedHashMap<>();
    images.all().stream()
        .sorted((one, other) -> images.relative(one).compareTo(images.relative(other)))
        .forEach(file -> files.put(images.relative(file), file));
    return files;
  }

  private static Path file(Map<String, Path> files, String name) {
    Path file = files.get(name);
    if (file == null) {
      throw new IllegalStateException("no file is called " + name);
    }
    return file;
  }

  private static Path usual(Path folder) {
    for (String name : USUAL) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw UserException.badData(
        folder
            + " holds no "
            + String.join(", ", USUAL)
            + ", which would say where the cells are; name the annotations themselves");
  }

  private static String meant(String name, FieldNames names, Annotations read, Path folder) {
    Optional<String> found = names.find(name);
    if (found.isEmpty()) {
      throw UserException.badData(
          "%s: there is no image '%s' in %s".formatted(read.source(), name, folder));
    }
    return found.get();
  }
}
