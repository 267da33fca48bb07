package org.inoculum.compose;

import java.util.Arrays;
import java.util.BitSet;
import org.inoculum.annotation.Mask;

/** Some of the pixels of an image, row by row, and the mathematical morphology of them. */
final class PixelSet {
  final int width;
  final int height;
  final boolean[] in;

  PixelSet(int width, int height, boolean[] in) {
    if (in.length != width * height) {
      throw new IllegalArgumentException(width + " x " + height + " is not " + in.length);
    }
    this.width = width;
    this.height = height;
    this.in = in;
  }

  static PixelSet empty(int width, int height) {
    return new PixelSet(width, height, new boolean[width * height]);
  }

  /** The pixels whose value is above a threshold. */
  static PixelSet above(float[] values, int width, int height, double threshold) {
    boolean[] in = new boolean[values.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = values[i] > threshold;
    }
    return new PixelSet(width, height, in);
  }

  /** The same in an image, with its first pixel at (left, top). */
  Mask at(int left, int top) {
    BitSet inside = new BitSet(in.length);
    for (int i = 0; i < in.length; i++) {
      inside.set(i, in[i]);
    }
    return new Mask(left, top, width, height, inside);
  }

  int count() {
    int count = 0;
    for (boolean one : in) {
      count += one ? 1 : 0;
    }
    return count;
  }

  PixelSet copy() {
    return new PixelSet(width, height, in.clone());
  }

  /** First column, first row, last column and last row; a last column of -1 where it is empty. */
  int[] bounds() {
    int[] bounds = {width, height, -1, -1};
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (in[y * width + x]) {
          bounds[0] = Math.min(bounds[0], x);
          bounds[1] = Math.min(bounds[1], y);
          bounds[2] = Math.max(bounds[2], x);
          bounds[3] = Math.max(bounds[3], y);
        }
      }
    }
    return bounds;
  }

  /**
   * Connected parts (8 neighbours).
   *
   * @return for each pixel the number of its part from 1, or 0
   */
  int[] parts() {
    int[] part = new int[in.length];
    int[] stack = new int[in.length];
    int parts = 0;
    for (int start = 0; start < in.length; start++) {
      if (!in[start] || part[start] != 0) {
        continue;
      }
      part[start] = ++parts;
      int top = 0;
      stack[top++] = start;
      while (top > 0) {
        int at = stack[--top];
        int x = at % width;
        int y = at / width;
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
          for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
            int next = v * width + u;
            if (in[next] && part[next] == 0) {
              part[next] = parts;
              stack[top++] = next;
            }
          }
        }
      }
    }
    return part;
  }

  /** The part of these with a number. */
  PixelSet part(int[] parts, int number) {
    boolean[] only = new boolean[in.length];
    for (int i = 0; i < only.length; i++) {
      only[i] = parts[i] == number;
    }
    return new PixelSet(width, height, only);
  }

  /** With its holes: what the border cannot be reached from by four neighbours. */
  PixelSet filled() {
    boolean[] outside = new boolean[in.length];
    int[] stack = new int[in.length];
    int top = 0;
    for (int i = 0; i < in.length; i++) {
      int x = i % width;
      int y = i / width;
      if (!in[i] && (x == 0 || y == 0 || x == width - 1 || y == height - 1)) {
        outside[i] = true;
        stack[top++] = i;
      }
    }
    while (top > 0) {
      int at = stack[--top];
      int x = at % width;
      int y = at / width;
      for (int side = 0; side < 4; side++) {
        int u = x + (side == 0 ? -1 : side == 1 ? 1 : 0);
        int v = y + (side == 2 ? -1 : side == 3 ? 1 : 0);
        int next = v * width + u;
        if (u >= 0 && v >= 0 && u < width && v < height && !in[next] && !outside[next]) {
          outside[next] = true;
          stack[top++] = next;
        }
      }
    }
    boolean[] filled = new boolean[in.length];
    for (int i = 0; i < in.length; i++) {
      filled[i] = !outside[i];
    }
    return new PixelSet(width, height, filled);
  }

  /** Everything at most so far away (Euclidean, in pixels). */
  PixelSet dilated(double radius) {
    float[] away = distances(false);
    boolean[] wide = new boolean[in.length];
    for (int i = 0; i < in.length; i++) {
      wide[i] = away[i] <= radius;
    }
    return new PixelSet(width, height, wide);
  }

  /** What is farther than this inside; beyond the image's border all is as it is on it. */
  PixelSet eroded(double radius) {
    float[] depth = distances(true);
    boolean[] narrow = new boolean[in.length];
    for (int i = 0; i < in.length; i++) {
      narrow[i] = in[i] && depth[i] > radius;
    }
    return new PixelSet(width, height, narrow);
  }

  /** Without what is narrower than twice the radius. */
  PixelSet opened(double radius) {
    return eroded(radius).dilated(radius);
  }

  /**
   * Of each pixel the Euclidean distance to the nearest one that is in ({@code inside} false), or
   * to the nearest one that is not (true). Exact (Felzenszwalb and Huttenlocher, "Distance
   * transforms of sampled functions", 2012).
   */
  float[] distances(boolean inside) {
    double far = 4.0 * ((double) width * width + (double) height * height);
    double[] squared = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      squared[i] = in[i] == inside ? far : 0;
    }
    int longest = Math.max(width, height);
    double[] line = new double[longest];
    double[] result = new double[longest];
    int[] place = new int[longest];
    double[] border = new double[longest + 1];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        line[y] = squared[y * width + x];
      }
      envelope(line, height, result, place, border);
      for (int y = 0; y < height; y++) {
        squared[y * width + x] = result[y];
      }
    }
    float[] distances = new float[in.length];
    for (int y = 0; y < height; y++) {
      System.arraycopy(squared, y * width, line, 0, width);
      envelope(line, width, result, place, border);
      for (int x = 0; x < width; x++) {
        distances[y * width + x] = (float) Math.sqrt(result[x]);
      }
    }
    return distances;
  }

  /** The lower envelope of the parabolas that stand on the values of a line. */
  private static void envelope(
      double[] line, int length, double[] result, int[] place, double[] border) {
    int last = 0;
    place[0] = 0;
    border[0] = Double.NEGATIVE_INFINITY;
    border[1] = Double.POSITIVE_INFINITY;
    for (int q = 1; q < length; q++) {
      double crossing = crossing(line, q, place[last]);
      while (crossing <= border[last]) {
        last--;
        crossing = crossing(line, q, place[last]);
      }
      last++;
      place[last] = q;
      border[last] = crossing;
      border[last + 1] = Double.POSITIVE_INFINITY;
    }
    int at = 0;
    for (int q = 0; q < length; q++) {
      while (border[at + 1] < q) {
        at++;
      }
      double away = q - place[at];
      result[q] = away * away + line[place[at]];
    }
  }

  private static double crossing(double[] line, int q, int p) {
    return (line[q] + (double) q * q - line[p] - (double) p * p) / (2.0 * q - 2.0 * p);
  }

  /** Intersection over union with pixels of the same image; 1 where both are empty. */
  double overlap(PixelSet other) {
    int both = 0;
    int either = 0;
    for (int i = 0; i < in.length; i++) {
      both += in[i] && other.in[i] ? 1 : 0;
      either += in[i] || other.in[i] ? 1 : 0;
    }
    return either == 0 ? 1 : (double) both / either;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PixelSet set && width == set.width && Arrays.equals(in, set.in);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(in);
  }
}
