package org.inoculum.annotation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
 */
final class CocoBoxes {
  private final Annotations boxes;
  private final Map<String, String> imageNames = new HashMap<>();
  private final Map<String, String> categoryNames = new HashMap<>();
  private final Set<String> annotationIds = new HashSet<>();
  private int number;
  private int crowds;

  /** Identifiers are numbers in most files and texts in some. */
  private record Picture(
      @Nullable String id,
      @Nullable String fileName,
      @Nullable Integer width,
      @Nullable Integer height) {}

  private record Category(@Nullable String id, @Nullable String name) {}

  private record Annotation(
      @Nullable String id,
      @Nullable String imageId,
      @Nullable String categoryId,
      @Nullable List<@Nullable Double> bbox,
      @Nullable Integer iscrowd) {}

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
    if (crowds > 0) {
      boxes.note("regions of crowds (iscrowd) left out: " + crowds);
    }
  }

  private void add(Picture picture, Set<String> names) {
    String place = boxes.source() + ", image " + shortened(picture.id);
    if (picture.id == null || picture.fileName == null) {
      throw UserException.badData(place + ": lacks its id or its file_name");
    }
    String name = boxes.imageName(picture.fileName, place);
    if (imageNames.put(picture.id, name) != null) {
      throw UserException.badData(place + ": the id is there twice");
    }
    if (!names.add(name)) {
      throw UserException.badData(place + ": '" + Annotations.shortened(name) + "' is there twice");
    }
    boxes.limits().checkBoxes(boxes.source(), names.size());
    boxes.addSize(name, picture.width, picture.height);
  }

  private void add(Category category) {
    String place = boxes.source() + ", category " + shortened(category.id);
    if (category.id == null || category.name == null) {
      throw UserException.badData(place + ": lacks its id or its name");
    }
    if (categoryNames.put(category.id, category.name) != null) {
      throw UserException.badData(place + ": the id is there twice");
    }
    boxes.limits().checkBoxes(boxes.source(), categoryNames.size());
  }

  private void add(Annotation annotation) {
    String place =
        "annotation " + (annotation.id == null ? "number " + number : shortened(annotation.id));
    number++;
    if (annotation.id != null && !annotationIds.add(annotation.id)) {
      throw UserException.badData(boxes.source() + ", " + place + ": the id is there twice");
    }
    String image = imageNames.get(annotation.imageId);
    String label = categoryNames.get(annotation.categoryId);
    if (image == null || label == null) {
      throw UserException.badData(
          boxes.source()
              + (", " + place)
              + (image == null
                  ? ": no image has the image_id " + shortened(annotation.imageId)
                  : ": no category has the category_id " + shortened(annotation.categoryId)));
    }
    List<@Nullable Double> numbers = annotation.bbox;
    if (annotation.iscrowd != null && annotation.iscrowd == 1) {
      crowds++;
    } else if (numbers == null || numbers.size() != 4 || numbers.contains(null)) {
      boxes.addBad(place, "expected a bbox of four numbers, found " + numbers);
    } else {
      boxes.add(
          new Box(
              image,
              label,
              number(numbers, 0),
              number(numbers, 1),
              number(numbers, 2),
              number(numbers, 3),
              false,
              null,
              place));
    }
  }

  private static String shortened(@Nullable String id) {
    return id == null ? "null" : Annotations.shortened(id);
  }

  private static double number(List<@Nullable Double> numbers, int at) {
    Double number = numbers.get(at);
    return number == null ? Double.NaN : number;
  }
}
