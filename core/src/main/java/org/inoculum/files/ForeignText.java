package org.inoculum.files;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text that this program did not write, such as names of files and classes and messages of servers.
 * It may hold characters that move the cursor, begin a line that looks like ours, or turn the
 * reading direction, so that what is shown is not what is there.
 */
public final class ForeignText {
  /** Controls of C0 and C1, line and paragraph separators, and what turns the direction. */
  private static final String FORGING =
      "\\p{Cc}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF";

  private static final Pattern IN_A_LINE = Pattern.compile("[" + FORGING + "&&[^\\t]]");
  private static final Pattern IN_JSON = Pattern.compile("[" + FORGING + "&&[^\\t\\n\\r]]");

  private ForeignText() {}

  /** As one line of a terminal or a log, with a question mark for each such character. */
  public static String line(String text) {
    return IN_A_LINE.matcher(text).replaceAll("?");
  }

  /**
   * A JSON document for a terminal, with escapes for such characters: a reader gets the same
   * values.
   *
   * @param document whose own line breaks stay; none is inside a text, as JSON wants it
   */
  public static String json(String document) {
    return IN_JSON
        .matcher(document)
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
  }
}
