package org.inoculum.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * The multi-scale statistical similarity of Karras et al. 2018 (arXiv 1710.10196, section 5),
 * computed anew from the paper: 128 random 7 x 7 patches from each level of each image's Laplacian
 * pyramid, and the sliced Wasserstein distance, times 1,000, between the two sets of patches of a
 * level. Needs no network. Compare with the distance of real to held-out real images: it is not 0.
 *
 * @param levels the distance at each level, finest first, over the repeats
 * @param average the mean over the levels, over the repeats
 * @param realCount real images
 * @param generatedCount generated images
 */
public record PyramidDistance(
    List<Spread> levels, Spread average, int realCount, int generatedCount) {
  /** Height and width of the coarsest level. */
  public static final int SMALLEST_LEVEL = 16;

  /** Height and width of a patch. */
  public static final int PATCH = 7;

  /** Im2col drawn from a level of an image. */
  public static final int PATCHES = 128;

  /** Keeps a copy of the levels. */
  public PyramidDistance {
    levels = List.copyOf(levels);
  }

  /**
   * The distance between two sets of images, all of one size and number of channels. Memory: about
   * 150 kB an image of three channels.
   *
   * @param real images as (channel, y, x)
   * @param generated as {@code real}
   * @param repeats how often to draw patches and directions
   * @throws IllegalArgumentException if a set is empty, or an image smaller than {@link
   *     #SMALLEST_LEVEL} or of another shape
   */
  public static PyramidDistance of(
      List<double[][][]> real, List<double[][][]> generated, int repeats, long seed) {
    requireOneShape(real, generated);
    List<List<List<double[][]>>> realPyramids =
        real.stream().map(PyramidDistance::pyramid).toList();
    List<List<List<double[][]>>> generatedPyramids =
        generated.stream().map(PyramidDistance::pyramid).toList();
    int channels = real.get(0).length;
    int levels = realPyramids.get(0).get(0).size();
    double[][] distances = new double[levels][repeats];
    double[] averages = new double[repeats];
    for (int repeat = 0; repeat < repeats; repeat++) {
      RandomStream random = RandomStream.of(seed, Purpose.CHECKING, repeat);
      for (int level = 0; level < levels; level++) {
        Features a = patches(realPyramids, level, random);
        Features b = patches(generatedPyramids, level, random);
        distances[level][repeat] = SlicedWasserstein.of(a, b, channels, random.nextLong());
        averages[repeat] += distances[level][repeat] / levels;
      }
    }
    List<Spread> spreads = new ArrayList<>();
    for (double[] level : distances) {
      spreads.add(Spread.of(level));
    }
    return new PyramidDistance(spreads, Spread.of(averages), real.size(), generated.size());
  }

  /** (channel) lists of levels. */
  private static List<List<double[][]>> pyramid(double[][][] image) {
    return IntStream.range(0, image.length)
        .mapToObj(c -> LaplacianPyramid.of(image[c], SMALLEST_LEVEL))
        .toList();
  }

  /** (images x {@link #PATCHES}, channels x {@link #PATCH} x {@link #PATCH}). */
  private static Features patches(
      List<List<List<double[][]>>> pyramids, int level, RandomStream random) {
    double[][] rows = new double[pyramids.size() * PATCHES][];
    for (int r = 0; r < rows.length; r++) {
      List<List<double[][]>> channels = pyramids.get(r / PATCHES);
      double[][] first = channels.get(0).get(level);
      int top = random.nextInt(first.length - PATCH + 1);
      int left = random.nextInt(first[0].length - PATCH + 1);
      double[] row = new double[channels.size() * PATCH * PATCH];
      for (int c = 0; c < channels.size(); c++) {
        for (int y = 0; y < PATCH; y++) {
          System.arraycopy(
              channels.get(c).get(level)[top + y], left, row, (c * PATCH + y) * PATCH, PATCH);
        }
      }
      rows[r] = row;
    }
    return Features.adopt(rows, "patches");
  }

  private static void requireOneShape(List<double[][][]> real, List<double[][][]> generated) {
    if (real.isEmpty() || generated.isEmpty()) {
      throw new IllegalArgumentException("expected images in both sets, found none in one");
    }
    double[][][] first = real.get(0);
    for (List<double[][][]> set : List.of(real, generated)) {
      for (double[][][] image : set) {
        if (image.length != first.length
            || image[0].length != first[0].length
            || image[0][0].length != first[0][0].length) {
          throw new IllegalArgumentException(
              "expected images of one size and number of channels, found "
                  + shape(first)
                  + " and "
                  + shape(image));
        }
      }
    }
  }

  private static String shape(double[][][] image) {
    return image[0][0].length + " x " + image[0].length + " x " + image.length;
  }
}
