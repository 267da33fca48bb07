package org.inoculum.annotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.JsonArrays;

/** Tells a format by names and, where they do not tell, by the first line. */
final class BoxFormats {
  private static final Map<String, BoxFormat> JSON_FIELDS =
      Map.of(
          "images", BoxFormat.COCO,
          "categories", BoxFormat.COCO,
          "annotations", BoxFormat.COCO,
          "shapes", BoxFormat.LABELME,
          "features", BoxFormat.QUPATH,
          "[]geometry", BoxFormat.QUPATH,
          "[]annotations", BoxFormat.LABEL_STUDIO,
          "[]data", BoxFormat.LABEL_STUDIO);

  private BoxFormats() {}

  static BoxFormat find(Path source) {
    return Files.isDirectory(source) ? ofFolder(source) : ofFile(source);
  }

  private static BoxFormat ofFolder(Path folder) {
    BoxLimits any = new BoxLimits(Long.MAX_VALUE, 1);
    List<Path> xml = AnnotationFiles.list(folder, ".xml", any);
    List<Path> text = YoloBoxes.files(folder, any);
    List<Path> json =
        xml.isEmpty() && text.isEmpty()
            ? AnnotationFiles.list(folder, List.of(".json", ".geojson"), any)
            : List.of();
    if (!json.isEmpty()) {
      return ofJson(json.get(0));
    }
    if (xml.isEmpty() && text.isEmpty() && MaskBoxes.areIn(folder, any)) {
      return BoxFormat.MASKS;
    }
    if (xml.isEmpty() == text.isEmpty()) {
      throw UserException.badData(
          folder
              + (xml.isEmpty()
                  ? " holds neither .txt files (YOLO) nor .xml files (Pascal VOC) nor .json or .geojson files, nor images with an ending such as _masks; name the annotation file itself, or say --boxes-format masks if its images are label masks"
                  : " holds both .txt files (YOLO) and .xml files (Pascal VOC); say which with --boxes-format"));
    }
    return xml.isEmpty() ? BoxFormat.YOLO : ofXml(xml.get(0));
  }

  /** Tells it by the first field that only one of the formats has. */
  private static BoxFormat ofJson(Path file) {
    AnnotationFiles.check(file, Long.MAX_VALUE);
    return JsonArrays.firstOf(file, JSON_FIELDS.keySet(), "[]")
        .map(field -> JSON_FIELDS.getOrDefault(field, BoxFormat.COCO))
        .orElse(BoxFormat.COCO);
  }

  private static BoxFormat ofXml(Path file) {
    return CvatBoxes.is(file) ? BoxFormat.CVAT : BoxFormat.VOC;
  }

  private static BoxFormat ofFile(Path file) {
    if (AnnotationFiles.ends(file, ".json") || AnnotationFiles.ends(file, ".geojson")) {
      return ofJson(file);
    }
    if (AnnotationFiles.ends(file, ".xml")) {
      return ofXml(file);
    }
    if (AnnotationFiles.ends(file, ".csv") || AnnotationFiles.ends(file, ".tsv")) {
      return BoxFormat.CSV;
    }
    String start;
    try (TextLines lines = new TextLines(file, Long.MAX_VALUE)) {
      String line = lines.next();
      start = line == null ? "" : line.strip();
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      return ofJson(file);
    }
    if (start.startsWith("<")) {
      return ofXml(file);
    }
    if (CsvRow.separator(start) != 0) {
      return BoxFormat.CSV;
    }
    if (AnnotationFiles.ends(file, ".txt")) {
      return BoxFormat.YOLO;
    }
    throw UserException.badData(
        file
            + ": not told by its name nor its first line how boxes are written; say so with --boxes-format");
  }
}
