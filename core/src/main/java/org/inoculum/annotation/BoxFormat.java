package org.inoculum.annotation;

import java.util.Arrays;
import java.util.Optional;

/** How boxes are written down. */
public enum BoxFormat {
  /** One JSON document with images, categories and annotations. */
  COCO("coco"),
  /** A text file for each picture: class, centre and size as shares of the picture. */
  YOLO("yolo"),
  /** An XML file for each picture. */
  VOC("voc"),
  /** A table with a header, a line for each box. */
  CSV("csv"),
  /** GeoJSON that QuPath exports, a file for each picture. */
  QUPATH("qupath"),
  /** An image for each picture, in which each value is an object. */
  MASKS("masks"),
  /** A JSON file of labelme for each picture. */
  LABELME("labelme"),
  /** An XML file of "CVAT for images 1.1". */
  CVAT("cvat"),
  /** A JSON list of the tasks of Label Studio. */
  LABEL_STUDIO("label-studio");

  private final String word;

  BoxFormat(String word) {
    this.word = word;
  }

  /** The name on the command line and in files. */
  public String word() {
    return word;
  }

  /** The constant of that name, if there is one. */
  public static Optional<BoxFormat> ofWord(String word) {
    return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
  }
}
