package org.inoculum.annotation;

import java.util.Arrays;
import java.util.Optional;

/** How boxes are written down. */
public enum BoxFormat {
  /** One JSON document with images, categories and annotations. */
  COCO("coco"),
  /** A text file for each image: class, centre and size as shares of the image. */
  YOLO("yolo"),
  /** An XML file for each image. */
  VOC("voc"),
  /** A table with a header, a line for each box. */
  CSV("csv"),
  /** GeoJSON that QuPath exports, a file for each image. */
  QUPATH("qupath"),
  /** An image for each image, in which each value is an object. */
  MASKS("masks"),
  /** A JSON file of labelme for each image. */
  LABELME("labelme"),
  /** An XML file of "CVAT for images 1.1". */
  CVAT("cvat"),
  /** A JSON list of the tasks of Label Studio. */
  LABEL_STUDIO("label-studio");

  private final String label;

  BoxFormat(String label) {
    this.label = label;
  }

  /** The name on the command line and in files. */
  public String label() {
    return label;
  }

  /** The constant of that name, if there is one. */
  public static Optional<BoxFormat> ofLabel(String label) {
    return Arrays.stream(values()).filter(known -> known.label.equals(label)).findFirst();
  }
}
