package org.inoculum.annotation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.files.JsonArrays;
import org.inoculum.files.JsonOutline;
import org.jspecify.annotations.Nullable;

/**
 * COCO's object detection format (Lin et al., "Microsoft COCO: common objects in context", arXiv
 * 1405.0312; cocodataset.org, "Data format"): {@code bbox} is x, y, width, height in pixels from 0.
 * Regions of crowds hold no single cell and are left out. Where no {@code bbox} is written, it is
 * computed from the {@code segmentation} ({@link CocoOutline}). Everything else in the document is
 * passed over without being kept: outlines are most of such a file.
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
  private int outlines;

  /** Whether an annotation lacks its bbox, so that outlines must be read. */
  private boolean lacksBoxes;

  /** Fields as they are written: numbers, texts, truth, lists. */
  private record CocoImage(
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

  private record Outlined(
      @Nullable Object id,
      @Nullable Object imageId,
      @Nullable Object categoryId,
      @Nullable Object bbox,
      @Nullable Object iscrowd,
      @Nullable JsonOutline segmentation) {}

  private record Boxed(@Nullable Object bbox) {
    boolean isMissing() {
      return bbox == null || (bbox instanceof List<?> list && list.isEmpty());
    }
  }

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
                new JsonArrays.Member<>("images", CocoImage.class, entry -> add(entry, names)),
                new JsonArrays.Member<>("categories", Category.class, this::add),
                new JsonArrays.Member<>(
                    "annotations", Boxed.class, one -> lacksBoxes |= one.isMissing())));
    for (String wanted : List.of("images", "categories", "annotations")) {
      if (!found.contains(wanted)) {
        throw UserException.badData(
            boxes.source() + ": expected COCO, a JSON object with '" + wanted + "', found none");
      }
    }
    JsonArrays.read(
        boxes.source(),
        List.of(
            lacksBoxes
                ? new JsonArrays.Member<>("annotations", Outlined.class, this::add)
                : new JsonArrays.Member<>("annotations", Annotation.class, one -> add(one, null))));
    note(outlines, "annotations without a bbox, whose box is that of their segmentation");
    note(crowds, "regions of crowds (iscrowd) left out");
    note(repeatedIds, "annotations whose id another one has too");
    note(twice, "annotations that are there twice, word by word, and are read once");
  }

  private void note(int count, String what) {
    if (count > 0) {
      boxes.note(what + ": " + count);
    }
  }

  private void add(CocoImage entry, Set<String> names) {
    String place = boxes.source() + ", image " + JsonValues.shown(entry.id);
    String id = JsonValues.id(entry.id, place, "id");
    String fileName = JsonValues.text(entry.fileName, place, "file_name");
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
        name,
        JsonValues.pixels(entry.width, place, "width"),
        JsonValues.pixels(entry.height, place, "height"));
  }

  private void add(Category category) {
    String place = boxes.source() + ", category " + JsonValues.shown(category.id);
    String id = JsonValues.id(category.id, place, "id");
    String name = JsonValues.text(category.name, place, "name");
    if (id == null || name == null) {
      throw UserException.badData(place + ": lacks its id or its name");
    }
    if (categoryNames.put(id, name) != null) {
      throw UserException.badData(place + ": the id is there twice");
    }
    boxes.limits().checkBoxes(boxes.source(), categoryNames.size());
  }

  private void add(Outlined one) {
    add(
        new Annotation(one.id, one.imageId, one.categoryId, one.bbox, one.iscrowd),
        one.segmentation);
  }

  private void add(Annotation annotation, @Nullable JsonOutline outline) {
    int index = number++;
    String id = JsonValues.id(annotation.id, boxes.source() + ", annotation number " + index, "id");
    String own = "annotation " + (id == null ? "number " + index : Annotations.shortened(id));
    boolean repeated = id != null && !annotationIds.add(id);
    String place = repeated ? own + " (number " + index + ")" : own;
    String inFile = boxes.source() + ", " + place;
    String image = imageNames.get(JsonValues.id(annotation.imageId, inFile, "image_id"));
    String label = categoryNames.get(JsonValues.id(annotation.categoryId, inFile, "category_id"));
    if (image == null || label == null) {
      throw UserException.badData(
          inFile
              + (image == null
                  ? ": no image has the image_id " + JsonValues.shown(annotation.imageId)
                  : ": no category has the category_id "
                      + JsonValues.shown(annotation.categoryId)));
    }
    repeatedIds += repeated ? 1 : 0;
    if (JsonValues.truth(annotation.iscrowd, inFile, "iscrowd")) {
      crowds++;
      double[] region = JsonValues.numbers(annotation.bbox);
      if (region.length == 4) {
        boxes.addIgnored(box(image, label, region, own));
      }
      return;
    }
    double[] numbers = JsonValues.numbers(annotation.bbox);
    if (outline != null && new Boxed(annotation.bbox).isMissing()) {
      numbers = CocoOutline.box(outline, problem -> boxes.addBad(place, problem));
      if (numbers.length == 0) {
        return;
      }
      outlines++;
    }
    if (numbers.length != 4) {
      boxes.addBad(
          place, "expected a bbox of four numbers, found " + JsonValues.shown(annotation.bbox));
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
}
