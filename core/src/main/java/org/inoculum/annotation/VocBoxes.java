package org.inoculum.annotation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.inoculum.UserException;
import org.xml.sax.SAXException;

/**
 * Pascal VOC's XML files, one for each image (Everingham et al., "The Pascal visual object classes
 * (VOC) challenge", 2010, and its development kit): corners in pixels that are counted from 1 and
 * belong to the box.
 */
final class VocBoxes {
  private static final List<String> CORNERS = List.of("xmin", "ymin", "xmax", "ymax");

  private final Annotations boxes;
  private final Map<String, Path> files = new HashMap<>();

  VocBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  void read() {
    SAXParser parser = parser();
    for (Path file : AnnotationFiles.list(boxes.source(), ".xml", boxes.limits())) {
      VocHandler handler = new VocHandler(file);
      try (InputStream in = AnnotationFiles.open(file, BoxLimits.ONE_PICTURE)) {
        parser.parse(in, handler);
      } catch (SAXException e) {
        throw UserException.badData(
            handler.place() + ": not Pascal VOC: " + oneLine(e.getMessage()), e);
      } catch (IOException e) {
        throw AnnotationFiles.cannotRead(file, e);
      }
      add(file, handler);
    }
  }

  private void add(Path file, VocHandler handler) {
    String written = handler.described("filename");
    String image =
        boxes.imageName(
            written.isEmpty() ? AnnotationFiles.stem(boxes.source(), file) : written,
            file.toString());
    Path other = files.put(image, file);
    if (other != null) {
      throw UserException.badData(
          file + " and " + other + " are both of '" + Annotations.shortened(image) + "'");
    }
    boxes.addSize(
        image, whole(handler.described("size/width")), whole(handler.described("size/height")));
    for (VocHandler.Marked object : handler.objects()) {
      String place = AnnotationFiles.place(boxes.source(), file, "object in line " + object.line());
      double[] corners = new double[4];
      for (int i = 0; i < 4; i++) {
        corners[i] = number(object.texts().getOrDefault("bndbox/" + CORNERS.get(i), ""));
      }
      String label = object.texts().getOrDefault("name", "");
      if (label.isEmpty()) {
        boxes.addBad(place, "an object without a name");
      } else {
        boxes.add(
            new Box(
                image,
                boxes.shared(label),
                corners[0] - 1,
                corners[1] - 1,
                corners[2] - corners[0] + 1,
                corners[3] - corners[1] + 1,
                false,
                null,
                place));
      }
    }
  }

  /** Reads nothing but the text: no document type, so no entities of its own and none from afar. */
  static SAXParser parser() {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.setXIncludeAware(false);
      return factory.newSAXParser();
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError("the JDK's parser has these features", e);
    }
  }

  /** NaN, which no box has, for what is no number. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** 0, which stands for not known, for what is no whole number. */
  private static int whole(String text) {
    double number = number(text);
    return number == Math.rint(number) && number < Integer.MAX_VALUE ? (int) number : 0;
  }

  static String oneLine(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "damaged XML" : text.replaceAll("\\s+", " ");
  }
}
