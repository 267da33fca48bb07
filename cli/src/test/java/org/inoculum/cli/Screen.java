package org.inoculum.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows after a text: cursor up, clearing, wrapping at the right border as VT100s
 * do it (a full line wraps when the next character comes). Colours are passed over.
 */
final class Screen {
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private final int columns;
  private int row;
  private int column;

  Screen(int columns) {
    this.columns = columns;
  }

  Screen show(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        column = 0; // the terminal's driver puts a carriage return before it
        down();
      } else if (c == '\u001b') {
        int end = i + 2;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        control(text.substring(i + 2, end), text.charAt(end));
        i = end;
      } else {
        put(c);
      }
    }
    return this;
  }

  /** Rows from the top, without the blanks at their ends. */
  List<String> rows() {
    return rows.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private void put(char c) {
    if (column == columns) {
      column = 0;
      down();
    }
    StringBuilder line = rows.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, c);
  }

  private void down() {
    row++;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }

  private void control(String parameters, char command) {
    switch (command) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(parameters));
      case 'J' -> {
        cut();
        while (rows.size() > row + 1) {
          rows.remove(rows.size() - 1);
        }
      }
      case 'K' -> cut();
      case 'm' -> {}
      default -> throw new AssertionError("a control of which nobody knows: " + command);
    }
  }

  private void cut() {
    StringBuilder line = rows.get(row);
    line.setLength(Math.min(line.length(), column));
  }
}
