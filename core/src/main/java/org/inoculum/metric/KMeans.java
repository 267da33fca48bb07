package org.inoculum.metric;

import java.util.Arrays;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/** Cells around centres: Lloyd's algorithm (1982), started from different images of the set. */
final class KMeans {
  private static final int MOST_ROUNDS = 50;

  private KMeans() {}

  /**
   * {@code cells} centres. A cell that loses all its images keeps its centre.
   *
   * @throws UserException (bad data) unless 1 &lt;= cells &lt;= count
   */
  static Features centres(Features features, int cells, long seed) {
    if (cells < 1 || cells > features.count()) {
      throw UserException.badData(
          "expected 1 to %d cells, because there are %d training images, found %d"
              .formatted(features.count(), features.count(), cells));
    }
    Features centres = features.draw(cells, RandomStream.of(seed, Purpose.CHECKING, 0));
    int[] before = new int[0];
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int[] cellOf = cellOf(features, centres);
      if (Arrays.equals(cellOf, before)) {
        break;
      }
      centres = means(features, cellOf, centres);
      before = cellOf;
    }
    return centres;
  }

  /** The index of the nearest centre, for each image. */
  static int[] cellOf(Features features, Features centres) {
    Nearest nearest = Nearest.of(features, centres);
    int[] cells = new int[features.count()];
    Arrays.setAll(cells, nearest::reference);
    return cells;
  }

  private static Features means(Features features, int[] cellOf, Features old) {
    double[][] sums = new double[old.count()][old.dimension()];
    int[] counts = new int[old.count()];
    for (int i = 0; i < cellOf.length; i++) {
      counts[cellOf[i]]++;
      double[] sum = sums[cellOf[i]];
      double[] row = features.rows()[i];
      Arrays.setAll(sum, j -> sum[j] + row[j]);
    }
    for (int cell = 0; cell < sums.length; cell++) {
      double[] sum = sums[cell];
      int count = counts[cell];
      double[] centre = old.rows()[cell];
      Arrays.setAll(sum, j -> count == 0 ? centre[j] : sum[j] / count);
    }
    return Features.adopt(sums, "centres");
  }
}
