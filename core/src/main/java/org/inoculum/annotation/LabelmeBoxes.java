package org.inoculum.annotation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.files.JsonArrays;
import org.inoculum.files.JsonOutline;
import org.jspecify.annotations.Nullable;

/**
 * The JSON files of labelme (github.com/wkentaro/labelme), one for each image: shapes in pixels
 * from 0. Of polygons and rectangles the bounding box is taken; a circle is its centre and a point
 * on it; a mask has its first and its last pixel as points. Points and lines have no area and are
 * left out.
 */
final class LabelmeBoxes {
  private final Annotations boxes;
  private final Map<String, Path> files = new HashMap<>();
  private int number;
  private int outlines;
  private int leftOut;

  private record Shape(
      @Nullable Object label, @Nullable JsonOutline points, @Nullable Object shapeType) {}

  LabelmeBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  void read() {
    for (Path file : AnnotationFiles.list(boxes.source(), ".json", boxes.limits())) {
      AnnotationFiles.check(file, boxes.limits().maxBytes());
      read(file);
    }
    boxes.note(outlines, "of outlines the bounding boxes are taken");
    boxes.note(leftOut, "points and lines, which have no area, left out");
  }

  /** Twice through the file: shapes come before the image that they are of. */
  private void read(Path file) {
    Map<String, @Nullable Object> described = new HashMap<>();
    Set<String> found =
        JsonArrays.read(
            file,
            List.of("imagePath", "imageWidth", "imageHeight").stream()
                .map(name -> new JsonArrays.Value(name, value -> described.put(name, value)))
                .toList());
    if (!found.contains("shapes")) {
      throw UserException.badData(
          file + ": expected labelme's JSON, an object with 'shapes', found none");
    }
    String place = file.toString();
    String written = JsonValues.text(described.get("imagePath"), place, "imagePath");
    String image =
        boxes.imageName(
            written == null || written.isBlank()
                ? AnnotationFiles.stem(boxes.source(), file)
                : written,
            place);
    Path other = files.put(image, file);
    if (other != null) {
      throw UserException.badData(
          file + " and " + other + " are both of '" + Annotations.shortened(image) + "'");
    }
    boxes.addSize(
        image,
        JsonValues.pixels(described.get("imageWidth"), place, "imageWidth"),
        JsonValues.pixels(described.get("imageHeight"), place, "imageHeight"));
    number = 0;
    JsonArrays.read(
        file,
        List.of(new JsonArrays.Member<>("shapes", Shape.class, shape -> add(shape, image, file))));
  }

  private void add(Shape shape, String image, Path file) {
    String place = AnnotationFiles.place(boxes.source(), file, "shape number " + number++);
    String label = shape.label instanceof String text ? text.strip() : "";
    String type = shape.shapeType == null ? "polygon" : JsonValues.shown(shape.shapeType);
    JsonOutline points = shape.points;
    if (List.of("point", "points", "line", "linestrip").contains(type)) {
      leftOut++;
    } else if (label.isEmpty()) {
      boxes.addBad(place, "a shape without a label");
    } else if (points == null || points.isMask() || !points.isSound()) {
      boxes.addBad(place, "its points are no list of points (x, y)");
    } else {
      double[] box = box(type, points);
      if (box.length == 0) {
        boxes.addBad(
            place,
            "it is a %s of %d points; expected a polygon, a rectangle, a mask or circle of 2 points"
                .formatted(type, points.points()));
        return;
      }
      boxes.add(
          new Box(image, boxes.shared(label), box[0], box[1], box[2], box[3], false, null, place));
    }
  }

  /** Left, top, width and height; empty for what is none of the known shapes. */
  private double[] box(String type, JsonOutline points) {
    double[] box = points.box();
    boolean two = points.points() == 2;
    switch (type) {
      case "polygon", "oriented_rectangle" -> outlines++;
      case "rectangle" -> {
        if (!two && points.points() != 4) { // new versions write all corners
          return new double[0];
        }
      }
      case "circle" -> {
        if (!two) {
          return new double[0];
        }
        double[] ends = points.firstPoints();
        double radius = Math.hypot(ends[2] - ends[0], ends[3] - ends[1]);
        return new double[] {ends[0] - radius, ends[1] - radius, 2 * radius, 2 * radius};
      }
      case "mask" -> {
        if (!two) {
          return new double[0];
        }
        box[2]++;
        box[3]++;
      }
      default -> {
        return new double[0];
      }
    }
    return box;
  }
}
