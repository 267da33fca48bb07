package org.inoculum.metric;

import java.util.Arrays;

/**
 * The sum of KID's kernel (x·y / d + 1)³ over pairs of images, taken from the distances that the
 * other metrics need anyway: x·y = (|x|² + |y|² - |x - y|²) / 2. Subtracting costs no digits that
 * matter here, unlike the other way round.
 */
final class KernelSums implements Pairs.Visitor {
  private final boolean within;
  private final double[] rowSquares; // |x|² / 2d
  private final double[] columnSquares;
  private final double scale; // 1 / 2d
  private final double[] tiles; // one sum a tile: added in their order, whichever came first

  private KernelSums(Features rows, Features columns, boolean within) {
    this.within = within;
    scale = 0.5 / rows.dimension();
    rowSquares = squares(rows);
    columnSquares = within ? rowSquares : squares(columns);
    tiles = new double[Pairs.tiles(rowSquares.length, columnSquares.length)];
  }

  /** To be shown the pairs of {@link Pairs#within}. */
  static KernelSums within(Features features) {
    return new KernelSums(features, features, true);
  }

  /** To be shown the pairs of {@link Pairs#between}. */
  static KernelSums between(Features rows, Features columns) {
    return new KernelSums(rows, columns, false);
  }

  private double[] squares(Features features) {
    return Arrays.stream(features.rows())
        .mapToDouble(
            row -> {
              double sum = 0;
              for (double value : row) {
                sum += value * value;
              }
              return sum * scale;
            })
        .toArray();
  }

  @Override
  public void visit(Pairs.Tile tile) {
    for (int i = 0; i < tile.rows(); i++) {
      int row = tile.firstRow() + i;
      double[] distances = tile.values()[i];
      double own = rowSquares[row] + 1;
      double sum = 0;
      int from = within ? Math.max(0, row + 1 - tile.firstColumn()) : 0;
      for (int j = from; j < tile.columns(); j++) {
        sum += cube(own + columnSquares[tile.firstColumn() + j] - distances[j] * scale);
      }
      tiles[tile.index()] += within ? 2 * sum : sum;
    }
  }

  /** Over all ordered pairs; within one set, of different images. */
  double total() {
    return Arrays.stream(tiles).sum();
  }

  /** Over the pairs of each image with itself. */
  double diagonal() {
    return Arrays.stream(rowSquares).map(half -> cube(2 * half + 1)).sum();
  }

  static double cube(double x) {
    return x * x * x;
  }
}
