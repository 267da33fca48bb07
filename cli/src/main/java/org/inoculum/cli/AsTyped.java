package org.inoculum.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.Inoculum;

/** Hints with the program's name as the user typed it, such as {@code ./inoculum train}. */
final class AsTyped {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?<![\\w/.-])inoculum(?= +(?:demo|grow|inspect|prepare|train|resume|generate|compose|merge"
              + "|evaluate|utility|report|dashboard|detect|export|metrics|verify|doctor)\\b)");

  private AsTyped() {}

  static String of(String text) {
    return COMMAND.matcher(text).replaceAll(Matcher.quoteReplacement(Inoculum.command()));
  }

  /** A double as one types it: 3, not 3.0, and 2e-4, not 2.0E-4. */
  static String number(Object value) {
    String text = String.valueOf(value);
    return value instanceof Double ? text.replaceFirst("\\.0(?=E|$)", "").replace('E', 'e') : text;
  }
}
