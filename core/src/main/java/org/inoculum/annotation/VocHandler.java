package org.inoculum.annotation;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The texts of one {@code annotation} element by their paths, those of each {@code object} apart.
 * Elements that nobody asks for, such as the parts of a person, have other paths and do no harm.
 */
final class VocHandler extends DefaultHandler {
  private static final int DEEPEST = 32;

  private final Path file;
  private final Map<String, String> described = new HashMap<>();
  private final List<Marked> objects = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Locator locator;
  private @Nullable Marked object;

  /**
   * An {@code object} element.
   *
   * @param line where it begins
   * @param texts by the path below it
   */
  record Marked(int line, Map<String, String> texts) {}

  VocHandler(Path file) {
    this.file = file;
  }

  /** A text of the image by its path below the root; empty where there is none. */
  String described(String wanted) {
    return described.getOrDefault(wanted, "");
  }

  List<Marked> objects() {
    return objects;
  }

  /** Where the parser is. */
  String place() {
    return file + ", line " + line();
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
    if (path.isEmpty() && !name.equals("annotation")) {
      throw new SAXException("expected an element 'annotation', found '" + name + "'");
    }
    if (path.size() == DEEPEST) {
      throw new SAXException("elements lie more than " + DEEPEST + " deep");
    }
    path.addLast(name);
    text.setLength(0);
    if (path.size() == 2 && name.equals("object")) {
      object = new Marked(line(), new HashMap<>());
      objects.add(object);
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    if (text.length() + length > BoxLimits.LINE) {
      throw new SAXException("a text has more than " + BoxLimits.LINE + " characters");
    }
    text.append(characters, start, length);
  }

  @Override
  public void endElement(String uri, String local, String name) throws SAXException {
    int above = object == null ? 1 : 2;
    String key = String.join("/", path.stream().skip(above).toList());
    Map<String, String> texts = object == null ? described : object.texts();
    if (path.size() > above && isAskedFor(key) && texts.put(key, text.toString().strip()) != null) {
      throw new SAXException("'" + key + "' is there twice");
    }
    path.removeLast();
    text.setLength(0);
    if (path.size() == 1) {
      object = null;
    }
  }

  private static boolean isAskedFor(String key) {
    return switch (key) {
      case "filename",
          "name",
          "size/width",
          "size/height",
          "bndbox/xmin",
          "bndbox/ymin",
          "bndbox/xmax",
          "bndbox/ymax" ->
          true;
      default -> false;
    };
  }
}
