package org.inoculum.metric;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.inoculum.UserException;
import org.inoculum.random.RandomStream;

/**
 * A set of images as numbers: {@link #count()} rows, one an image, of {@link #dimension()} finite
 * values each. Never changes after it was built. Rows are shared between a set and its selections,
 * so {@link #select} costs no copy of the values.
 */
public final class Features {
  private final double[][] rows;

  private Features(double[][] checkedRows) {
    this.rows = checkedRows;
  }

  /**
   * A copy of {@code rows} (count, dimension).
   *
   * @param source names where the rows come from, for the error message
   * @throws UserException (bad data) if there is no row or no column, a row has another length than
   *     the first, or a value is NaN or beyond single precision; the message says row and column,
   *     counted from 1
   */
  public static Features of(double[][] rows, String source) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return adopt(copy, source);
  }

  /**
   * A copy of the values that a network computed: row after row in one array.
   *
   * @param values count x dimension values
   * @throws IllegalArgumentException if the length is not a multiple of {@code dimension}
   * @throws UserException as for {@link #of}
   */
  public static Features ofFloats(float[] values, int dimension, String source) {
    if (dimension < 1 || values.length % dimension != 0) {
      throw new IllegalArgumentException(
          values.length + " values do not make rows of dimension " + dimension);
    }
    double[][] rows = new double[values.length / dimension][dimension];
    for (int i = 0; i < values.length; i++) {
      rows[i / dimension][i % dimension] = values[i];
    }
    return adopt(rows, source);
  }

  /**
   * Reads a table of comma-separated numbers, one row an image. A first line that holds no number
   * at all is taken as the header; blank lines are skipped.
   *
   * @throws UserException (bad data) if the file cannot be read, holds no rows, or has a ragged row
   *     or a field that is not a finite number within single precision; the message says line and
   *     column, counted from 1
   */
  public static Features readCsv(Path file) {
    return new Features(CsvRows.read(file));
  }

  /** Checks rows that nobody else holds and takes them over. */
  static Features adopt(double[][] rows, String source) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw UserException.badData(
          source + ": expected at least one row and one column of features, found none");
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw UserException.badData(
            "%s: expected %d columns as in row 1, found %d in row %d"
                .formatted(source, rows[0].length, rows[i].length, i + 1));
      }
      for (int j = 0; j < rows[i].length; j++) {
        if (!isUsable(rows[i][j])) {
          throw UserException.badData(
              "%s: expected finite numbers up to 3.4e38, found %s in row %d, column %d"
                  .formatted(source, rows[i][j], i + 1, j + 1));
        }
      }
    }
    return new Features(rows);
  }

  /** True for what single precision can hold: within it no metric overflows. */
  static boolean isUsable(double value) {
    return Math.abs(value) <= Float.MAX_VALUE; // false for NaN
  }

  /** Images. */
  public int count() {
    return rows.length;
  }

  /** Values of one image. */
  public int dimension() {
    return rows[0].length;
  }

  /** A copy of the values of image {@code row}. */
  public double[] row(int row) {
    return rows[row].clone();
  }

  /** Feature {@code column} of image {@code row}. */
  public double value(int row, int column) {
    return rows[row][column];
  }

  /** The images at {@code indices}, in that order; an index may come more than once. */
  public Features select(int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("expected at least one index, found none");
    }
    return new Features(Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(double[][]::new));
  }

  /** The first {@code count} images. */
  public Features first(int count) {
    if (count < 1 || count > rows.length) {
      throw new IllegalArgumentException(
          "expected 1 to " + rows.length + " images, found " + count);
    }
    return new Features(Arrays.copyOf(rows, count));
  }

  /** {@code size} different images, drawn from {@code random}. */
  Features draw(int size, RandomStream random) {
    int[] order = new int[count()];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < size; i++) { // Fisher-Yates, as far as it is needed
      int other = i + random.nextInt(order.length - i);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return select(Arrays.copyOf(order, size));
  }

  /** A set whose rows are {@code change} of these. */
  Features map(UnaryOperator<double[]> change) {
    return adopt(Arrays.stream(rows).map(change).toArray(double[][]::new), "features");
  }

  /** The rows themselves, for reading only. */
  double[][] rows() {
    return rows;
  }

  /**
   * Checks that two sets can be compared.
   *
   * @throws UserException (bad data) if their dimensions differ
   */
  static void requireSameDimension(Features a, Features b) {
    if (a.dimension() != b.dimension()) {
      throw UserException.badData(
          "expected features of the same dimension in both sets, found %d and %d: extract both with the same network"
              .formatted(a.dimension(), b.dimension()));
    }
  }

  /**
   * Checks that a set is large enough.
   *
   * @throws UserException (bad data) if it has fewer than {@code atLeast} images
   */
  static void requireCount(Features features, int atLeast, String what) {
    if (features.count() < atLeast) {
      throw UserException.badData(
          "%s needs at least %d images in each set, found %d"
              .formatted(what, atLeast, features.count()));
    }
  }

  @Override
  public String toString() {
    return count() + " x " + dimension() + " features";
  }
}
