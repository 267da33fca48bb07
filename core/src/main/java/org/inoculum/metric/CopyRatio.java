package org.inoculum.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.UserException;

/**
 * The distance of generated images to their nearest training image under the symmetries of the
 * square, in units of that training image's own distance to its neighbours: ρ(g) = min_t d(t·g, x*)
 * / d(x*, nearest other training image), where t runs over the 8 rotations and mirror images and x*
 * is the nearest training image under any of them. A ratio well below 1 is a copy; where training
 * augments by rotation a copy may come out rotated.
 *
 * <p>Duplicates in the training set do not count as each other's neighbour (the distance is 0): the
 * nearest different one does.
 *
 * @param ratios one for each generated image, at least 0; infinite if all training images are equal
 *     and the generated one differs
 * @param nearest the index of x*
 * @param symmetry the index t of the symmetry, as the caller ordered them
 */
public record CopyRatio(List<Double> ratios, List<Integer> nearest, List<Integer> symmetry) {
  /** Below this ratio an image is a copy, unless {@link #threshold} says otherwise. */
  public static final double DEFAULT_THRESHOLD = 1.0 / 3;

  /** Keeps copies. */
  public CopyRatio {
    ratios = List.copyOf(ratios);
    nearest = List.copyOf(nearest);
    symmetry = List.copyOf(symmetry);
  }

  /**
   * The ratios of a set of generated images.
   *
   * @param train features of the training images
   * @param symmetries one matrix for each symmetry: row i of each belongs to generated image i
   * @throws UserException (bad data) if dimensions differ or there are fewer than two training
   *     images
   * @throws IllegalArgumentException if there is no symmetry or the counts differ among them
   */
  public static CopyRatio of(Features train, List<Features> symmetries) {
    if (symmetries.isEmpty()) {
      throw new IllegalArgumentException("expected at least one symmetry, found none");
    }
    Features.requireCount(train, 2, "the copy ratio");
    int count = symmetries.get(0).count();
    double[] squared = new double[count];
    int[] nearest = new int[count];
    int[] symmetry = new int[count];
    Arrays.fill(squared, Double.POSITIVE_INFINITY);
    for (int t = 0; t < symmetries.size(); t++) {
      if (symmetries.get(t).count() != count) {
        throw new IllegalArgumentException(
            "expected %d images under symmetry %d as under the first, found %d"
                .formatted(count, t, symmetries.get(t).count()));
      }
      Nearest found = Nearest.of(symmetries.get(t), train);
      for (int g = 0; g < count; g++) {
        if (found.squaredDistance(g) < squared[g]) {
          squared[g] = found.squaredDistance(g);
          nearest[g] = found.reference(g);
          symmetry[g] = t;
        }
      }
    }
    double[] scale = squaredDistanceToNearestDifferent(train);
    return new CopyRatio(
        IntStream.range(0, count)
            .mapToObj(g -> squared[g] == 0 ? 0.0 : Math.sqrt(squared[g] / scale[nearest[g]]))
            .toList(),
        Arrays.stream(nearest).boxed().toList(),
        Arrays.stream(symmetry).boxed().toList());
  }

  /** The share of generated images with a ratio below {@code threshold}. */
  public double shareBelow(double threshold) {
    return (double) ratios.stream().filter(ratio -> ratio < threshold).count() / ratios.size();
  }

  /**
   * The largest threshold, at most {@link #DEFAULT_THRESHOLD}, that calls no more than {@code
   * falseAlarms} of these images copies: to be asked of held-out real images, which are none.
   *
   * @param falseAlarms share in [0, 1), such as 0.01
   */
  public double threshold(double falseAlarms) {
    double[] ascending = ratios.stream().mapToDouble(ratio -> ratio).sorted().toArray();
    int allowed = (int) Math.floor(falseAlarms * ascending.length);
    return Math.min(DEFAULT_THRESHOLD, ascending[allowed]);
  }

  /** 0 for every image if all are equal: any distance is infinitely far beside that. */
  private static double[] squaredDistanceToNearestDifferent(Features train) {
    double[] nearest = new double[train.count()];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    Pairs.within(
        train,
        Pairs.Kernel.SQUARED_DISTANCE,
        tile -> {
          for (int i = 0; i < tile.rows(); i++) {
            int row = tile.firstRow() + i;
            for (int j = Math.max(0, row + 1 - tile.firstColumn()); j < tile.columns(); j++) {
              double distance = tile.values()[i][j];
              int other = tile.firstColumn() + j;
              if (distance > 0) {
                nearest[row] = Math.min(nearest[row], distance);
                nearest[other] = Math.min(nearest[other], distance);
              }
            }
          }
        });
    return Arrays.stream(nearest).map(d -> Double.isInfinite(d) ? 0 : d).toArray();
  }
}
