package org.inoculum.cli;

/** A progress bar in a line. */
final class Bar {
  private static final int LONGEST = 40;

  private Bar() {}

  /**
   * A bar with words behind it.
   *
   * @param share 0..1
   * @param columns of the line in all; the words take theirs first
   */
  static String of(double share, String words, int columns, Terminal terminal) {
    int length = Math.max(0, Math.min(LONGEST, columns - words.length()));
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * length);
    String done = (terminal.unicode() ? "\u2588" : "#").repeat(full);
    String rest = (terminal.unicode() ? "\u2591" : "-").repeat(length - full);
    return Ink.ACCENT.on(done, terminal.colours()) + Ink.QUIET.on(rest, terminal.colours()) + words;
  }
}
