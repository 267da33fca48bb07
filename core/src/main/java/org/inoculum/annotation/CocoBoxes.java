package org.inoculum.annotation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.files.JsonArrays;
import org.jspecify.annotations.Nullable;

/**
 * COCO's object detection format (Lin et al., "Microsoft COCO: common objects in context", arXiv
 * 1405.0312; cocodataset.org, "Data format"): {@code bbox} is x, y, width, height in pixels from 0.
 * Regions of crowds hold no single cell and are left out. Everything else in the document is passed
 * over without being kept: outlines are most of such a file.
 *
 * <p>Scripts write numbers as texts, whole numbers with a fraction of 0, and truth as a word; they
 * are taken for what they mean. What means nothing is refused with the element and the field.
 */
final class CocoBoxes {
  private final Annotations boxes;
  private final Map<String, String> imageNames = new HashMap<>();
  private final Map<String, String> categoryNames = new HashMap<>();
  private final Set<String> annotationIds = new HashSet<>();

  /** Boxes with the place that their own id names. */
  private final Set<Box> seen = new HashSet<>();

  private int number;
  private int crowds;
  private int repeatedIds;
  private int twice;

  /** Fields as they are written: numbers, texts, truth, lists. */
  private record Picture(
      @Nullable Object id,
      @Nullable Object fileName,
      @Nullable Object width,
      @Nullable Object height) {}

  private record Category(@Nullable Object id, @Nullable Object name) {}

  private record Annotation(
      @Nullable Object id,
      @Nullable Object imageId,
      @Nullable Object categoryId,
      @Nullable Object bbox,
      @Nullable Object iscrowd) {}

  CocoBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  /** Twice through the file: annotations may come before what they refer to. */
  void read() {
    AnnotationFiles.check(boxes.source(), boxes.limits().maxBytes());
    Set<String> names = new HashSet<>();
    Set<String> found =
        JsonArrays.read(
            boxes.source(),
            List.of(
                new JsonArrays.Member<>("images", Picture.class, picture -> add(picture, names)),
                new JsonArrays.Member<>("categories", Category.class, this::add)));
    for (String wanted : List.of("images", "categories", "annotations")) {
      if (!found.contains(wanted)) {
        throw UserException.badData(
            boxes.source() + ": expected COCO, a JSON object with '" + wanted + "', found none");
      }
    }
    JsonArrays.read(
        boxes.source(),
        List.of(new JsonArrays.Member<>("annotations", Annotation.class, this::add)));
    note(crowds, "regions of crowds (iscrowd) left out");
    note(repeatedIds, "annotations whose id another one has too");
    note(twice, "annotations that are there twice, word by word, and are read once");
  }

  private void note(int count, String what) {
    if (count > 0) {
      boxes.note(what + ": " + count);
    }
  }

  private void add(Picture picture, Set<String> names) {
    String place = boxes.source() + ", image " + shown(picture.id);
    String id = id(picture.id, place, "id");
    String fileName = text(picture.fileName, place, "file_name");
    if (id == null || fileName == null) {
      throw UserException.badData(place + ": lacks its id or its file_name");
    }
    String name = boxes.imageName(fileName, place);
    if (imageNames.put(id, name) != null) {
      throw UserException.badData(place + ": the id is there twice");
    }
    if (!names.add(name)) {
      throw UserException.badData(place + ": '" + Annotations.shortened(name) + "' is there twice");
    }
    boxes.limits().checkBoxes(boxes.source(), names.size());
    boxes.addSize(
        name, pixels(picture.width, place, "width"), pixels(picture.height, place, "height"));
  }

  private void add(Category category) {
    String place = boxes.source() + ", category " + shown(category.id);
    String id = id(category.id, place, "id");
    String name = text(category.name, place, "name");
    if (id == null || name == null) {
      throw UserException.badData(place + ": lacks its id or its name");
    }
    if (categoryNames.put(id, name) != null) {
      throw UserException.badData(place + ": the id is there twice");
    }
    boxes.limits().checkBoxes(boxes.source(), categoryNames.size());
  }

