package org.inoculum.annotation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * A table with a header and a line for each box: the image, four numbers in pixels, and a class if
 * there is a column for it. Spaces, case and underscores of the header do not count. Beside
 * corners, {@code width} and {@code height} are the image's, as in TensorFlow's tables. A table
 * without a header is one of keras-retinanet: path, x1, y1, x2, y2, class. A line without numbers
 * is an image without boxes. Between semicolons or tabs, numbers may have decimal commas.
 */
final class CsvBoxes {
  private static final List<String> IMAGE =
      List.of("image", "filename", "file", "imagename", "imagepath", "path");
  private static final List<String> LABEL =
      List.of("label", "class", "classname", "category", "name");
  private static final List<List<String>> CORNER_AND_SIZE =
      List.of(
          List.of("x", "left"),
          List.of("y", "top"),
          List.of("width", "w", "boxwidth"),
          List.of("height", "h", "boxheight"));
  private static final List<List<String>> CORNERS =
      List.of(
          List.of("xmin", "x1", "left"),
          List.of("ymin", "y1", "top"),
          List.of("xmax", "x2", "right"),
          List.of("ymax", "y2", "bottom"));

  private static final List<String> RETINANET = List.of("image", "x1", "y1", "x2", "y2", "class");

  private final Annotations boxes;
  private final @Nullable String groupColumn;
  private char separator;
  private List<String> header = List.of();
  private int image;
  private int label;
  private int group;
  private boolean corners;
  private int[] numbers = {};
  private int imageWidth;
  private int imageHeight;
  private int withoutBox;
  private int decimalCommas;

  CsvBoxes(Annotations boxes, @Nullable String groupColumn) {
    this.boxes = boxes;
    this.groupColumn = groupColumn;
  }

  void read() {
    try (TextLines lines = new TextLines(boxes.source(), boxes.limits().maxBytes())) {
      String first = lines.next();
      String head = first == null ? "" : first;
      separator = CsvRow.separator(head);
      List<String> fields = CsvRow.split(head, separator, lines.place());
      boolean bare = isRetinanet(fields);
      readHeader(bare ? RETINANET : fields, head, lines.place());
      if (bare) {
        boxes.note("the table has no header; its columns are image, x1, y1, x2, y2, class");
        readBox(fields, lines);
      }
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          readBox(CsvRow.split(line, separator, lines.place()), lines);
        }
      }
    }
    if (withoutBox > 0) {
      boxes.note("lines of images without a box: " + withoutBox);
    }
    if (decimalCommas > 0) {
      boxes.note("numbers with a decimal comma: " + decimalCommas);
    }
  }

  /** Whether a first line holds a box already, or an image without one. */
  private static boolean isRetinanet(List<String> fields) {
    if (fields.size() != RETINANET.size() || fields.get(0).isEmpty()) {
      return false;
    }
    List<String> numbers = fields.subList(1, 5);
    return numbers.stream().allMatch(String::isEmpty)
        || numbers.stream().allMatch(text -> text.matches("-?\\d+([.,]\\d+)?"));
  }

  private void readHeader(List<String> written, String line, String place) {
    header = written.stream().map(CsvBoxes::key).toList();
    image = column(IMAGE);
    label = column(LABEL);
    numbers = columns(CORNERS);
    corners = numbers.length == 4;
    if (!corners) {
      numbers = columns(CORNER_AND_SIZE);
    }
    imageWidth = corners ? column(List.of("width", "imagewidth")) : column(List.of("imagewidth"));
    imageHeight =
        corners ? column(List.of("height", "imageheight")) : column(List.of("imageheight"));
    if (image < 0 || numbers.length != 4) {
      throw UserException.badData(
          place
              + ": expected a header with image (or filename), and x, y, width, height or xmin, ymin, xmax, ymax; found '"
              + Annotations.shortened(line)
              + "'");
    }
    group = groupColumn == null ? -1 : written.indexOf(groupColumn);
    if (groupColumn != null && group < 0) {
      throw UserException.badData(
          "%s: no column is called '%s' (--group-column); there are %s"
              .formatted(place, groupColumn, Annotations.shortened(String.join(", ", written))));
    }
  }

  private void readBox(List<String> fields, TextLines lines) {
    String place = lines.line();
    if (fields.size() != header.size()) {
      throw UserException.badData(
          "%s: expected %d columns as in the header, found %d"
              .formatted(lines.place(), header.size(), fields.size()));
    }
    String name = boxes.imageName(fields.get(image), lines.place());
    if (Arrays.stream(numbers).allMatch(at -> fields.get(at).isEmpty())) {
      withoutBox++;
      return;
    }
    double[] values = new double[4];
    for (int i = 0; i < 4; i++) {
      String text = fields.get(numbers[i]);
      if (separator != ',' && text.matches("-?\\d+,\\d+")) {
        text = text.replace(',', '.');
        decimalCommas++;
      }
      try {
        values[i] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        boxes.addBad(place, "'" + Annotations.shortened(text) + "' is no number");
        return;
      }
    }
    if (imageWidth >= 0 && imageHeight >= 0) {
      boxes.addSize(name, whole(fields.get(imageWidth)), whole(fields.get(imageHeight)));
    }
    String className = label < 0 ? "" : fields.get(label);
    if (label >= 0 && className.isEmpty()) {
      boxes.addBad(place, "the class is empty");
    } else if (group >= 0 && fields.get(group).isEmpty()) {
      boxes.addBad(place, "the column '" + groupColumn + "' is empty");
    } else {
      boxes.add(
          new Box(
              name,
              boxes.shared(className),
              values[0],
              values[1],
              corners ? values[2] - values[0] : values[2],
              corners ? values[3] - values[1] : values[3],
              false,
              group < 0 ? null : boxes.shared(fields.get(group)),
              place));
    }
  }

  /** 0, which stands for not known, for what is no whole number. */
  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
  }

  /** The first column that is called by one of the names, in their order; -1 for none. */
  private int column(List<String> names) {
    return names.stream().mapToInt(header::indexOf).filter(at -> at >= 0).findFirst().orElse(-1);
  }

  /** A column for each list of names; empty unless all are there. */
  private int[] columns(List<List<String>> names) {
    List<Integer> found = new ArrayList<>();
    for (List<String> one : names) {
      int at = column(one);
      if (at >= 0) {
        found.add(at);
      }
    }
    return found.size() == names.size()
        ? found.stream().mapToInt(Integer::intValue).toArray()
        : new int[0];
  }
}
