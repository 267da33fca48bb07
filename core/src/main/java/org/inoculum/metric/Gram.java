package org.inoculum.metric;

/** Matrices of dot products, held whole. */
final class Gram {
  private Gram() {}

  /** X Xᵀ of the rows of {@code features}: (count, count), exactly symmetric. */
  static double[][] of(Features features) {
    double[][] gram = new double[features.count()][features.count()];
    Pairs.within(
        features,
        Pairs.Kernel.DOT,
        tile -> {
          for (int i = 0; i < tile.rows(); i++) {
            int row = tile.firstRow() + i;
            for (int j = Math.max(0, row - tile.firstColumn()); j < tile.columns(); j++) {
              gram[row][tile.firstColumn() + j] = tile.values()[i][j];
              gram[tile.firstColumn() + j][row] = tile.values()[i][j];
            }
          }
        });
    return gram;
  }

  /** A Bᵀ of the rows of two sets: (count of a, count of b). */
  static double[][] of(Features a, Features b) {
    double[][] gram = new double[a.count()][b.count()];
    Pairs.between(
        a,
        b,
        Pairs.Kernel.DOT,
        tile -> {
          for (int i = 0; i < tile.rows(); i++) {
            System.arraycopy(
                tile.values()[i], 0, gram[tile.firstRow() + i], tile.firstColumn(), tile.columns());
          }
        });
    return gram;
  }
}
