package org.inoculum.metric;

/**
 * Vendi score (Friedman &amp; Dieng 2022, arXiv 2210.02410): exp(-Σ λ log λ) over the eigenvalues λ
 * of K / n, K the cosine similarities of n images. The effective number of different images: 1 if
 * all point one way, n if all are orthogonal. Images whose features are all 0 have no direction;
 * they count as alike among themselves and orthogonal to the others.
 *
 * @param value in [1, count]
 * @param count images
 */
public record Vendi(double value, int count) {

  /** The score of one set. */
  public static Vendi of(Features features) {
    int n = features.count();
    int d = features.dimension();
    boolean wide = n <= d;
    double[][] unit = wide ? new double[n][d] : new double[d][n]; // rows, or columns, over sqrt(n)
    int withoutDirection = 0;
    for (int i = 0; i < n; i++) {
      double[] row = features.rows()[i];
      double norm = norm(row);
      if (norm == 0) {
        withoutDirection++;
        continue;
      }
      double scale = 1 / (norm * Math.sqrt(n));
      for (int j = 0; j < d; j++) {
        if (wide) {
          unit[i][j] = row[j] * scale;
        } else {
          unit[j][i] = row[j] * scale;
        }
      }
    }
    // X Xᵀ and Xᵀ X have the same eigenvalues but for zeros, which add nothing.
    double entropy = entropyTerm((double) withoutDirection / n);
    for (double eigenvalue : SingularValues.of(Gram.of(Features.adopt(unit, "directions")))) {
      entropy += entropyTerm(eigenvalue);
    }
    return new Vendi(Math.exp(entropy), n);
  }

  private static double entropyTerm(double eigenvalue) {
    return eigenvalue > 0 ? -eigenvalue * Math.log(eigenvalue) : 0;
  }

  private static double norm(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
