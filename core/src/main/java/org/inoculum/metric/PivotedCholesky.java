package org.inoculum.metric;

import java.util.Arrays;

/**
 * Cholesky factor of a matrix that may be singular, with diagonal pivoting (Higham, "Accuracy and
 * Stability of Numerical Algorithms", 2nd edition, section 10.3), one row of the factor at a time.
 */
final class PivotedCholesky {
  private static final double EPSILON = 0x1p-52;

  private PivotedCholesky() {}

  /**
   * G (rank, d) with GᵀG = {@code matrix} up to rounding.
   *
   * @param matrix (d, d), symmetric, positive semi-definite
   */
  static double[][] factor(double[][] matrix) {
    int d = matrix.length;
    double[] left = new double[d]; // of the diagonal, not yet explained
    Arrays.setAll(left, i -> matrix[i][i]);
    double tolerance = d * EPSILON * Arrays.stream(left).max().orElse(0);
    double[][] factor = new double[d][];
    int rank = 0;
    while (rank < d) {
      int pivot = indexOfMaximum(left);
      if (!(left[pivot] > tolerance)) {
        break; // only rounding is left
      }
      double[] row = matrix[pivot].clone();
      subtractExplained(factor, rank, pivot, row);
      double root = Math.sqrt(left[pivot]);
      for (int j = 0; j < d; j++) {
        row[j] = left[j] == Double.NEGATIVE_INFINITY ? 0 : row[j] / root;
        left[j] -= row[j] * row[j];
      }
      row[pivot] = root;
      left[pivot] = Double.NEGATIVE_INFINITY; // done: never a pivot again
      factor[rank++] = row;
    }
    return Arrays.copyOf(factor, rank);
  }

  /** row -= Σ_s factor[s][pivot] · factor[s], four rows at a time. */
  private static void subtractExplained(double[][] factor, int rank, int pivot, double[] row) {
    double[] weights = new double[4];
    int s = 0;
    for (; s + 4 <= rank; s += 4) {
      for (int t = 0; t < 4; t++) {
        weights[t] = -factor[s + t][pivot];
      }
      Pairs.addProducts(
          weights, 0, factor[s], factor[s + 1], factor[s + 2], factor[s + 3], row, row.length);
    }
    for (; s < rank; s++) {
      double weight = factor[s][pivot];
      double[] explained = factor[s];
      for (int j = 0; j < row.length; j++) {
        row[j] -= weight * explained[j];
      }
    }
  }

  private static int indexOfMaximum(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
