package org.inoculum.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.annotation.Box;
import org.inoculum.data.AnnotatedField;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.ImageHeader;

/** Annotated fields, brought to the detector's scale and to its classes. */
final class DetectorData {
  /** Pixels of the input that the longer side of a usual cell's box has. */
  static final double USUAL_SIDE = 36;

  /** A cell that is smaller than this in the field is enlarged to it. */
  private static final double SMALLEST_SIDE = 18;

  private DetectorData() {}

  /**
   * The median of the longer sides of the boxes in pixels of the fields.
   *
   * @throws UserException of kind BAD_DATA if there is no box
   */
  static double medianSide(List<List<AnnotatedField>> sets, DetectorLabels labels) {
    List<Double> sides = new ArrayList<>();
    for (List<AnnotatedField> fields : sets) {
      for (AnnotatedField field : fields) {
        for (Box box : field.boxes()) {
          if (labels.of(box.label()) >= 0) {
            Box pixels = box.relative() ? inPixels(box, field) : box;
            sides.add(Math.max(pixels.width(), pixels.height()));
          }
        }
      }
      if (!sides.isEmpty()) {
        break; // the first set that has some says it: all are of one magnification
      }
    }
    if (sides.isEmpty()) {
      throw UserException.badData(
          "no field has a box of a class that is looked for " + labels.classes());
    }
    double[] sorted = sides.stream().mapToDouble(side -> side).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Pixels of the input for one of the field, where cells are usually so large. */
  static double scale(double medianSide) {
    return medianSide < SMALLEST_SIDE
        ? SMALLEST_SIDE / medianSide
        : Math.min(1, USUAL_SIDE / medianSide);
  }

  /** Reads fields. */
  static List<DetectorField> read(
      List<AnnotatedField> fields, DetectorLabels labels, double scale) {
    DetectorField[] read = new DetectorField[fields.size()];
    IntStream.range(0, read.length)
        .parallel()
        .forEach(i -> read[i] = read(fields.get(i), labels, scale));
    return Arrays.asList(read);
  }

  static DetectorField read(AnnotatedField field, DetectorLabels labels, double scale) {
    Image image = ImageFiles.read(field.file(), DecodingLimits.DEFAULT);
    List<Target> targets = new ArrayList<>();
    List<Rect> ignored = new ArrayList<>();
    for (Box box : field.boxes()) {
      Rect rect = rect(box.inPixels(image.width(), image.height()), scale);
      int label = labels.of(box.label());
      if (label >= 0) {
        targets.add(new Target(label, rect));
      } else if (labels.ignores(box.label())) {
        ignored.add(rect);
      }
    }
    for (Box region : field.ignored()) {
      ignored.add(rect(region.inPixels(image.width(), image.height()), scale));
    }
    return new DetectorField(
        field.source(), field.group(), Density.of(image, scale), targets, ignored);
  }

  private static Rect rect(Box box, double scale) {
    return new Rect(box.left(), box.top(), box.width(), box.height()).times(scale);
  }

  private static Box inPixels(Box box, AnnotatedField field) {
    ImageHeader header = ImageFiles.header(field.file(), DecodingLimits.DEFAULT);
    return box.inPixels(header.width(), header.height());
  }
}
