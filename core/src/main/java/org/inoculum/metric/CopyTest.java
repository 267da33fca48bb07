package org.inoculum.metric;

import java.util.stream.IntStream;
import org.inoculum.UserException;

/**
 * The data-copying test C_T (Meehan, Chaudhuri &amp; Dasgupta 2020, arXiv 2004.05675). L(x) is the
 * distance of an image to its nearest training image; U counts the pairs of a generated image q and
 * a held-out real image p with L(q) &gt; L(p), ties half; Z_U = (U - (nm/2 - ½)) / sqrt(nm(n + m +
 * 1)/12). Far below 0: generated images lie nearer to the training images than real ones do.
 *
 * <p>C_T does the same within cells around the training images and averages the cells' Z_U,
 * weighted with their held-out images. Cells with fewer than {@link #LEAST_GENERATED} generated
 * images, or with no held-out image, are left out, as in the paper's threshold on a cell's share.
 *
 * @param cT the mean over cells; equal to {@code zU} with one cell
 * @param zU of all images
 * @param cells cells that were used
 * @param trainCount training images
 * @param heldOutCount held-out real images
 * @param generatedCount generated images
 */
public record CopyTest(
    double cT, double zU, int cells, int trainCount, int heldOutCount, int generatedCount) {
  /** Below this C_T or Z_U copying is flagged. */
  public static final double COPYING = -3;

  /** Fewest generated images of a cell. */
  public static final int LEAST_GENERATED = 20;

  /** Below this many images in a set one cell is the better choice. */
  public static final int FEW_IMAGES = 200;

  /**
   * The test with one cell.
   *
   * @throws UserException (bad data) if dimensions differ
   */
  public static CopyTest of(Features train, Features heldOut, Features generated) {
    Features.requireSameDimension(train, heldOut);
    Features.requireSameDimension(train, generated);
    return of(train.count(), Nearest.of(heldOut, train), Nearest.of(generated, train));
  }

  /** With one cell, from the nearest training images. */
  static CopyTest of(int trainCount, Nearest heldOut, Nearest generated) {
    double[] p = heldOut.distances();
    double[] q = generated.distances();
    double zU = RankTest.z(p, q);
    return new CopyTest(zU, zU, 1, trainCount, p.length, q.length);
  }

  /**
   * The test with {@code cells} cells, found by k-means on the training images.
   *
   * @throws UserException (bad data) if dimensions differ, there are fewer training images than
   *     cells, or no cell holds enough images
   */
  public static CopyTest inCells(
      Features train, Features heldOut, Features generated, int cells, long seed) {
    Features.requireSameDimension(train, heldOut);
    Features.requireSameDimension(train, generated);
    Features centres = KMeans.centres(train, cells, seed);
    int[][] trainCells = split(train, centres);
    int[][] heldOutCells = split(heldOut, centres);
    int[][] generatedCells = split(generated, centres);
    double weighted = 0;
    double weights = 0;
    int used = 0;
    for (int cell = 0; cell < cells; cell++) {
      int[] t = trainCells[cell];
      int[] p = heldOutCells[cell];
      int[] q = generatedCells[cell];
      if (q.length >= LEAST_GENERATED && p.length > 0 && t.length > 0) {
        weighted += p.length * zU(train.select(t), heldOut.select(p), generated.select(q));
        weights += p.length;
        used++;
      }
    }
    if (used == 0) {
      throw UserException.badData(
          "C_T: expected a cell with %d generated images and a held-out one, found none among %d: take fewer cells or more images"
              .formatted(LEAST_GENERATED, cells));
    }
    return new CopyTest(
        weighted / weights,
        zU(train, heldOut, generated),
        used,
        train.count(),
        heldOut.count(),
        generated.count());
  }

  /** True where the test sees copying. */
  public boolean copying() {
    return Math.min(cT, zU) < COPYING;
  }

  /** The indices of the images of each cell. */
  private static int[][] split(Features features, Features centres) {
    int[] cellOf = KMeans.cellOf(features, centres);
    return IntStream.range(0, centres.count())
        .mapToObj(
            cell -> IntStream.range(0, cellOf.length).filter(i -> cellOf[i] == cell).toArray())
        .toArray(int[][]::new);
  }

  private static double zU(Features train, Features heldOut, Features generated) {
    Features.requireSameDimension(train, heldOut);
    Features.requireSameDimension(train, generated);
    return RankTest.z(
        Nearest.of(heldOut, train).distances(), Nearest.of(generated, train).distances());
  }
}
