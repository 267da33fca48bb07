package org.inoculum.metric;

import java.util.Arrays;

/** For each query image the nearest image of a reference set; of equally near ones the first. */
final class Nearest implements Pairs.Visitor {
  private final double[] squared;
  private final int[] reference;

  /** To be shown every pair, references along rows and queries along columns. */
  Nearest(int queries) {
    squared = new double[queries];
    reference = new int[queries];
    Arrays.fill(squared, Double.POSITIVE_INFINITY);
  }

  /**
   * Searches all pairs.
   *
   * @throws org.inoculum.UserException (bad data) if the dimensions differ
   */
  static Nearest of(Features queries, Features references) {
    Nearest nearest = new Nearest(queries.count());
    Pairs.between(references, queries, Pairs.Kernel.SQUARED_DISTANCE, nearest);
    return nearest;
  }

  @Override
  public void visit(Pairs.Tile tile) {
    for (int i = 0; i < tile.rows(); i++) {
      double[] distances = tile.values()[i];
      int row = tile.firstRow() + i;
      for (int j = 0; j < tile.columns(); j++) {
        int query = tile.firstColumn() + j;
        // Tiles come in any order, so that a tie must be settled by the index.
        if (distances[j] < squared[query]
            || (distances[j] == squared[query] && row < reference[query])) {
          squared[query] = distances[j];
          reference[query] = row;
        }
      }
    }
  }

  /** Which reference is nearest to a query. */
  int reference(int query) {
    return reference[query];
  }

  /** The square of the distance to it. */
  double squaredDistance(int query) {
    return squared[query];
  }

  /** The distances of all queries. */
  double[] distances() {
    return Arrays.stream(squared).map(Math::sqrt).toArray();
  }
}
