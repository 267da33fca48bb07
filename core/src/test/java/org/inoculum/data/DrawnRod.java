package org.inoculum.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.inoculum.image.Image;

/**
 * The rod of an image as a test sees it: the largest connected patch near the middle that is at
 * least 45 % as magenta as the most magenta place there. Places and lengths in units of the frame,
 * densities as natural logarithms.
 */
record DrawnRod(
    double x,
    double y,
    double length,
    double width,
    double redDensity,
    double greenDensity,
    double blueDensity) {

  static DrawnRod find(Image image) {
    int size = image.width();
    double[][] density = new double[3][];
    for (int c = 0; c < 3; c++) {
      density[c] = density(image, c);
    }
    // Magenta against blue-green debris: what green absorbs beyond half of red.
    double[] magenta = new double[size * size];
    double strongest = 0;
    for (int i = 0; i < magenta.length; i++) {
      magenta[i] = density[1][i] - 0.5 * density[0][i];
      if (nearMiddle(i, size)) {
        strongest = Math.max(strongest, magenta[i]);
      }
    }
    int[] best = {};
    boolean[] seen = new boolean[size * size];
    for (int i = 0; i < magenta.length; i++) {
      if (!seen[i] && nearMiddle(i, size) && magenta[i] > 0.45 * strongest) {
        int[] patch = patch(i, magenta, 0.45 * strongest, seen, size);
        best = patch.length > best.length ? patch : best;
      }
    }
    return measured(best, density, size);
  }

  private static double across(int i, int size) {
    int column = i % size;
    return (column + 0.5) / size;
  }

  private static double down(int i, int size) {
    int row = i / size;
    return (row + 0.5) / size;
  }

  private static boolean nearMiddle(int i, int size) {
    double dx = across(i, size) - 0.5;
    double dy = down(i, size) - 0.5;
    return dx * dx + dy * dy < 0.25 * 0.25;
  }

  /** Optical density against the channel's median, averaged over 1/32 of the frame. */
  private static double[] density(Image image, int c) {
    int size = image.width();
    int[] samples = new int[size * size];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = image.sample(i % size, i / size, c);
    }
    int[] sorted = samples.clone();
    Arrays.sort(sorted);
    double ground = sorted[sorted.length / 2] + 1.0;
    int reach = size / 64;
    double[] density = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      int count = 0;
      for (int y = Math.max(0, i / size - reach); y <= Math.min(size - 1, i / size + reach); y++) {
        for (int x = Math.max(0, i % size - reach);
            x <= Math.min(size - 1, i % size + reach);
            x++) {
          sum += Math.log(ground / (samples[y * size + x] + 1.0));
          count++;
        }
      }
      density[i] = sum / count;
    }
    return density;
  }

  private static int[] patch(int start, double[] values, double above, boolean[] seen, int size) {
    ArrayDeque<Integer> open = new ArrayDeque<>();
    int[] found = new int[size * size];
    int count = 0;
    open.add(start);
    seen[start] = true;
    while (!open.isEmpty()) {
      int i = open.remove();
      found[count++] = i;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int x = i % size + dx;
          int y = i / size + dy;
          if (x >= 0 && y >= 0 && x < size && y < size) {
            int next = y * size + x;
            if (!seen[next] && values[next] > above) {
              seen[next] = true;
              open.add(next);
            }
          }
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static DrawnRod measured(int[] patch, double[][] density, int size) {
    double n = patch.length;
    double x = 0;
    double y = 0;
    double[] mean = new double[3];
    for (int i : patch) {
      x += across(i, size) / n;
      y += down(i, size) / n;
      for (int c = 0; c < 3; c++) {
        mean[c] += density[c][i] / n;
      }
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i : patch) {
      double dx = across(i, size) - x;
      double dy = down(i, size) - y;
      xx += dx * dx / n;
      yy += dy * dy / n;
      xy += dx * dy / n;
    }
    double middle = (xx + yy) / 2;
    double spread = Math.hypot((xx - yy) / 2, xy);
    // A bar of length L has the variance L^2 / 12 along it.
    return new DrawnRod(
        x,
        y,
        Math.sqrt(12 * (middle + spread)),
        Math.sqrt(12 * Math.max(0, middle - spread)),
        mean[0],
        mean[1],
        mean[2]);
  }
}
