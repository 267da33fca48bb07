package org.inoculum.annotation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.files.JsonArrays;
import org.inoculum.files.JsonOutline;
import org.jspecify.annotations.Nullable;

/**
 * The JSON export of Label Studio (labelstud.io, "Label Studio JSON format of annotated tasks"): a
 * list of tasks, one for each image, with boxes and polygons in hundredths of the image's width and
 * height. A box may be turned about its left upper corner; the bounding box is taken.
 */
final class LabelStudioBoxes {
  /** A task has all objects of an image, some 25 parts each. */
  private static final int MOST_PARTS = 400_000;

  private final Annotations boxes;
  private final Set<String> images = new HashSet<>();
  private int tasks;
  private int outlines;
  private int turned;
  private int others;
  private int leftOut;

  private record Value(
      @Nullable Object x,
      @Nullable Object y,
      @Nullable Object width,
      @Nullable Object height,
      @Nullable Object rotation,
      @Nullable JsonOutline points,
      @Nullable List<@Nullable Object> rectanglelabels,
      @Nullable List<@Nullable Object> polygonlabels) {}

  private record Result(
      @Nullable Object type,
      @Nullable Object originalWidth,
      @Nullable Object originalHeight,
      @Nullable Object imageRotation,
      @Nullable Value value) {}

  private record Annotated(
      @Nullable Object wasCancelled, @Nullable List<@Nullable Result> result) {}

  private record Task(
      @Nullable Object id,
      @Nullable Object fileUpload,
      @Nullable Map<String, @Nullable Object> data,
      @Nullable List<@Nullable Annotated> annotations) {}

  LabelStudioBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  void read() {
    for (Path file : AnnotationFiles.list(boxes.source(), ".json", boxes.limits())) {
      AnnotationFiles.check(file, boxes.limits().maxBytes());
      Set<String> found =
          JsonArrays.read(
              file,
              List.of(
                  new JsonArrays.Member<>("", Task.class, task -> add(task, file), MOST_PARTS)));
      if (!found.contains("")) {
        throw UserException.badData(
            file + ": expected Label Studio's JSON, a list of tasks, found an object");
      }
    }
    boxes.note(outlines, "of outlines the bounding boxes are taken");
    boxes.note(turned, "of turned boxes the upright bounding boxes are taken");
    boxes.note(others, "further annotations of a task, by other persons, left out");
    boxes.note(leftOut, "results that are neither boxes nor polygons left out");
  }

  private void add(Task task, Path file) {
    int index = tasks++;
    String own = "task " + (task.id == null ? "number " + index : JsonValues.shown(task.id));
    String inFile = file + ", " + own;
    if (task.annotations == null) {
      throw UserException.badData(
          inFile + ": lacks its annotations; export as JSON, not as JSON-MIN");
    }
    String image = boxes.imageName(imageOf(task, inFile), inFile);
    if (!images.add(image)) {
      throw UserException.badData(
          inFile + ": '" + Annotations.shortened(image) + "' is there twice");
    }
    boxes.limits().checkBoxes(boxes.source(), images.size());
    boolean taken = false;
    for (Annotated one : task.annotations) {
      if (one == null || JsonValues.truth(one.wasCancelled, inFile, "was_cancelled")) {
        continue;
      }
      others += taken ? 1 : 0;
      if (!taken && one.result != null) {
        int number = 0;
        for (Result result : one.result) {
          String place = own + ", result number " + number++;
          add(result, image, AnnotationFiles.place(boxes.source(), file, place));
        }
      }
      taken = true;
    }
  }

  /** The image's name without what Label Studio puts before it. */
  private static String imageOf(Task task, String place) {
    Object written = task.data == null ? null : task.data.get("image");
    if (written == null && task.data != null && task.data.size() == 1) {
      written = task.data.values().iterator().next();
    }
    String name = JsonValues.text(written == null ? task.fileUpload : written, place, "data.image");
    if (name == null) {
      throw UserException.badData(place + ": lacks data.image");
    }
    int query = name.indexOf("?d=");
    try {
      name =
          query < 0 ? name : URLDecoder.decode(name.substring(query + 3), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw UserException.badData(
          place + ": data.image is '" + Annotations.shortened(name) + "', no address", e);
    }
    boolean uploaded = written == null || name.contains("/upload/");
    return uploaded ? name.replaceFirst("(^|/)[0-9a-f]{8}-(?=[^/]+$)", "$1") : name;
  }

  private void add(@Nullable Result result, String image, String place) {
    Value value = result == null ? null : result.value;
    String type = result == null ? "" : JsonValues.shown(result.type);
    boolean polygon = type.equals("polygonlabels");
    if (result == null || (!polygon && !type.equals("rectanglelabels"))) {
      leftOut++;
      return;
    }
    List<@Nullable Object> labels =
        value == null ? null : polygon ? value.polygonlabels : value.rectanglelabels;
    if (value == null || labels == null || labels.size() != 1) {
      boxes.addBad(place, "expected one label, found " + JsonValues.shown(labels));
      return;
    }
    boxes.addSize(
        image,
        JsonValues.pixels(result.originalWidth, place, "original_width"),
        JsonValues.pixels(result.originalHeight, place, "original_height"));
    String label = labels.get(0) instanceof String text ? text.strip() : "";
    if (label.isEmpty()) {
      boxes.addBad(place, "its label is empty");
    } else if (result.imageRotation != null && JsonValues.number(result.imageRotation) != 0) {
      boxes.addBad(place, "the image was turned in Label Studio; turn it back there");
    } else if (polygon
        && (value.points == null || value.points.isMask() || !value.points.isSound())) {
      boxes.addBad(place, "its points are no list of points (x, y)");
    } else {
      double[] box =
          polygon && value.points != null ? value.points.box() : rectangle(result, value);
      outlines += polygon ? 1 : 0;
      boxes.add(
          new Box(
              image,
              boxes.shared(label),
              box[0] / 100,
              box[1] / 100,
              box[2] / 100,
              box[3] / 100,
              true,
              null,
              place));
    }
  }

  /** Left, top, width and height in hundredths. */
  private double[] rectangle(Result result, Value value) {
    double left = JsonValues.number(value.x);
    double top = JsonValues.number(value.y);
    double width = JsonValues.number(value.width);
    double height = JsonValues.number(value.height);
    double angle = value.rotation == null ? 0 : Math.toRadians(JsonValues.number(value.rotation));
    if (angle == 0 || !(width > 0 && height > 0)) {
      return new double[] {left, top, width, height};
    }
    turned++;
    // Angles are of the image, whose hundredths are not as wide as high.
    double aspect =
        JsonValues.number(result.originalWidth) / JsonValues.number(result.originalHeight);
    double widthX = width * Math.cos(angle);
    double widthY = width * Math.sin(angle) * aspect;
    double heightX = -height * Math.sin(angle) / aspect;
    double heightY = height * Math.cos(angle);
    return new double[] {
      left + Math.min(0, widthX) + Math.min(0, heightX),
      top + Math.min(0, widthY) + Math.min(0, heightY),
      Math.abs(widthX) + Math.abs(heightX),
      Math.abs(widthY) + Math.abs(heightY)
    };
  }
}
