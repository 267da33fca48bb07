package org.inoculum.metric;

import java.util.Arrays;

/**
 * Count, mean and covariance of a set of features that may be too large to be in one place: parts
 * are summed up on their own and joined in any order (Chan, Golub &amp; LeVeque 1983, "Algorithms
 * for computing the sample variance").
 */
public final class Moments {
  private final long count;
  private final double[] mean;
  private final double[][] scatter; // (d, d): sum over images of centred products

  private Moments(long count, double[] mean, double[][] scatter) {
    this.count = count;
    this.mean = mean;
    this.scatter = scatter;
  }

  /** Of no image. */
  public static Moments none(int dimension) {
    return new Moments(0, new double[dimension], new double[dimension][dimension]);
  }

  /** Of a set. */
  public static Moments of(Features features) {
    int d = features.dimension();
    double[] mean = new double[d];
    for (double[] row : features.rows()) {
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / features.count();
      }
    }
    double[][] centred = new double[features.count()][];
    for (int i = 0; i < centred.length; i++) {
      double[] row = features.rows()[i].clone();
      for (int j = 0; j < d; j++) {
        row[j] -= mean[j];
      }
      centred[i] = row;
    }
    double[][] scatter = Gram.of(Features.adopt(Gram.transposed(centred), "centred features"));
    return new Moments(centred.length, mean, scatter);
  }

  /** Of both sets together. */
  public Moments with(Moments other) {
    if (other.mean.length != mean.length) {
      throw new IllegalArgumentException(
          "moments of " + mean.length + " and of " + other.mean.length + " features");
    }
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    int d = mean.length;
    long n = count + other.count;
    double share = (double) other.count / n;
    double[] between = new double[d];
    Arrays.setAll(between, j -> other.mean[j] - mean[j]);
    double[] joined = new double[d];
    Arrays.setAll(joined, j -> mean[j] + share * between[j]);
    double[][] sum = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        sum[i][j] = scatter[i][j] + other.scatter[i][j] + count * share * between[i] * between[j];
      }
    }
    return new Moments(n, joined, sum);
  }

  /** Images. */
  public long count() {
    return count;
  }

  /** Values of one image. */
  public int dimension() {
    return mean.length;
  }

  /** A copy of the mean. */
  double[] mean() {
    return mean.clone();
  }

  /** Divided by count - 1: (d, d). */
  double[][] covariance() {
    double[][] covariance = new double[mean.length][];
    for (int i = 0; i < covariance.length; i++) {
      double[] row = scatter[i].clone();
      for (int j = 0; j < row.length; j++) {
        row[j] /= count - 1.0;
      }
      covariance[i] = row;
    }
    return covariance;
  }

  /** As 1 + d + d² numbers, to be sent. */
  public double[] numbers() {
    int d = mean.length;
    double[] numbers = new double[1 + d + d * d];
    numbers[0] = count;
    System.arraycopy(mean, 0, numbers, 1, d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(scatter[i], 0, numbers, 1 + d + i * d, d);
    }
    return numbers;
  }

  /** Reads {@link #numbers}. */
  public static Moments ofNumbers(double[] numbers, int dimension) {
    int d = dimension;
    if (numbers.length != 1 + d + d * d) {
      throw new IllegalArgumentException(numbers.length + " numbers for " + d + " features");
    }
    double[][] scatter = new double[d][];
    Arrays.setAll(scatter, i -> Arrays.copyOfRange(numbers, 1 + d + i * d, 1 + d + (i + 1) * d));
    return new Moments((long) numbers[0], Arrays.copyOfRange(numbers, 1, 1 + d), scatter);
  }
}
