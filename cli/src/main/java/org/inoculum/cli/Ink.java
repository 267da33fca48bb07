package org.inoculum.cli;

import java.util.Locale;

/**
 * Colours of words, chosen so that each is readable on white and on black (a contrast of at least 4
 * with both); the words say the same without them.
 */
enum Ink {
  /** Names of numbers. */
  QUIET(243, 0x767676),
  /** The best so far. */
  GOOD(64, 0x5f8700),
  /** What asks for attention. */
  WARNING(161, 0xd7005f),
  /** Progress. */
  ACCENT(31, 0x0087af);

  static final String ESCAPE = "\u001b[";
  static final String RESET = ESCAPE + "0m";

  private final int number;
  private final int rgb;

  Ink(int number, int rgb) {
    this.number = number;
    this.rgb = rgb;
  }

  /** As 0xRRGGBB, in xterm's palette too. */
  int rgb() {
    return rgb;
  }

  /** A text in this colour, where there are colours. */
  String on(String text, Terminal.Colours colours) {
    return colours == Terminal.Colours.NONE || text.isEmpty()
        ? text
        : String.format(Locale.ROOT, "%s38;5;%dm%s%s", ESCAPE, number, text, RESET);
  }
}
