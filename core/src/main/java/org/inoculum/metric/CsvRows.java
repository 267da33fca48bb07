package org.inoculum.metric;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.inoculum.UserException;

/** Comma-separated numbers, read line by line: never more in memory than the numbers and a line. */
final class CsvRows {
  private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf(inity)?)");

  private final Path file;
  private final List<double[]> rows = new ArrayList<>();

  private CsvRows(Path file) {
    this.file = file;
  }

  static double[][] read(Path file) {
    CsvRows table = new CsvRows(file);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        // Spreadsheets start UTF-8 files with a byte order mark.
        String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        boolean header = number == 1 && holdsNoNumber(text);
        if (!text.isBlank() && !header) {
          table.add(text, number);
        }
      }
    } catch (CharacterCodingException e) {
      throw UserException.badData(
          file + ": expected a text file of numbers, found bytes that are not UTF-8", e);
    } catch (IOException e) {
      throw UserException.badData(
          file + ": cannot be read as a table of features (" + e.getClass().getSimpleName() + ")",
          e);
    }
    if (table.rows.isEmpty()) {
      throw UserException.badData(file + ": expected at least one row of numbers, found none");
    }
    return table.rows.toArray(double[][]::new);
  }

  private void add(String line, int number) {
    int columns =
        rows.isEmpty() ? 1 + (int) line.chars().filter(c -> c == ',').count() : rows.get(0).length;
    double[] row = new double[columns];
    int column = 0;
    int start = 0;
    while (start <= line.length()) {
      int comma = line.indexOf(',', start);
      int end = comma < 0 ? line.length() : comma;
      if (column < columns) {
        row[column] = number(line, start, end, number, column + 1);
      }
      column++;
      start = end + 1;
    }
    if (column != columns) {
      throw UserException.badData(
          "%s: expected %d columns as in the first row, found %d in line %d"
              .formatted(file, columns, column, number));
    }
    rows.add(row);
  }

  private double number(String text, int start, int end, int line, int column) {
    double value = DecimalNumber.parse(text, start, end);
    if (Double.isNaN(value)) { // not plain: the whole grammar, and the words for a mistake
      String field = text.substring(start, end);
      value = parse(field);
      if (!Features.isUsable(value)) {
        throw UserException.badData(
            "%s: expected a finite number up to 3.4e38 in line %d, column %d, found '%s'"
                .formatted(
                    file, line, column, field.length() > 40 ? field.substring(0, 40) : field));
      }
    }
    return value;
  }

  /** NaN for what is not a number, which is refused in the same words. */
  private static double parse(String field) {
    try {
      return Double.parseDouble(field.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** True for a header. A row of "nan" is no header: it must be refused, not skipped. */
  private static boolean holdsNoNumber(String line) {
    return Stream.of(line.split(",", -1))
        .map(field -> field.strip().toLowerCase(Locale.ROOT))
        .allMatch(field -> Double.isNaN(parse(field)) && !NOT_FINITE.matcher(field).matches());
  }
}
