package org.inoculum.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Permutation tests of two sets of equal counts: were both drawn from one distribution, then any
 * other division of the pool into halves would be as good, so the share of random divisions that
 * are as extreme as the one found is an exact p-value (Gretton et al. 2012, "A kernel two-sample
 * test", section 8.1; Phipson &amp; Smyth 2010 for the added 1). Holds all pairs of the pool in
 * memory.
 *
 * @param kid unbiased estimate
 * @param kidP share of divisions with a kid at least as large
 * @param variety mean distance of a generated image to its nearest other one, in that of the real
 *     images: 1 where both vary alike, 0 where most are equal
 * @param varietyP share of divisions with a variety at least as small
 * @param coverage as {@link DensityCoverage} has it
 * @param coverageP share of divisions with a coverage at least as small
 * @param precision coverage with the roles swapped: the share of generated images whose ball holds
 *     a real one
 * @param precisionP share of divisions with a precision at least as small
 * @param count images of each set
 */
public record PooledTest(
    double kid,
    double kidP,
    double variety,
    double varietyP,
    double coverage,
    double coverageP,
    double precision,
    double precisionP,
    int count) {
  /** Fewest images of a set: one more than the neighbours of a ball. */
  public static final int LEAST = DensityCoverage.DEFAULT_K + 1;

  /** The tests with so many divisions; the smallest p is 1 / (divisions + 1). */
  public static PooledTest of(Features real, Features generated, int divisions, long seed) {
    Features.requireSameDimension(real, generated);
    int n = real.count();
    if (n < LEAST || generated.count() != n) {
      throw new IllegalArgumentException(
          "expected equal counts of at least %d, found %d and %d"
              .formatted(LEAST, n, generated.count()));
    }
    Pool pool = Pool.of(real, generated);
    boolean[] own = new boolean[2 * n];
    Arrays.fill(own, 0, n, true);
    double[] found = pool.statistics(own);
    int[][] asExtreme =
        IntStream.range(0, divisions)
            .parallel()
            .mapToObj(i -> compare(pool.statistics(division(2 * n, seed, i)), found))
            .toArray(int[][]::new);
    double[] p = new double[found.length];
    for (int s = 0; s < p.length; s++) {
      int column = s;
      p[s] =
          (1.0 + Arrays.stream(asExtreme).mapToInt(row -> row[column]).sum()) / (1.0 + divisions);
    }
    return new PooledTest(-found[0], p[0], found[1], p[1], found[2], p[2], found[3], p[3], n);
  }

  private static int[] compare(double[] divided, double[] found) {
    int[] asExtreme = new int[found.length];
    Arrays.setAll(asExtreme, s -> divided[s] <= found[s] ? 1 : 0);
    return asExtreme;
  }

  private static boolean[] division(int count, long seed, int number) {
    RandomStream random = RandomStream.of(seed, Purpose.CHECKING, number);
    boolean[] first = new boolean[count];
    for (int left = count / 2, i = 0; i < count; i++) {
      if (random.nextInt(count - i) < left) {
        first[i] = true;
        left--;
      }
    }
    return first;
  }

  /** All pairs of both sets. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pool(double[][] squared, double[][] kernel) {

    static Pool of(Features real, Features generated) {
      double[][] rows =
          IntStream.range(0, 2)
              .mapToObj(i -> i == 0 ? real.rows() : generated.rows())
              .flatMap(Arrays::stream)
              .toArray(double[][]::new);
      Features both = Features.adopt(rows, "features");
      double[][] kernel = Gram.of(both);
      double[][] squared = new double[rows.length][rows.length];
      Pairs.within(
          both,
          Pairs.Kernel.SQUARED_DISTANCE,
          tile -> {
            for (int i = 0; i < tile.rows(); i++) {
              int row = tile.firstRow() + i;
              for (int j = Math.max(0, row - tile.firstColumn()); j < tile.columns(); j++) {
                squared[row][tile.firstColumn() + j] = tile.values()[i][j];
                squared[tile.firstColumn() + j][row] = tile.values()[i][j];
              }
            }
          });
      for (double[] row : kernel) {
        Arrays.setAll(row, j -> KernelSums.cube(row[j] / both.dimension() + 1));
      }
      return new Pool(squared, kernel);
    }

    /** Minus the kid, variety, coverage and precision: each the smaller the worse. */
    double[] statistics(boolean[] real) {
      int size = squared.length;
      int n = size / 2;
      int k = DensityCoverage.DEFAULT_K;
      double same = 0;
      double across = 0;
      int[] covered = new int[2];
      double[][] nearest = new double[2][n];
      int[] seen = new int[2];
      double[] own = new double[k];
      for (int i = 0; i < size; i++) {
        Arrays.fill(own, Double.POSITIVE_INFINITY);
        double other = Double.POSITIVE_INFINITY;
        for (int j = 0; j < size; j++) {
          if (real[i] != real[j]) {
            across += kernel[i][j];
            other = Math.min(other, squared[i][j]);
          } else if (i != j) {
            same += kernel[i][j];
            Neighbours.insert(own, squared[i][j]);
          }
        }
        int set = real[i] ? 0 : 1;
        covered[set] += other < own[k - 1] ? 1 : 0;
        nearest[set][seen[set]++] = own[0];
      }
      double kid = same / n / (n - 1) - across / n / n;
      return new double[] {
        -kid, variety(nearest), (double) covered[0] / n, (double) covered[1] / n
      };
    }

    /** Means and not medians: where half of a division are one image, its median is 0 or not. */
    private static double variety(double[][] nearest) {
      double real = meanRoot(nearest[0]);
      double generated = meanRoot(nearest[1]);
      return real == generated ? 1 : generated / real;
    }

    private static double meanRoot(double[] squares) {
      return Arrays.stream(squares).map(Math::sqrt).average().orElseThrow();
    }
  }
}
