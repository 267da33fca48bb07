package org.inoculum.annotation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * YOLO's text files, one for each picture and called like it: lines of a class number and the
 * centre and size of a box as shares of the picture's width and height (Ultralytics, "Object
 * detection datasets", YOLO format). Class names come from {@link YoloNames}.
 */
final class YoloBoxes {
  private static final Set<String> NO_BOXES = Set.of("classes.txt", "readme.txt");

  private final Annotations boxes;

  YoloBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  /** The files of boxes. */
  static List<Path> files(Path source, BoxLimits limits) {
    return AnnotationFiles.list(source, ".txt", limits).stream()
        .filter(
            file ->
                !NO_BOXES.contains(
                    String.valueOf(file.getFileName()).toLowerCase(java.util.Locale.ROOT)))
        .toList();
  }

  void read() {
    Optional<YoloNames> names = YoloNames.find(boxes.source());
    names.ifPresent(found -> boxes.note("class names come from " + found.file()));
    for (Path file : files(boxes.source(), boxes.limits())) {
      String image = boxes.imageName(AnnotationFiles.stem(boxes.source(), file), file.toString());
      try (TextLines lines = new TextLines(file, BoxLimits.ONE_PICTURE)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          if (!line.isBlank()) {
            add(image, line, names, AnnotationFiles.place(boxes.source(), file, lines.line()));
          }
        }
      }
    }
  }

  private void add(String image, String line, Optional<YoloNames> names, String place) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length != 5) {
      boxes.addBad(
          place,
          ("expected a class and 4 numbers, found " + words.length + " words")
              + (words.length > 6 ? " (outlines and turned boxes are not read)" : ""));
      return;
    }
    double[] numbers = new double[4];
    int number;
    try {
      number = Integer.parseInt(words[0]);
      for (int i = 0; i < 4; i++) {
        numbers[i] = Double.parseDouble(words[i + 1]);
      }
    } catch (NumberFormatException e) {
      boxes.addBad(
          place, "expected a class number and 4 numbers, found " + Annotations.shortened(line));
      return;
    }
    Optional<String> label =
        number < 0
            ? Optional.empty()
            : names.isPresent()
                ? names.get().of(number)
                : Optional.of(boxes.shared(String.valueOf(number)));
    if (label.isEmpty()) {
      boxes.addBad(
          place,
          ("class " + number + " has no name")
              + names.map(found -> " in " + found.file()).orElse(""));
      return;
    }
    double width = numbers[2];
    double height = numbers[3];
    boxes.add(
        new Box(
            image,
            label.get(),
            numbers[0] - width / 2,
            numbers[1] - height / 2,
            width,
            height,
            true,
            null,
            place));
  }
}
