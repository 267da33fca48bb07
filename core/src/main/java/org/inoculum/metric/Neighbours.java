package org.inoculum.metric;

import java.util.Arrays;
import org.inoculum.UserException;

/**
 * The distances of each image of a set to its nearest others: the k-nearest-neighbour balls of the
 * manifold metrics. Kept squared, as computed; one square root at the end.
 */
public final class Neighbours {
  private final Features features;
  private final double[][] squared; // (count, k), ascending

  private Neighbours(Features features, double[][] squared) {
    this.features = features;
    this.squared = squared;
  }

  /**
   * The {@code k} nearest other images of each image of {@code features}. Another image with the
   * same features is a neighbour at distance 0.
   *
   * @throws UserException (bad data) unless 1 &lt;= k &lt; count
   */
  public static Neighbours within(Features features, int k) {
    requireNeighbours(features, k);
    Search search = new Search(features, k);
    Pairs.within(features, Pairs.Kernel.SQUARED_DISTANCE, search);
    return search.result();
  }

  /** Keeps the smallest distances of each row. */
  static final class Search implements Pairs.Visitor {
    private final Features features;
    private final double[][] nearest;

    Search(Features features, int k) {
      this.features = features;
      nearest = new double[features.count()][k];
      for (double[] row : nearest) {
        Arrays.fill(row, Double.POSITIVE_INFINITY);
      }
    }

    @Override
    public void visit(Pairs.Tile tile) {
      for (int i = 0; i < tile.rows(); i++) {
        int row = tile.firstRow() + i;
        double[] distances = tile.values()[i];
        for (int j = Math.max(0, row + 1 - tile.firstColumn()); j < tile.columns(); j++) {
          insert(nearest[row], distances[j]);
          insert(nearest[tile.firstColumn() + j], distances[j]);
        }
      }
    }

    Neighbours result() {
      return new Neighbours(features, nearest);
    }
  }

  /** Checks that every image of a set has {@code k} others. */
  static void requireNeighbours(Features features, int k) {
    if (k < 1 || k >= features.count()) {
      throw UserException.badData(
          "expected a neighbourhood of 1 to %d images, because the set has %d, found k = %d: take more images or a smaller k"
              .formatted(features.count() - 1, features.count(), k));
    }
  }

  static void insert(double[] ascending, double value) {
    int place = ascending.length - 1;
    if (value >= ascending[place]) {
      return;
    }
    while (place > 0 && ascending[place - 1] > value) {
      ascending[place] = ascending[place - 1];
      place--;
    }
    ascending[place] = value;
  }

  /** The set whose images are each other's neighbours. */
  public Features features() {
    return features;
  }

  /** Neighbours of each image. */
  public int k() {
    return squared[0].length;
  }

  /** The distance of image {@code row} to its {@code rank}-th nearest other, 1 for the nearest. */
  public double distance(int row, int rank) {
    return Math.sqrt(squared[row][rank - 1]);
  }

  /** The squares of {@link #distance} of all images. */
  double[] squaredRadii(int rank) {
    return Arrays.stream(squared).mapToDouble(row -> row[rank - 1]).toArray();
  }
}
