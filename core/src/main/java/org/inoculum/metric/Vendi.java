package org.inoculum.metric;

import java.util.Arrays;

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
    double[][] unit = new double[n][features.dimension()]; // rows of length 1, over sqrt(n)
    int withoutDirection = 0;
    for (int i = 0; i < n; i++) {
      double[] row = features.rows()[i];
      double norm = norm(row);
      if (norm == 0) {
        withoutDirection++;
        continue;
      }
      double scale = 1 / (norm * Math.sqrt(n));
      Arrays.setAll(unit[i], j -> row[j] * scale);
    }
    // X Xᵀ and Xᵀ X have the same eigenvalues but for zeros, which add nothing.
    double entropy = entropyTerm((double) withoutDirection / n);
    double[][] fewer = n <= features.dimension() ? unit : Gram.transposed(unit);
    for (double eigenvalue : SingularValues.of(Gram.of(Features.adopt(fewer, "directions")))) {
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
