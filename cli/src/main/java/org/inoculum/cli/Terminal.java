package org.inoculum.cli;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The capabilities of the terminal behind stderr.
 *
 * @param moves whether the cursor can be moved, so that something can be drawn in one place
 * @param unicode whether block characters are shown as such
 * @param colours how many
 * @param size how large it is now; it may change
 */
record Terminal(boolean moves, boolean unicode, Colours colours, Supplier<Size> size) {
  /** A file, a pipe, or a terminal that wants plain lines. */
  static final Terminal PLAIN = new Terminal(false, false, Colours.NONE, () -> Size.USUAL);

  /** The colours that a terminal understands. */
  enum Colours {
    /** Not at all. */
    NONE,
    /** By number: xterm's 256. */
    PALETTE,
    /** By red, green and blue. */
    TRUE
  }

  /** In characters. */
  record Size(int columns, int rows) {
    static final Size USUAL = new Size(80, 24);
  }

  /** This process's; the launcher knows whether it is one, Java 17 does not. */
  static Terminal here() {
    return of(
        Boolean.getBoolean("inoculum.terminal"),
        System.getProperty("inoculum.locale", ""),
        System.getenv(),
        new TerminalSize());
  }

  /**
   * What the environment says.
   *
   * @param isTerminal whether stderr is one
   * @param locale of the user, before the launcher changed it; empty to look in the environment
   */
  static Terminal of(
      boolean isTerminal, String locale, Map<String, String> environment, Supplier<Size> size) {
    String term = environment.getOrDefault("TERM", "");
    boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty(); // no-color.org
    if (!isTerminal || term.isEmpty() || term.equals("dumb") || plain) {
      return PLAIN;
    }
    String colourTerm = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
    Colours colours =
        colourTerm.equals("truecolor") || colourTerm.equals("24bit") || term.endsWith("-direct")
            ? Colours.TRUE
            : term.contains("256color") ? Colours.PALETTE : Colours.NONE;
    return new Terminal(
        true, isUtf8(locale.isEmpty() ? locale(environment) : locale), colours, size);
  }

  private static String locale(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "C";
  }

  private static boolean isUtf8(String locale) {
    return locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
  }
}
