package org.inoculum.cli;

import java.util.List;

/**
 * Lines that stay at the bottom of a terminal while others scroll past above them. What is drawn is
 * one piece of text, in which lines that have not changed are passed over, so that nothing
 * flickers.
 */
final class Panel {
  private static final String CLEAR_REST_OF_LINE = Ink.ESCAPE + "K";
  private static final String CLEAR_BELOW = Ink.ESCAPE + "J";

  private List<String> drawn = List.of();
  private int drawnColumns;

  boolean isEmpty() {
    return drawn.isEmpty();
  }

  /**
   * What to send to the terminal to replace the panel.
   *
   * @param above lines that go above it for good
   * @param lines the new panel; each has less than {@code columns} visible characters
   */
  String replace(List<String> above, List<String> lines, int columns) {
    StringBuilder text = new StringBuilder("\r");
    int up = -1;
    for (String line : drawn) {
      up += rows(line, columns); // a terminal that has become narrower has wrapped them
    }
    if (up > 0) {
      text.append(Ink.ESCAPE).append(up).append('A');
    }
    boolean same = above.isEmpty() && columns == drawnColumns;
    if (!same) {
      text.append(CLEAR_BELOW);
    }
    above.forEach(line -> text.append(line).append('\n'));
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) {
        text.append('\n');
      }
      boolean last = i == lines.size() - 1; // the cursor must come to stand behind it
      if (!same || last || i >= drawn.size() || !drawn.get(i).equals(lines.get(i))) {
        text.append(lines.get(i)).append(CLEAR_REST_OF_LINE);
      }
    }
    text.append(CLEAR_BELOW);
    drawn = List.copyOf(lines);
    drawnColumns = columns;
    return text.toString();
  }

  /** Leaves the panel where it is: what to send so that the next line begins below it. */
  String leave() {
    boolean empty = drawn.isEmpty();
    drawn = List.of();
    return empty ? "" : "\n";
  }

  private static int rows(String line, int columns) {
    return Math.max(1, (visible(line) + columns - 1) / columns);
  }

  /** Characters that take a place; every line of a panel is of our own words. */
  static int visible(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").length();
  }
}
