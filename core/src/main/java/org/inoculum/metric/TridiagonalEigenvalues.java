package org.inoculum.metric;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by implicit QR steps with Wilkinson's shift (Golub
 * &amp; Van Loan, "Matrix Computations", 4th edition, section 8.3).
 */
final class TridiagonalEigenvalues {
  private static final int MOST_STEPS_PER_VALUE = 60;
  private static final double EPSILON = 0x1p-53;

  private TridiagonalEigenvalues() {}

  /**
   * Overwrites both arrays; returns the first, which holds the eigenvalues in no order.
   *
   * @param d the diagonal, n values
   * @param e beside the diagonal, n - 1 values
   */
  static double[] of(double[] d, double[] e) {
    double norm = 0;
    for (int i = 0; i < d.length; i++) {
      norm = Math.max(norm, Math.abs(d[i]) + (i < e.length ? Math.abs(e[i]) : 0));
    }
    double negligible = EPSILON * norm;
    int last = d.length - 1;
    long stepsLeft = (long) MOST_STEPS_PER_VALUE * d.length;
    while (last > 0) {
      int first = last;
      while (first > 0 && Math.abs(e[first - 1]) > negligible) {
        first--;
      }
      if (first == last) {
        last--; // the block has shrunk to one value
      } else if (stepsLeft-- == 0) {
        throw new IllegalStateException("the eigenvalue iteration does not converge");
      } else {
        step(d, e, first, last);
      }
    }
    return d;
  }

  /** One QR step on the block first..last, none of whose e is negligible. */
  private static void step(double[] d, double[] e, int first, int last) {
    double half = (d[last - 1] - d[last]) / 2;
    double beside = e[last - 1];
    double root = Math.sqrt(half * half + beside * beside);
    double shift = d[last] - beside * beside / (half < 0 ? half - root : half + root);
    double x = d[first] - shift;
    double bulge = e[first];
    for (int k = first; k < last; k++) {
      double r = Math.sqrt(x * x + bulge * bulge);
      double c = r == 0 ? 1 : x / r;
      double s = r == 0 ? 0 : bulge / r;
      if (k > first) {
        e[k - 1] = r;
      }
      double upper = d[k];
      double lower = d[k + 1];
      double cross = 2 * c * s * e[k];
      d[k] = c * c * upper + cross + s * s * lower;
      d[k + 1] = s * s * upper - cross + c * c * lower;
      e[k] = c * s * (lower - upper) + (c * c - s * s) * e[k];
      if (k + 1 < last) {
        x = e[k];
        bulge = s * e[k + 1];
        e[k + 1] *= c;
      }
    }
  }
}