  private void add(Annotation annotation) {
    int index = number++;
    String id = id(annotation.id, boxes.source() + ", annotation number " + index, "id");
    String own = "annotation " + (id == null ? "number " + index : Annotations.shortened(id));
    boolean repeated = id != null && !annotationIds.add(id);
    String place = repeated ? own + " (number " + index + ")" : own;
    String inFile = boxes.source() + ", " + place;
    String image = imageNames.get(id(annotation.imageId, inFile, "image_id"));
    String label = categoryNames.get(id(annotation.categoryId, inFile, "category_id"));
    if (image == null || label == null) {
      throw UserException.badData(
          inFile
              + (image == null
                  ? ": no image has the image_id " + shown(annotation.imageId)
                  : ": no category has the category_id " + shown(annotation.categoryId)));
    }
    repeatedIds += repeated ? 1 : 0;
    if (truth(annotation.iscrowd, inFile, "iscrowd")) {
      crowds++;
      return;
    }
    double[] numbers = numbers(annotation.bbox);
    if (numbers.length != 4) {
      boxes.addBad(place, "expected a bbox of four numbers, found " + shown(annotation.bbox));
      return;
    }
    Box box = box(image, label, numbers, own);
    if (seen.add(box)) {
      boxes.add(repeated ? box(image, label, numbers, place) : box);
    } else if (id != null) {
      twice++;
    }
  }

  private static Box box(String image, String label, double[] numbers, String place) {
    return new Box(
        image, label, numbers[0], numbers[1], numbers[2], numbers[3], false, null, place);
  }

  /** One writing of an identifier: 1, 1.0 and "1" are the same; null where there is none. */
  private static @Nullable String id(@Nullable Object value, String place, String field) {
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      return whole(number);
    }
    if (value instanceof String text) {
      String stripped = text.strip();
      return stripped.matches("-?(0|[1-9]\\d*)\\.0+")
          ? stripped.substring(0, stripped.indexOf('.'))
          : stripped;
    }
    throw wrong(place, field, value, "a number or a text");
  }

  private static String whole(Number number) {
    if (number instanceof BigInteger) {
      return number.toString();
    }
    double value = number.doubleValue();
    return number instanceof Double && value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : number.toString();
  }

  private static @Nullable String text(@Nullable Object value, String place, String field) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof Number number) {
      return whole(number);
    }
    throw wrong(place, field, value, "a text");
  }

  /** A picture's side; null where it is not known, which scripts write as nothing, 0 or NaN. */
  private static @Nullable Integer pixels(@Nullable Object value, String place, String field) {
    double number = value == null || "".equals(value) ? Double.NaN : number(value);
    if (Double.isNaN(number) && !isNothing(value)) {
      throw wrong(place, field, value, "a whole number");
    }
    if (Double.isNaN(number)) {
      return null;
    }
    if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
      throw wrong(place, field, value, "a whole number");
    }
    return (int) number;
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null
        || value.equals("")
        || (value instanceof Double number && number.isNaN())
        || (value instanceof String text && text.strip().equalsIgnoreCase("nan"));
  }

  private static boolean truth(@Nullable Object value, String place, String field) {
    if (isNothing(value)) {
      return false;
    }
    String word = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
    if (word.equals("true") || number(word) == 1) {
      return true;
    }
    if (word.equals("false") || number(word) == 0) {
      return false;
    }
    throw wrong(place, field, value, "0, 1, false or true");
  }

  /** Numbers of a list, as many as there are; none where it is no list of numbers. */
  private static double[] numbers(@Nullable Object value) {
    List<Double> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object one : list) {
        boolean numeric = one instanceof Number || one instanceof String;
        if (!numeric || (one instanceof String text && Double.isNaN(number(text)))) {
          return new double[0];
        }
        numbers.add(number(one));
      }
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** NaN for what is no number. */
  private static double number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return value instanceof String text ? Double.parseDouble(text.strip()) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static UserException wrong(
      String place, String field, @Nullable Object found, String expected) {
    return UserException.badData(
        "%s: %s is %s; expected %s".formatted(place, field, shown(found), expected));
  }

  private static String shown(@Nullable Object value) {
    return Annotations.shortened(String.valueOf(value));
  }
}
