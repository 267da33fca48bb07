package org.inoculum.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Laplacian pyramid of one channel of an image (Burt &amp; Adelson 1983), as Karras et al. 2018
 * (arXiv 1710.10196, section 5) look at it: each level holds what its resolution adds, the last one
 * the blurred image itself. Filter: the 5 x 5 binomial (1, 4, 6, 4, 1)/16 in both directions,
 * mirrored at the borders without repeating the border itself.
 */
public final class LaplacianPyramid {
  private static final double[] BINOMIAL = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};

  private LaplacianPyramid() {}

  /**
   * The levels of {@code plane}, full resolution first, each half as high and wide as the one
   * before.
   *
   * @param plane (height, width), in any unit
   * @param smallest no level is smaller than this in height or width, at least 2
   * @throws IllegalArgumentException if {@code smallest} is below 2 or the plane smaller than it
   */
  public static List<double[][]> of(double[][] plane, int smallest) {
    if (smallest < 2 || Math.min(plane.length, plane[0].length) < smallest) {
      throw new IllegalArgumentException(
          "expected a plane of at least %d x %d and a smallest level of at least 2, found %d x %d"
              .formatted(smallest, smallest, plane.length, plane[0].length));
    }
    List<double[][]> levels = new ArrayList<>();
    double[][] current = plane;
    while (canHalve(current.length, smallest) && canHalve(current[0].length, smallest)) {
      double[][] half = halve(current);
      levels.add(difference(current, enlarge(half)));
      current = half;
    }
    levels.add(difference(current, new double[current.length][current[0].length])); // a copy
    return List.copyOf(levels);
  }

  private static boolean canHalve(int size, int smallest) {
    return size % 2 == 0 && size / 2 >= smallest;
  }

  /** Blurs and takes every second pixel. */
  static double[][] halve(double[][] plane) {
    double[][] blurred = blur(plane);
    double[][] half = new double[plane.length / 2][plane[0].length / 2];
    for (int y = 0; y < half.length; y++) {
      for (int x = 0; x < half[0].length; x++) {
        half[y][x] = blurred[2 * y][2 * x];
      }
    }
    return half;
  }

  /** Puts zeros between the pixels and blurs; times 4, because 3 of 4 pixels were zeros. */
  static double[][] enlarge(double[][] half) {
    double[][] spread = new double[half.length * 2][half[0].length * 2];
    for (int y = 0; y < half.length; y++) {
      for (int x = 0; x < half[0].length; x++) {
        spread[2 * y][2 * x] = 4 * half[y][x];
      }
    }
    return blur(spread);
  }

  private static double[][] blur(double[][] plane) {
    return blurRowsAndTranspose(blurRowsAndTranspose(plane));
  }

  private static double[][] blurRowsAndTranspose(double[][] plane) {
    int width = plane[0].length;
    double[][] result = new double[width][plane.length];
    for (int y = 0; y < plane.length; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int tap = 0; tap < BINOMIAL.length; tap++) {
          sum += BINOMIAL[tap] * plane[y][mirrored(x + tap - 2, width)];
        }
        result[x][y] = sum;
      }
    }
    return result;
  }

  /** … 2 1 | 0 1 2 … n-1 | n-2 n-3 …, for sizes of at least 2. */
  private static int mirrored(int index, int size) {
    int period = 2 * (size - 1);
    int wrapped = Math.floorMod(index, period);
    return Math.min(wrapped, period - wrapped);
  }

  private static double[][] difference(double[][] a, double[][] b) {
    double[][] result = new double[a.length][a[0].length];
    for (int y = 0; y < a.length; y++) {
      for (int x = 0; x < a[0].length; x++) {
        result[y][x] = a[y][x] - b[y][x];
      }
    }
    return result;
  }
}
