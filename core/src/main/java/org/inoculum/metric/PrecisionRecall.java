package org.inoculum.metric;

import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, arXiv 1904.06991): precision is the
 * share of generated images inside the k-nearest-neighbour ball of at least one real image, recall
 * the share of real images inside the ball of at least one generated image. A ball is open (strict
 * &lt;, as in the implementation of Naeem et al. 2020), and an image is not its own neighbour.
 *
 * <p>Many copies of one image make balls of radius 0, which hold nothing: identical constant sets
 * have precision 0. Both shares depend on the counts; compare sets of equal counts ({@link
 * #redrawn}).
 *
 * @param precision in [0, 1]
 * @param recall in [0, 1]
 * @param k neighbours that make a ball
 * @param realCount real images
 * @param generatedCount generated images
 */
public record PrecisionRecall(
    double precision, double recall, int k, int realCount, int generatedCount) {
  /** The k of the paper. */
  public static final int DEFAULT_K = 3;

  /** Precision and recall of redraws with equal counts. */
  public record Redrawn(Spread precision, Spread recall, int k, int count) {}

  /**
   * Precision and recall of two sets.
   *
   * @throws org.inoculum.UserException (bad data) if dimensions differ or a set has no more than k
   *     images
   */
  public static PrecisionRecall of(Features real, Features generated, int k) {
    Features.requireSameDimension(real, generated);
    Scan scan = new Scan(Neighbours.within(real, k), Neighbours.within(generated, k), k);
    Pairs.between(real, generated, Pairs.Kernel.SQUARED_DISTANCE, scan);
    return scan.result();
  }

  /**
   * Mean and standard deviation over {@code draws} random selections of as many images from each
   * set as the smaller one has.
   *
   * @throws org.inoculum.UserException as {@link #of}
   */
  public static Redrawn redrawn(Features real, Features generated, int k, int draws, long seed) {
    int count = Math.min(real.count(), generated.count());
    double[] precision = new double[draws];
    double[] recall = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      RandomStream random = RandomStream.of(seed, Purpose.CHECKING, draw);
      PrecisionRecall drawn = of(real.draw(count, random), generated.draw(count, random), k);
      precision[draw] = drawn.precision();
      recall[draw] = drawn.recall();
    }
    return new Redrawn(Spread.of(precision), Spread.of(recall), k, count);
  }

  /** Counts balls; real images along rows, generated along columns. */
  static final class Scan implements Pairs.Visitor {
    private final int k;
    private final double[] realRadii;
    private final double[] generatedRadii;
    private final boolean[] realInside;
    private final boolean[] generatedInside;

    Scan(Neighbours real, Neighbours generated, int k) {
      this.k = k;
      realRadii = real.squaredRadii(k);
      generatedRadii = generated.squaredRadii(k);
      realInside = new boolean[realRadii.length];
      generatedInside = new boolean[generatedRadii.length];
    }

    @Override
    public void visit(Pairs.Tile tile) {
      for (int i = 0; i < tile.rows(); i++) {
        int r = tile.firstRow() + i;
        for (int j = 0; j < tile.columns(); j++) {
          int g = tile.firstColumn() + j;
          double distance = tile.values()[i][j];
          generatedInside[g] |= distance < realRadii[r];
          realInside[r] |= distance < generatedRadii[g];
        }
      }
    }

    PrecisionRecall result() {
      return new PrecisionRecall(
          share(generatedInside), share(realInside), k, realInside.length, generatedInside.length);
    }
  }

  /** The share of true values. */
  static double share(boolean[] values) {
    int hits = 0;
    for (boolean value : values) {
      hits += value ? 1 : 0;
    }
    return (double) hits / values.length;
  }
}
