package org.inoculum.metric;

import java.util.List;
import org.inoculum.UserException;

/**
 * Fréchet distance of two Gaussians (Heusel et al. 2017, arXiv 1706.08500): |μ₁ - μ₂|² + Tr(Σ₁ + Σ₂
 * - 2 (Σ₁Σ₂)^½), covariances divided by n - 1.
 *
 * <p>With Σ = GᵀG, Tr (Σ₁Σ₂)^½ is the sum of the singular values of G₁G₂ᵀ: no square root of a
 * matrix, no complex numbers, and for n ≤ d images of dimension d the centred features themselves
 * are G, so that singular covariances are exact too.
 *
 * <p>Biased upwards for few images (Chong &amp; Forsyth 2020, arXiv 1911.07023): two samples of 64
 * images of one distribution score far above 0. See {@link #fewImages()}.
 *
 * @param value the distance, at least 0 up to rounding
 * @param meanTerm |μ₁ - μ₂|²
 * @param realCount real images
 * @param generatedCount generated images
 * @param dimension of the features
 */
public record Fid(double value, double meanTerm, int realCount, int generatedCount, int dimension) {
  /** Below this many images FID comes with a warning. */
  public static final int FEW_IMAGES = 2048;

  /**
   * The distance between two sets.
   *
   * @throws org.inoculum.UserException (bad data) if dimensions differ or a set has fewer than two
   *     images
   */
  public static Fid of(Features real, Features generated) {
    Features.requireSameDimension(real, generated);
    Features.requireCount(real, 2, "FID");
    Features.requireCount(generated, 2, "FID");
    double meanTerm = 0;
    double[] realMean = mean(real);
    double[] generatedMean = mean(generated);
    for (int j = 0; j < realMean.length; j++) {
      double difference = realMean[j] - generatedMean[j];
      meanTerm += difference * difference;
    }
    double[][] g1 = covarianceFactor(real, realMean);
    double[][] g2 = covarianceFactor(generated, generatedMean);
    double traces = sumOfSquares(g1) + sumOfSquares(g2);
    double value = meanTerm + traces - 2 * sumOfSingularValues(g1, g2);
    return new Fid(value, meanTerm, real.count(), generated.count(), real.dimension());
  }

  /**
   * The distance between two sets of which only the moments are known.
   *
   * @throws org.inoculum.UserException (bad data) if a set has fewer than two images
   */
  public static Fid of(Moments real, Moments generated) {
    for (Moments one : List.of(real, generated)) {
      if (one.count() < 2) {
        throw UserException.badData("FID needs at least 2 images, found " + one.count());
      }
    }
    double meanTerm = 0;
    double[] realMean = real.mean();
    double[] generatedMean = generated.mean();
    for (int j = 0; j < realMean.length; j++) {
      double difference = realMean[j] - generatedMean[j];
      meanTerm += difference * difference;
    }
    double[][] a = real.covariance();
    double[][] b = generated.covariance();
    double traces = 0;
    for (int j = 0; j < a.length; j++) {
      traces += a[j][j] + b[j][j];
    }
    double value =
        meanTerm
            + traces
            - 2 * sumOfSingularValues(PivotedCholesky.factor(a), PivotedCholesky.factor(b));
    return new Fid(
        value,
        meanTerm,
        Math.toIntExact(real.count()),
        Math.toIntExact(generated.count()),
        realMean.length);
  }

  /** True where the bias of few images is likely to drown the distance. */
  public boolean fewImages() {
    return Math.min(realCount, generatedCount) < FEW_IMAGES;
  }

  private static double[] mean(Features features) {
    double[] mean = new double[features.dimension()];
    for (double[] row : features.rows()) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= features.count();
    }
    return mean;
  }

  /** G (rank, d) with GᵀG = covariance. */
  private static double[][] covarianceFactor(Features features, double[] mean) {
    int n = features.count();
    int d = mean.length;
    double scale = 1 / Math.sqrt(n - 1.0);
    double[][] centred = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] row = features.rows()[i].clone();
      for (int j = 0; j < d; j++) {
        row[j] = (row[j] - mean[j]) * scale;
      }
      centred[i] = row;
    }
    return n <= d
        ? centred
        : PivotedCholesky.factor(Gram.of(Features.adopt(Gram.transposed(centred), "covariance")));
  }

  private static double sumOfSquares(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      double rowSum = 0;
      for (double value : row) {
        rowSum += value * value;
      }
      sum += rowSum;
    }
    return sum;
  }

  private static double sumOfSingularValues(double[][] g1, double[][] g2) {
    if (g1.length == 0 || g2.length == 0) {
      return 0; // a set without any variance
    }
    double[][] product =
        Gram.of(Features.adopt(g1, "factor"), Features.adopt(g2, "factor")); // (rank 1, rank 2)
    double sum = 0;
    for (double value : SingularValues.of(product)) {
      sum += value;
    }
    return sum;
  }
}
