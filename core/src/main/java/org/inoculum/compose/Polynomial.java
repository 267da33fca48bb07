package org.inoculum.compose;

/** A polynomial of degree 0, 1 or 2 in x and y, by least squares over some of the pixels. */
final class Polynomial {
  private Polynomial() {}

  /**
   * Fits and evaluates.
   *
   * @param terms 1, 3 or 6: 1, x, y, x², xy, y²
   * @param into gets the value at every pixel
   */
  static void fit(float[] values, boolean[] kept, int width, int height, int terms, float[] into) {
    double[][] normal = new double[terms][terms + 1];
    double[] at = new double[6];
    for (int i = 0; i < values.length; i++) {
      if (kept[i]) {
        powers(i, width, height, at);
        for (int r = 0; r < terms; r++) {
          for (int c = 0; c < terms; c++) {
            normal[r][c] += at[r] * at[c];
          }
          normal[r][terms] += at[r] * values[i];
        }
      }
    }
    double[] weights = solve(normal);
    for (int i = 0; i < values.length; i++) {
      powers(i, width, height, at);
      double sum = 0;
      for (int t = 0; t < terms; t++) {
        sum += weights[t] * at[t];
      }
      into[i] = (float) sum;
    }
  }

  private static void powers(int i, int width, int height, double[] at) {
    double x = (2.0 * (i % width) + 1) / width - 1;
    int row = i / width;
    double y = (2.0 * row + 1) / height - 1;
    at[0] = 1;
    at[1] = x;
    at[2] = y;
    at[3] = x * x;
    at[4] = x * y;
    at[5] = y * y;
  }

  /** Gauss elimination with pivots; a term that nothing decides gets the weight 0. */
  private static double[] solve(double[][] rows) {
    int n = rows.length;
    for (int p = 0; p < n; p++) {
      int best = p;
      for (int r = p + 1; r < n; r++) {
        best = Math.abs(rows[r][p]) > Math.abs(rows[best][p]) ? r : best;
      }
      double[] pivot = rows[best];
      rows[best] = rows[p];
      rows[p] = pivot;
      if (Math.abs(pivot[p]) < 1e-9) {
        continue;
      }
      for (int r = 0; r < n; r++) {
        if (r != p) {
          double factor = rows[r][p] / pivot[p];
          for (int c = p; c <= n; c++) {
            rows[r][c] -= factor * pivot[c];
          }
        }
      }
    }
    double[] weights = new double[n];
    for (int p = 0; p < n; p++) {
      weights[p] = Math.abs(rows[p][p]) < 1e-9 ? 0 : rows[p][n] / rows[p][p];
    }
    return weights;
  }
}
