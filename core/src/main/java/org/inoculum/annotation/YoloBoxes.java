package org.inoculum.annotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * YOLO's text files, one for each image and called like it: lines of a class number and the centre
 * and size of a box as shares of the image's width and height (Ultralytics, "Object detection
 * datasets", YOLO format). A sixth number is the confidence of a prediction. Lines of at least
 * three points are outlines ("Instance segmentation datasets"), of which the bounding box is taken.
 * Class names come from {@link YoloNames}.
 */
final class YoloBoxes {
  private static final Set<String> NO_BOXES =
      Set.of(
          "classes.txt", "readme.txt", "readme.dataset.txt", "readme.roboflow.txt", "labels.txt");

  /** Lists of images, which CVAT and Darknet put beside their folder of boxes. */
  private static final Set<String> LISTS_OF_IMAGES =
      Set.of("train.txt", "valid.txt", "val.txt", "test.txt", "validation.txt");

  /** Tools clip points at the border, but not to the last digit. */
  private static final double TOLERANCE = 1e-3;

  private final Annotations boxes;
  private int outlines;
  private int confidences;
  private int poses;

  YoloBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  /** The files of boxes. */
  static List<Path> files(Path source, BoxLimits limits) {
    return AnnotationFiles.list(source, ".txt", limits).stream()
        .filter(file -> !isOther(file))
        .toList();
  }

  private static boolean isOther(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return NO_BOXES.contains(name)
        || (LISTS_OF_IMAGES.contains(name)
            && (Files.isRegularFile(file.resolveSibling("obj.names"))
                || Files.isRegularFile(file.resolveSibling("obj.data"))));
  }

  void read() {
    Optional<YoloNames> names = YoloNames.find(boxes.source());
    boxes.note(
        names
            .map(found -> "class names come from " + found.file())
            .orElse(
                "no class names were found (classes.txt, obj.names or data.yaml); classes are called by their numbers"));
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
    note(outlines, "of outlines the bounding boxes are taken");
    note(confidences, "a last number of lines is taken for a confidence and passed over");
    note(poses, "keypoints of poses are passed over");
  }

  private void note(int count, String what) {
    if (count > 0) {
      boxes.note(what + ": " + count);
    }
  }

  private void add(String image, String line, Optional<YoloNames> names, String place) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length < 5) {
      boxes.addBad(place, "expected a class and 4 numbers, found %d words".formatted(words.length));
      return;
    }
    double[] numbers = new double[words.length - 1];
    int number;
    try {
      number = classNumber(words[0]);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Double.parseDouble(words[i + 1]);
      }
    } catch (NumberFormatException e) {
      boxes.addBad(
          place, "expected a class number and numbers, found " + Annotations.shortened(line));
      return;
    }
    double[] box = box(numbers, names.isPresent() && names.get().keypoints());
    if (box.length == 0) {
      boxes.addBad(
          place,
          "expected a class and 4 numbers, or the points of an outline, all from 0 to 1, found "
              + Annotations.shortened(line)
              + " (pixels, keypoints and turned boxes are not read)");
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
    boxes.add(
        new Box(
            image, boxes.shared(label.get()), box[0], box[1], box[2], box[3], true, null, place));
  }

  /** Some programs write numbers of classes as 0.0. */
  private static int classNumber(String word) {
    return Integer.parseInt(word.replaceFirst("\\.0+$", ""));
  }

  /** Left, top, width and height; empty where the numbers are neither a box nor an outline. */
  private double[] box(double[] numbers, boolean keypoints) {
    boolean pose = keypoints && numbers.length > 5;
    if (numbers.length <= 5 || pose) {
      confidences += numbers.length == 5 ? 1 : 0;
      poses += pose ? 1 : 0;
      double width = numbers[2];
      double height = numbers[3];
      return new double[] {numbers[0] - width / 2, numbers[1] - height / 2, width, height};
    }
    int points = numbers.length / 2;
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < 2 * points; i++) {
      if (!(numbers[i] >= -TOLERANCE && numbers[i] <= 1 + TOLERANCE)) {
        return new double[0];
      }
      low[i % 2] = Math.min(low[i % 2], numbers[i]);
      high[i % 2] = Math.max(high[i % 2], numbers[i]);
    }
    outlines++;
    confidences += numbers.length % 2;
    return new double[] {low[0], low[1], high[0] - low[0], high[1] - low[1]};
  }
}
