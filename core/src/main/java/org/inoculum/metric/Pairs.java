package org.inoculum.metric;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * All pairs of rows of two matrices, in tiles that fit the caches, so that memory does not grow
 * with the number of pairs.
 *
 * <p>Distances are sums of squared differences, not |x|² + |y|² - 2x·y: the short form loses half
 * of the digits for near neighbours, and it is no faster here. A value depends on its two rows
 * alone, bit for bit, and is the same in both orders: a copy of a row has exactly the distances of
 * the row, and distance 0 to it.
 */
final class Pairs {
  /** Rows and columns of a tile, and how many dimensions are taken at a time (about L2-sized). */
  private static final int TILE_ROWS = 256;

  private static final int TILE_COLUMNS = 512;
  private static final int PANEL = 64;

  /** Rows that go over four dimensions of the columns while these are in the L1 cache. */
  private static final int ROWS_AT_ONCE = 8;

  private final double[][] a;
  private final double[][] b;
  private final Kernel kernel;

  private Pairs(double[][] a, double[][] b, Kernel kernel) {
    this.a = a;
    this.b = b;
    this.kernel = kernel;
  }

  /** The function that is computed of two rows. */
  enum Kernel {
    /** The dot product. */
    DOT,
    /** The squared Euclidean distance. */
    SQUARED_DISTANCE
  }

  /**
   * A rectangle of pairs: {@code values[i][j]} belongs to row {@code firstRow + i} of the one
   * matrix and row {@code firstColumn + j} of the other.
   */
  @SuppressWarnings("ArrayRecordComponent") // a message between two loops, never compared
  record Tile(int index, int firstRow, int firstColumn, double[][] values) {
    int rows() {
      return values.length;
    }

    int columns() {
      return values[0].length;
    }
  }

  /** Takes tiles, one at a time but in no particular order: its result must not depend on it. */
  @FunctionalInterface
  interface Visitor {
    void visit(Tile tile);
  }

  /** Visits every pair of a row of {@code a} and a row of {@code b}. */
  static void between(Features a, Features b, Kernel kernel, Visitor visitor) {
    Features.requireSameDimension(a, b);
    new Pairs(a.rows(), b.rows(), kernel).run(visitor, false);
  }

  /**
   * Visits tiles that hold every unordered pair of rows of {@code a} at least once; a visitor takes
   * the pairs with column &gt;= row and leaves the others.
   */
  static void within(Features a, Kernel kernel, Visitor visitor) {
    new Pairs(a.rows(), a.rows(), kernel).run(visitor, true);
  }

  /** Tiles of {@link #between}: an upper bound of {@link Tile#index}. */
  static int tiles(int rows, int columns) {
    return ceilDiv(rows, TILE_ROWS) * ceilDiv(columns, TILE_COLUMNS);
  }

  /** Each processor takes the next tile when it is done with one: some are there sooner. */
  private void run(Visitor visitor, boolean upperOnly) {
    int tiles = tiles(a.length, b.length);
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, ForkJoinPool.getCommonPoolParallelism() + 1)
        .parallel()
        .forEach(
            processor -> {
              for (int tile = next.getAndIncrement(); tile < tiles; tile = next.getAndIncrement()) {
                visit(tile, visitor, upperOnly);
              }
            });
  }

  private void visit(int tile, Visitor visitor, boolean upperOnly) {
    int across = ceilDiv(b.length, TILE_COLUMNS);
    int firstRow = tile / across * TILE_ROWS;
    int firstColumn = tile % across * TILE_COLUMNS;
    if (upperOnly && Math.min(b.length, firstColumn + TILE_COLUMNS) <= firstRow) {
      return;
    }
    Tile filled = fill(tile, firstRow, firstColumn);
    synchronized (this) {
      visitor.visit(filled);
    }
  }

  private Tile fill(int index, int firstRow, int firstColumn) {
    int rows = Math.min(TILE_ROWS, a.length - firstRow);
    int columns = Math.min(TILE_COLUMNS, b.length - firstColumn);
    int dimension = a[0].length;
    double[][] values = new double[rows][columns];
    double[][] panel = new double[Math.min(PANEL, roundUpToFour(dimension))][columns];
    double[][] x = new double[ROWS_AT_ONCE][PANEL];
    for (int from = 0; from < dimension; from += PANEL) {
      int depth = Math.min(PANEL, dimension - from);
      int padded = roundUpToFour(depth);
      transpose(firstColumn, columns, from, depth, padded, panel);
      for (int i = 0; i < rows; i += ROWS_AT_ONCE) {
        int block = Math.min(ROWS_AT_ONCE, rows - i);
        for (int r = 0; r < block; r++) {
          System.arraycopy(a[firstRow + i + r], from, x[r], 0, depth);
          Arrays.fill(x[r], depth, PANEL, 0);
        }
        for (int s = 0; s < padded; s += 4) {
          for (int r = 0; r < block; r++) {
            accumulate(x[r], s, panel, values[i + r], columns);
          }
        }
      }
    }
    return new Tile(index, firstRow, firstColumn, values);
  }

  /** Columns side by side in memory, so that the innermost loop runs over them and vectorises. */
  private void transpose(
      int firstColumn, int columns, int from, int depth, int padded, double[][] panel) {
    for (int j = 0; j < columns; j++) {
      double[] y = b[firstColumn + j];
      for (int s = 0; s < depth; s++) {
        panel[s][j] = y[from + s];
      }
    }
    for (int s = depth; s < padded; s++) {
      Arrays.fill(panel[s], 0); // adds nothing, in both kernels
    }
  }

  /** Adds what the dimensions s to s + 3 of the panel contribute to one row of a tile. */
  private void accumulate(double[] x, int s, double[][] panel, double[] sums, int columns) {
    if (kernel == Kernel.DOT) {
      addProducts(x, s, panel[s], panel[s + 1], panel[s + 2], panel[s + 3], sums, columns);
    } else {
      addSquares(x, s, panel[s], panel[s + 1], panel[s + 2], panel[s + 3], sums, columns);
    }
  }

  // Four dimensions and one row of sums a pass: what the just-in-time compiler vectorises reliably.

  static void addProducts(
      double[] x, int s, double[] b0, double[] b1, double[] b2, double[] b3, double[] sums, int n) {
    double x0 = x[s];
    double x1 = x[s + 1];
    double x2 = x[s + 2];
    double x3 = x[s + 3];
    for (int j = 0; j < n; j++) {
      sums[j] += x0 * b0[j] + x1 * b1[j] + x2 * b2[j] + x3 * b3[j];
    }
  }

  private static void addSquares(
      double[] x, int s, double[] b0, double[] b1, double[] b2, double[] b3, double[] sums, int n) {
    double x0 = x[s];
    double x1 = x[s + 1];
    double x2 = x[s + 2];
    double x3 = x[s + 3];
    for (int j = 0; j < n; j++) {
      double d0 = x0 - b0[j];
      double d1 = x1 - b1[j];
      double d2 = x2 - b2[j];
      double d3 = x3 - b3[j];
      sums[j] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }
  }

  private static int roundUpToFour(int n) {
    return (n + 3) / 4 * 4;
  }

  private static int ceilDiv(int n, int d) {
    return (n + d - 1) / d;
  }
}
