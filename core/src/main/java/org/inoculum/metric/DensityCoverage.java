package org.inoculum.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Density and coverage (Naeem et al. 2020, arXiv 2002.09797, equations 2 and 3). Density is the
 * mean number of real k-nearest-neighbour balls around a generated image, divided by k; coverage is
 * the share of real images with a generated image in their ball. Balls are open (strict &lt;).
 *
 * <p>For two samples of one distribution density is about 1 (it may exceed 1) and coverage about 1
 * - 2^-k. Identical sets have coverage 1 unless they are constant (balls of radius 0 hold nothing).
 *
 * @param density at least 0, unbounded
 * @param coverage in [0, 1]
 * @param k neighbours that make a ball
 * @param realCount real images
 * @param densities the density at each generated image: balls around it, divided by k
 */
public record DensityCoverage(
    double density, double coverage, int k, int realCount, List<Double> densities) {
  /** The k of the paper. */
  public static final int DEFAULT_K = 5;

  /** Keeps a copy of the densities. */
  public DensityCoverage {
    densities = List.copyOf(densities);
  }

  /**
   * Density and coverage of two sets.
   *
   * @throws org.inoculum.UserException (bad data) if dimensions differ or there are no more than k
   *     real images
   */
  public static DensityCoverage of(Features real, Features generated, int k) {
    Features.requireSameDimension(real, generated);
    Scan scan = new Scan(Neighbours.within(real, k), generated.count(), k);
    Pairs.between(real, generated, Pairs.Kernel.SQUARED_DISTANCE, scan);
    return scan.result();
  }

  /** Generated images. */
  public int generatedCount() {
    return densities.size();
  }

  /** Counts balls; real images along rows, generated along columns. */
  static final class Scan implements Pairs.Visitor {
    private final int k;
    private final double[] radii;
    private final boolean[] covered;
    private final int[] balls;

    Scan(Neighbours real, int generatedCount, int k) {
      this.k = k;
      radii = real.squaredRadii(k);
      covered = new boolean[radii.length];
      balls = new int[generatedCount];
    }

    @Override
    public void visit(Pairs.Tile tile) {
      for (int i = 0; i < tile.rows(); i++) {
        int r = tile.firstRow() + i;
        for (int j = 0; j < tile.columns(); j++) {
          if (tile.values()[i][j] < radii[r]) {
            balls[tile.firstColumn() + j]++;
            covered[r] = true;
          }
        }
      }
    }

    DensityCoverage result() {
      double pairs = Arrays.stream(balls).asLongStream().sum();
      return new DensityCoverage(
          pairs / k / balls.length,
          PrecisionRecall.share(covered),
          k,
          covered.length,
          Arrays.stream(balls).mapToObj(count -> (double) count / k).toList());
    }
  }
}
