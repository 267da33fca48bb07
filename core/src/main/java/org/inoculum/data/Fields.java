package org.inoculum.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.jspecify.annotations.Nullable;

/**
 * The images that images are taken from, and their boxes: everything that is known before an image
 * is opened.
 *
 * @param folder where they lie
 * @param list in the order of class and file name
 * @param groups of files that are more than a file each; empty for none
 * @param boxes that could not be given to an image; null where no boxes are asked for
 * @param annotations where boxes came from; null where none are asked for
 * @param withoutBoxes images that have none, though boxes are asked for
 */
record Fields(
    ImageFolder folder,
    List<Field> list,
    Map<String, String> groups,
    @Nullable BadBoxes boxes,
    @Nullable Annotations annotations,
    int withoutBoxes) {

  /**
   * Looks through the folder and reads the annotations.
   *
   * @throws UserException of kind BAD_DATA or USAGE
   */
  static Fields of(ImageFolder folder, FolderOrigin origin, PrepareOptions options) {
    Map<String, String> groups = groups(folder, origin, options);
    if (options.cutting() instanceof Cutting.Boxes boxes) {
      folder.checkFields();
      return ofBoxes(folder, boxes, groups, options);
    }
    if (options.cutting() instanceof Cutting.Tiles) {
      folder.checkClasses();
      folder.checkFields();
    } else {
      folder.check();
    }
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, List<Path>> named : folder.byClass().entrySet()) {
      UniqueNames names = new UniqueNames();
      String className = folder.direct().isEmpty() ? named.getKey() : "";
      for (Path file : named.getValue()) {
        String source = folder.relative(file);
        String group = groups.getOrDefault(source, source);
        fields.add(new Field(file, source, className, names.of(file), group, List.of(), null));
      }
    }
    return new Fields(folder, fields, groups, null, null, 0);
  }

  private static Fields ofBoxes(
      ImageFolder folder,
      Cutting.Boxes cutting,
      Map<String, String> groups,
      PrepareOptions options) {
    if (cutting.groupColumn() != null && options.groupBy() != null) {
      throw UserException.usage(
          "name groups with --group-by or with --group-column, not with both");
    }
    Annotations annotations =
        Annotations.read(
            cutting.annotations(), cutting.format(), cutting.groupColumn(), cutting.limits());
    BadBoxes bad = new BadBoxes(annotations, options.reading().skipBad());
    annotations.bad().forEach(reason -> bad.add(reason, 1));
    Map<String, Path> files = new LinkedHashMap<>();
    folder
        .byClass()
        .values()
        .forEach(some -> some.forEach(file -> files.put(folder.relative(file), file)));
    Map<String, String> meant = meant(annotations, new FieldNames(List.copyOf(files.keySet())));
    Map<String, List<Box>> boxesOf = boxesOf(annotations, meant, folder, bad);
    bad.check();
    List<Field> fields = new ArrayList<>();
    UniqueNames names = new UniqueNames();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      String source = file.getKey();
      String stem = names.of(Path.of(source.replace('/', '_')));
      List<Box> boxes = boxesOf.getOrDefault(source, List.of());
      if (!boxes.isEmpty()) {
        fields.add(
            new Field(
                file.getValue(),
                source,
                "",
                stem,
                groupOf(boxes, groups.getOrDefault(source, source), annotations),
                boxes,
                annotations.sizes().get(boxes.get(0).image())));
      }
    }
    if (fields.isEmpty()) {
      throw UserException.badData(
          annotations.source()
              + " holds no box of an image in "
              + folder.root()
              + String.join("", annotations.notes().stream().map(note -> "; " + note).toList()));
    }
    return new Fields(folder, fields, groups, bad, annotations, files.size() - fields.size());
  }

  /** From the names in the annotations to files; two names for one file are refused. */
  private static Map<String, String> meant(Annotations annotations, FieldNames names) {
    Set<String> written = new LinkedHashSet<>();
    annotations.boxes().forEach(box -> written.add(box.image()));
    Map<String, String> meant = new HashMap<>();
    Map<String, String> nameOf = new HashMap<>();
    for (String name : written) {
      Optional<String> source = names.find(name);
      if (source.isPresent()) {
        String other = nameOf.put(source.get(), name);
        if (other != null) {
          throw UserException.badData(
              "%s: '%s' and '%s' would both be %s; put the images into sub-folders as the names say"
                  .formatted(annotations.source(), other, name, source.get()));
        }
        meant.put(name, source.get());
      }
    }
    return meant;
  }

  private static Map<String, List<Box>> boxesOf(
      Annotations annotations, Map<String, String> meant, ImageFolder folder, BadBoxes bad) {
    Map<String, List<Box>> boxesOf = new HashMap<>();
    Map<String, Integer> missing = new LinkedHashMap<>();
    ClassNames classes = new ClassNames();
    for (Box box : annotations.boxes()) {
      if (!box.label().isEmpty()) {
        classes.check(box.label(), annotations.source() + ", " + box.place());
      }
      String source = meant.get(box.image());
      if (source == null) {
        missing.merge(box.image(), 1, Integer::sum);
      } else {
        boxesOf.computeIfAbsent(source, first -> new ArrayList<>()).add(box);
      }
    }
    missing.forEach(
        (image, count) ->
            bad.add(
                "there is no image '%s' (%d %s) in %s"
                    .formatted(image, count, count == 1 ? "box" : "boxes", folder.root()),
                count));
    return boxesOf;
  }

  /** The group that the boxes of one image name, which must be one. */
  private static String groupOf(List<Box> boxes, String otherwise, Annotations annotations) {
    Box first = boxes.get(0);
    for (Box box : boxes) {
      if (box.group() != null && !box.group().equals(first.group())) {
        throw UserException.badData(
            "%s: the image %s belongs to the group '%s' (%s) and to '%s' (%s); an image can have one only"
                .formatted(
                    annotations.source(),
                    first.image(),
                    first.group(),
                    first.place(),
                    box.group(),
                    box.place()));
      }
    }
    return first.group() == null ? otherwise : first.group();
  }

  /** The groups that an expression names, or that the folder was prepared with. */
  private static Map<String, String> groups(
      ImageFolder folder, FolderOrigin origin, PrepareOptions options) {
    String expression = options.groupBy();
    return expression == null
        ? origin.groups()
        : Grouping.of(
            expression,
            folder.byClass().values().stream()
                .flatMap(List::stream)
                .map(folder::relative)
                .toList());
  }

  /** Whether the origin of each image is more than its file. */
  boolean haveOrigins(PrepareOptions options) {
    return !(options.cutting() instanceof Cutting.Whole) || !groups.isEmpty();
  }
}
