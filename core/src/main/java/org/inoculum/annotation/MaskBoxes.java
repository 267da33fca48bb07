package org.inoculum.annotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.inoculum.UserException;
import org.inoculum.image.DecodedImage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.PlaneChoice;

/**
 * Label masks: a folder of grey PNG or TIFF files, called like the images or with an ending such as
 * Cellpose's {@code _cp_masks}. 0 is the background, each other value an object, of which the
 * bounding box is taken. If files with such an ending are there, the others are the images.
 */
final class MaskBoxes {
  private static final List<String> EXTENSIONS = List.of(".png", ".tif", ".tiff");
  private static final List<String> ENDINGS =
      List.of("_cp_masks", "_masks", "_mask", "_labels", "_label");
  private static final Set<String> NO_CLASSES =
      Set.of("images", "fields", "train", "test", "val", "annotations", "segmentation", "gt");

  /** Floats hold whole numbers apart up to here. */
  private static final int MOST = 1 << 24;

  private final Annotations boxes;
  private final Map<String, Path> files = new HashMap<>();
  private String label = "cell";
  private int single;

  MaskBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  /** Whether images are there, and their folder or one of them is called like masks. */
  static boolean areIn(Path folder, BoxLimits limits) {
    List<Path> found = AnnotationFiles.list(folder, EXTENSIONS, limits);
    return !found.isEmpty()
        && (saysMasks(folder)
            || found.stream()
                .anyMatch(file -> !ending(AnnotationFiles.stem(folder, file)).isEmpty()));
  }

  void read() {
    List<Path> found = AnnotationFiles.list(boxes.source(), EXTENSIONS, boxes.limits());
    List<Path> named =
        found.stream()
            .filter(file -> !ending(AnnotationFiles.stem(boxes.source(), file)).isEmpty())
            .toList();
    if (named.isEmpty() && Files.isDirectory(boxes.source())) {
      String folder = name(boxes.source());
      label =
          saysMasks(boxes.source()) || NO_CLASSES.contains(folder.toLowerCase(Locale.ROOT))
              ? label
              : boxes.shared(folder);
    }
    for (Path file : named.isEmpty() ? found : named) {
      String stem = AnnotationFiles.stem(boxes.source(), file);
      String image =
          boxes.imageName(
              stem.substring(0, stem.length() - ending(stem).length()), file.toString());
      Path other = files.put(image, file);
      if (other != null) {
        throw UserException.badData(
            file + " and " + other + " are both of '" + Annotations.shortened(image) + "'");
      }
      add(image, file);
    }
    boxes.note("each value of a mask is an object; all are called '" + label + "'");
    boxes.note(single, "masks with one value besides 0, which is read as one object");
  }

  private void add(String image, Path file) {
    byte[] content = ImageFiles.content(file, DecodingLimits.DEFAULT);
    DecodedImage mask =
        ImageFiles.decode(content, file.toString(), DecodingLimits.DEFAULT, PlaneChoice.ONLY);
    if (mask.channels() != 1) {
      throw UserException.badData(
          file + " is coloured; a label mask is grey, with a value for each object");
    }
    Map<Integer, int[]> objects = objects(mask, file);
    if (objects.size() == 1) {
      int value = objects.keySet().iterator().next();
      if (value == 255 || value == 65_535) {
        throw UserException.badData(
            "%s holds only 0 and %d: it does not tell objects apart; give each its own value (label connected parts)"
                .formatted(file, value));
      }
      single++;
    }
    boxes.addSize(image, mask.width(), mask.height());
    objects.forEach(
        (value, ends) ->
            boxes.add(
                new Box(
                    image,
                    label,
                    ends[0],
                    ends[1],
                    ends[2] - ends[0] + 1.0,
                    ends[3] - ends[1] + 1.0,
                    false,
                    null,
                    AnnotationFiles.place(boxes.source(), file, "object " + value))));
  }

  /** First column and row, last column and row of each value. */
  private Map<Integer, int[]> objects(DecodedImage mask, Path file) {
    Map<Integer, int[]> objects = new TreeMap<>();
    int before = 0;
    int[] ends = {};
    for (int y = 0, at = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++, at++) {
        float sample = mask.value(at);
        if (!(sample >= 0 && sample < MOST && sample == Math.rint(sample))) {
          throw UserException.badData(
              "%s: the value %s in column %d, row %d is no object; expected whole numbers from 0 to %d"
                  .formatted(file, sample, x, y, MOST - 1));
        }
        int value = (int) sample;
        if (value == 0) {
          continue;
        }
        if (value != before) {
          ends =
              objects.computeIfAbsent(
                  value, any -> new int[] {mask.width(), mask.height(), -1, -1});
          before = value;
          boxes.limits().checkBoxes(boxes.source(), objects.size());
        }
        ends[0] = Math.min(ends[0], x);
        ends[1] = Math.min(ends[1], y);
        ends[2] = Math.max(ends[2], x);
        ends[3] = Math.max(ends[3], y);
      }
    }
    return objects;
  }

  private static boolean saysMasks(Path folder) {
    String name = name(folder).toLowerCase(Locale.ROOT);
    return name.contains("mask") || name.contains("label");
  }

  private static String name(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  private static String ending(String stem) {
    String lower = stem.toLowerCase(Locale.ROOT);
    return ENDINGS.stream()
        .filter(ending -> lower.endsWith(ending) && lower.length() > ending.length())
        .findFirst()
        .orElse("");
  }
}
