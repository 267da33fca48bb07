package org.inoculum.report;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A piece of a page. A text becomes one only by being escaped, so that names from strangers can
 * stand anywhere in it.
 */
final class Html {
  static final Html NOTHING = new Html("");

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /** A text as it is to be read. */
  static Html text(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(point -> escaped.append(escaped(point)));
    return new Html(escaped.toString());
  }

  private static String escaped(int point) {
    return switch (point) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> isVisible(point) ? Character.toString(point) : "\uFFFD";
    };
  }

  /** Not so: control characters and those that change the direction of what follows. */
  private static boolean isVisible(int point) {
    int type = Character.getType(point);
    return point == '\n'
        || (type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE);
  }

  /** An element without attributes. */
  static Html of(String tag, Html... content) {
    return new Html("<" + name(tag) + ">" + joined(Arrays.asList(content), "") + "</" + tag + ">");
  }

  /** An element that holds a text. */
  static Html of(String tag, String text) {
    return of(tag, text(text));
  }

  /** An element of a class of the style sheet. */
  static Html styled(String tag, String style, Html... content) {
    return new Html(
        "<"
            + name(tag)
            + " class=\""
            + name(style)
            + "\">"
            + joined(Arrays.asList(content), "")
            + "</"
            + tag
            + ">");
  }

  /** An image inside the page; {@code alt} is for those who do not see it. */
  static Html image(byte[] png, String alt, String style) {
    return new Html(
        "<img class=\""
            + name(style)
            + "\" alt=\""
            + text(alt)
            + "\" src=\"data:image/png;base64,"
            + Base64.getEncoder().encodeToString(png)
            + "\">");
  }

  /** One after the other. */
  static Html all(Collection<Html> pieces) {
    return new Html(joined(pieces, "\n"));
  }

  private static String joined(Collection<Html> pieces, String between) {
    return pieces.stream().map(Html::toString).collect(Collectors.joining(between));
  }

  /** One after the other. */
  static Html all(Html... pieces) {
    return all(Arrays.asList(pieces));
  }

  /** Tags and style names come from this program, which is held to it. */
  private static String name(String name) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not a name of HTML: " + name);
    }
    return name;
  }

  @Override
  public String toString() {
    return markup;
  }
}
