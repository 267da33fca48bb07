package org.inoculum.metric;

/** Matrices of dot products, held whole. */
final class Gram {
  private static final int BLOCK = 32;

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

  /** Columns as rows, in blocks whose cache lines stay at hand until they are full. */
  static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int first = 0; first < matrix.length; first += BLOCK) {
      int last = Math.min(matrix.length, first + BLOCK);
      for (int j = 0; j < result.length; j++) {
        double[] column = result[j];
        for (int i = first; i < last; i++) {
          column[i] = matrix[i][j];
        }
      }
    }
    return result;
  }
}
