package org.inoculum.annotation;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The shapes in the {@code image} elements of CVAT's XML, in pixels from 0. Boxes and ellipses may
 * be turned about their centre; of them, of polygons and of masks the bounding box is taken. Other
 * shapes are left out.
 */
final class CvatHandler extends DefaultHandler {
  private static final int DEEPEST = 32;

  private final Annotations boxes;
  private final Path file;
  private final Set<String> images = new HashSet<>();
  private @Nullable Locator locator;
  private String image = "";
  private int depth;
  private int outlines;
  private int turned;
  private int leftOut;

  CvatHandler(Annotations boxes, Path file) {
    this.boxes = boxes;
    this.file = file;
  }

  /** Where the parser is. */
  String place() {
    return file + ", line " + line();
  }

  /** Tells what was left out or made simpler. */
  void note() {
    boxes.note(outlines, "of outlines the bounding boxes are taken");
    boxes.note(turned, "of turned shapes the upright bounding boxes are taken");
    boxes.note(leftOut, "points, lines, cuboids and skeletons left out");
  }

  private int line() {
    return locator == null ? 1 : locator.getLineNumber();
  }

  @Override
  public void setDocumentLocator(Locator found) {
    locator = found;
  }

  @Override
  public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) {
    return new InputSource(new StringReader("")); // whatever it is, it is not looked up
  }

  @Override
  public void startElement(String uri, String local, String name, Attributes attributes)
      throws SAXException {
    depth++;
    if (depth == 1 && !name.equals("annotations")) {
      throw new SAXException("expected an element 'annotations', found '" + name + "'");
    }
    if (depth > DEEPEST) {
      throw new SAXException("elements lie more than " + DEEPEST + " deep");
    }
    if (depth == 2) {
      image = "";
      if (name.equals("track")) {
        throw new SAXException("a track of a video; export it as 'CVAT for images 1.1'");
      }
      if (name.equals("image")) {
        startImage(attributes);
      }
    } else if (depth == 3 && !image.isEmpty()) {
      startShape(name, attributes);
    }
  }

  @Override
  public void endElement(String uri, String local, String name) {
    depth--;
  }

  private void startImage(Attributes attributes) throws SAXException {
    image = boxes.imageName(text(attributes, "name"), place());
    if (!images.add(image)) {
      throw new SAXException("'" + Annotations.shortened(image) + "' is there twice");
    }
    boxes.limits().checkBoxes(boxes.source(), images.size());
    double width = number(attributes, "width");
    double height = number(attributes, "height");
    if (width == (int) width && height == (int) height) {
      boxes.addSize(image, (int) width, (int) height);
    }
  }

  private void startShape(String name, Attributes attributes) {
    double[] box;
    switch (name) {
      case "box" -> {
        double left = number(attributes, "xtl");
        double top = number(attributes, "ytl");
        double width = number(attributes, "xbr") - left;
        double height = number(attributes, "ybr") - top;
        box = new double[] {left, top, width, height};
        turn(box, attributes, false);
      }
      case "ellipse" -> {
        double x = number(attributes, "rx");
        double y = number(attributes, "ry");
        box =
            new double[] {number(attributes, "cx") - x, number(attributes, "cy") - y, 2 * x, 2 * y};
        turn(box, attributes, true);
      }
      case "mask" ->
          box =
              new double[] {
                number(attributes, "left"),
                number(attributes, "top"),
                number(attributes, "width"),
                number(attributes, "height")
              };
      case "polygon" -> {
        box = outline(text(attributes, "points"));
        outlines++;
      }
      case "polyline", "points", "cuboid", "skeleton" -> {
        leftOut++;
        return;
      }
      default -> {
        return; // a tag of the whole image
      }
    }
    String place = AnnotationFiles.place(boxes.source(), file, name + " in line " + line());
    String label = text(attributes, "label");
    if (label.isEmpty()) {
      boxes.addBad(place, "a shape without a label");
    } else if (box.length == 0) {
      boxes.addBad(place, "its points are no numbers x,y;x,y");
    } else {
      boxes.add(
          new Box(image, boxes.shared(label), box[0], box[1], box[2], box[3], false, null, place));
    }
  }

  /** Makes the box the bounding box of itself, or of its ellipse, turned about its centre. */
  private void turn(double[] box, Attributes attributes, boolean ellipse) {
    String written = text(attributes, "rotation");
    double angle = written.isEmpty() ? 0 : Math.toRadians(number(attributes, "rotation"));
    if (angle == 0 || !(box[2] > 0 && box[3] > 0)) {
      return;
    }
    turned++;
    double cos = Math.abs(Math.cos(angle));
    double sin = Math.abs(Math.sin(angle));
    double width = box[2] * cos;
    double across = box[3] * sin;
    double height = box[3] * cos;
    double along = box[2] * sin;
    double newWidth = ellipse ? Math.hypot(width, across) : width + across;
    double newHeight = ellipse ? Math.hypot(height, along) : height + along;
    box[0] += (box[2] - newWidth) / 2;
    box[1] += (box[3] - newHeight) / 2;
    box[2] = newWidth;
    box[3] = newHeight;
  }

  /** The bounding box of points x,y;x,y; empty where they are none. */
  private static double[] outline(String points) {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int start = 0; start < points.length(); ) {
      int found = points.indexOf(';', start);
      int end = found < 0 ? points.length() : found;
      int comma = points.indexOf(',', start);
      if (comma < 0 || comma > end) {
        return new double[0];
      }
      double x = number(points.substring(start, comma));
      double y = number(points.substring(comma + 1, end));
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return new double[0];
      }
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      start = end + 1;
    }
    return points.isEmpty() ? new double[0] : new double[] {left, top, right - left, bottom - top};
  }

  private static String text(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null ? "" : value.strip();
  }

  private static double number(Attributes attributes, String name) {
    return number(text(attributes, name));
  }

  /** NaN, which no box has, for what is no number. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
