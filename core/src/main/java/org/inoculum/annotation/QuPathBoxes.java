package org.inoculum.annotation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.JsonArrays;
import org.inoculum.files.JsonOutline;
import org.jspecify.annotations.Nullable;

/**
 * GeoJSON (RFC 7946) as QuPath exports it (qupath.readthedocs.io, "Exporting annotations"): a file
 * for each image and called like it, with a FeatureCollection or a list of features. Coordinates
 * are pixels of the full image; of a Polygon or MultiPolygon the bounding box is taken, the class
 * is its classification, without the colons between its parts. Points and lines have no area and
 * are left out.
 */
final class QuPathBoxes {
  private static final String UNCLASSIFIED = "unclassified";

  private final Annotations boxes;
  private int number;
  private int outlines;
  private int leftOut;
  private int unclassified;

  private record Geometry(@Nullable Object type, @Nullable JsonOutline coordinates) {}

  private record Properties(@Nullable Object classification) {}

  private record Feature(@Nullable Geometry geometry, @Nullable Properties properties) {}

  QuPathBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  void read() {
    Map<String, Path> files = new HashMap<>();
    for (Path file :
        AnnotationFiles.list(boxes.source(), List.of(".geojson", ".json"), boxes.limits())) {
      AnnotationFiles.check(file, boxes.limits().maxBytes());
      String image = boxes.imageName(AnnotationFiles.stem(boxes.source(), file), file.toString());
      Path other = files.put(image, file);
      if (other != null) {
        throw UserException.badData(
            file + " and " + other + " are both of '" + Annotations.shortened(image) + "'");
      }
      number = 0;
      Set<String> found =
          JsonArrays.read(
              file,
              Stream.of("features", "")
                  .map(
                      list ->
                          new JsonArrays.Member<>(
                              list, Feature.class, one -> add(one, image, file)))
                  .toList());
      if (!found.contains("features") && !found.contains("")) {
        throw UserException.badData(
            file + ": expected QuPath's GeoJSON, a list of features or 'features', found none");
      }
    }
    boxes.note(outlines, "of outlines the bounding boxes are taken");
    boxes.note(leftOut, "points and lines, which have no area, left out");
    boxes.note(unclassified, "objects without a class, which are called '" + UNCLASSIFIED + "'");
  }

  private void add(Feature feature, String image, Path file) {
    String place = AnnotationFiles.place(boxes.source(), file, "feature number " + number++);
    Geometry geometry = feature.geometry;
    String type = geometry == null ? "none" : JsonValues.shown(geometry.type);
    switch (type) {
      case "Polygon", "MultiPolygon" -> {
        JsonOutline outline = geometry == null ? null : geometry.coordinates;
        if (outline == null || outline.isMask() || !outline.isSound()) {
          boxes.addBad(place, "the coordinates of its " + type + " are no points (x, y)");
          return;
        }
        double[] box = outline.box();
        outlines++;
        boxes.add(
            new Box(image, label(feature), box[0], box[1], box[2], box[3], false, null, place));
      }
      case "Point", "MultiPoint", "LineString", "MultiLineString" -> leftOut++;
      default ->
          boxes.addBad(place, "its geometry is " + type + "; expected a Polygon or MultiPolygon");
    }
  }

  private String label(Feature feature) {
    Object written = feature.properties == null ? null : feature.properties.classification;
    if (written instanceof Map<?, ?> classification) {
      written = classification.get("name");
      if (written == null && classification.get("names") instanceof List<?> names) {
        written = names.stream().map(String::valueOf).collect(Collectors.joining(" "));
      }
    }
    String label = written instanceof String text ? text.strip() : "";
    unclassified += label.isEmpty() ? 1 : 0;
    return boxes.shared(label.isEmpty() ? UNCLASSIFIED : label.replaceAll("\\s*:\\s*", " "));
  }
}
