package org.inoculum.annotation;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.UserException;

/** A line of a table: fields between separators, in quotation marks where they hold one. */
final class CsvRow {
  private CsvRow() {}

  /** The separator of a header: the most frequent of comma, semicolon and tab; 0 for none. */
  static char separator(String header) {
    char best = 0;
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  /**
   * The fields, stripped (RFC 4180, but for line breaks within quotation marks).
   *
   * @param place named if the quotation marks do not match
   */
  static List<String> split(String line, char separator, String place) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw UserException.badData(place + ": a quotation mark is not closed in the line");
    }
    fields.add(field.toString().strip());
    return fields;
  }
}
