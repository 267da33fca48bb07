package org.inoculum.annotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.UserException;

/** Tells a format by names and, where they do not tell, by the first line. */
final class BoxFormats {
  private BoxFormats() {}

  static BoxFormat find(Path source) {
    return Files.isDirectory(source) ? ofFolder(source) : ofFile(source);
  }

  private static BoxFormat ofFolder(Path folder) {
    BoxLimits any = new BoxLimits(Long.MAX_VALUE, 1);
    List<Path> xml = AnnotationFiles.list(folder, ".xml", any);
    List<Path> text = YoloBoxes.files(folder, any);
    if (xml.isEmpty() == text.isEmpty()) {
      throw UserException.badData(
          folder
              + (xml.isEmpty()
                  ? " holds neither .txt files (YOLO) nor .xml files (Pascal VOC); name the annotation file itself"
                  : " holds both .txt files (YOLO) and .xml files (Pascal VOC); say which with --boxes-format"));
    }
    return xml.isEmpty() ? BoxFormat.YOLO : BoxFormat.VOC;
  }

  private static BoxFormat ofFile(Path file) {
    if (AnnotationFiles.ends(file, ".json")) {
      return BoxFormat.COCO;
    }
    if (AnnotationFiles.ends(file, ".xml")) {
      return BoxFormat.VOC;
    }
    if (AnnotationFiles.ends(file, ".csv") || AnnotationFiles.ends(file, ".tsv")) {
      return BoxFormat.CSV;
    }
    String start;
    try (TextLines lines = new TextLines(file, Long.MAX_VALUE)) {
      String line = lines.next();
      start = line == null ? "" : line.strip();
    }
    if (start.startsWith("{")) {
      return BoxFormat.COCO;
    }
    if (start.startsWith("<")) {
      return BoxFormat.VOC;
    }
    if (CsvRow.separator(start) != 0) {
      return BoxFormat.CSV;
    }
    if (AnnotationFiles.ends(file, ".txt")) {
      return BoxFormat.YOLO;
    }
    throw UserException.badData(
        file
            + ": not told by its name nor its first line whether it is coco, yolo, voc or csv; say so with --boxes-format");
  }
}
