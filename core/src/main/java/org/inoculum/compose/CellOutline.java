package org.inoculum.compose;

import java.util.Arrays;

/**
 * The outline of the central cell in what stands out around it: without threads, with its holes,
 * and apart from neighbours that touch it. These are found where the distance from the outside has
 * a saddle between two maxima (watershed of the distance transform; Vincent and Soille, "Watersheds
 * in digital spaces", 1991).
 */
final class CellOutline {
  private CellOutline() {}

  /**
   * The result.
   *
   * @param mask the central cell
   * @param touching share of its outline that lies on a neighbour
   */
  record Outlined(PixelSet mask, double touching) {}

  static Outlined of(PixelSet central, ComposeRecipe recipe, double unit) {
    PixelSet whole = withSmallHoles(central, recipe.mostHole());
    float[] depth = whole.distances(true);
    float deepest = 0;
    for (float one : depth) {
      deepest = Math.max(deepest, one);
    }
    boolean bulky = deepest > recipe.bulkyRadius() * unit;
    PixelSet opened = whole.opened(bulky ? deepest * recipe.openShare() : 0.5);
    opened = opened.count() == 0 ? whole : opened;
    if (!bulky) {
      return new Outlined(mostCentral(opened, opened.parts()), 0);
    }
    int[] cells = cells(opened, recipe.neckShare());
    PixelSet cell = mostCentral(opened, cells);
    PixelSet smooth = cell.opened(deepest * recipe.openShare());
    cell = smooth.count() == 0 ? cell : mostCentral(smooth, smooth.parts());
    return new Outlined(cell, touching(cell, opened));
  }

  private static PixelSet withSmallHoles(PixelSet set, double mostShare) {
    PixelSet filled = set.filled();
    PixelSet holes = filled.copy();
    for (int i = 0; i < holes.in.length; i++) {
      holes.in[i] &= !set.in[i];
    }
    int[] parts = holes.parts();
    int[] sizes = new int[Arrays.stream(parts).max().orElse(0) + 1];
    for (int part : parts) {
      sizes[part]++;
    }
    PixelSet result = set.copy();
    for (int i = 0; i < parts.length; i++) {
      result.in[i] |= parts[i] > 0 && sizes[parts[i]] <= mostShare * parts.length;
    }
    return result;
  }

  /** The part whose pixels are nearest to the middle, weighed by 1 / (1 + distance²). */
  private static PixelSet mostCentral(PixelSet set, int[] parts) {
    double[] weight = new double[Arrays.stream(parts).max().orElse(0) + 1];
    double near = Math.min(set.width, set.height) / 8.0;
    for (int i = 0; i < parts.length; i++) {
      double dx = i % set.width - (set.width - 1) / 2.0;
      int row = i / set.width;
      double dy = row - (set.height - 1) / 2.0;
      weight[parts[i]] += 1 / (1 + (dx * dx + dy * dy) / (near * near));
    }
    int best = 1;
    for (int part = 2; part < weight.length; part++) {
      best = weight[part] > weight[best] ? part : best;
    }
    return set.part(parts, best);
  }

  /**
   * The cells of a set: pixels are taken from the deepest on, and where two cells meet they become
   * one unless the saddle is much shallower than both.
   */
  private static int[] cells(PixelSet set, double neckShare) {
    float[] depth = Blur.of(set.distances(true), set.width, set.height, 1);
    Integer[] order = new Integer[set.count()];
    int count = 0;
    for (int i = 0; i < set.in.length; i++) {
      if (set.in[i]) {
        order[count++] = i;
      }
    }
    Arrays.sort(
        order,
        (a, b) -> depth[a] != depth[b] ? Float.compare(depth[b], depth[a]) : Integer.compare(a, b));
    int[] cell = new int[set.in.length];
    int[] parent = new int[count + 1];
    float[] top = new float[count + 1];
    int cells = 0;
    for (int i : order) {
      int mine = 0;
      float deepest = -1;
      int nearest = 0;
      for (int side = 0; side < 8; side++) {
        int u = i % set.width + (side < 3 ? -1 : side < 5 ? 0 : 1);
        int v = i / set.width + (side < 3 ? side - 1 : side < 5 ? 2 * side - 7 : side - 6);
        if (u < 0 || v < 0 || u >= set.width || v >= set.height) {
          continue;
        }
        int other = root(parent, cell[v * set.width + u]);
        if (other == 0) {
          continue;
        }
        if (depth[v * set.width + u] > deepest) {
          deepest = depth[v * set.width + u];
          nearest = other;
        }
        if (mine == 0 || mine == other) {
          mine = other;
        } else {
          int low = top[mine] < top[other] ? mine : other;
          int high = low == mine ? other : mine;
          if (depth[i] >= neckShare * top[low]) {
            parent[low] = high;
          }
          mine = high;
        }
      }
      if (mine == 0) {
        nearest = ++cells;
        parent[nearest] = nearest;
        top[nearest] = depth[i];
      }
      cell[i] = nearest;
    }
    for (int i = 0; i < cell.length; i++) {
      cell[i] = root(parent, cell[i]);
    }
    return cell;
  }

  private static int root(int[] parent, int cell) {
    int at = cell;
    while (at != 0 && parent[at] != at) {
      at = parent[at];
    }
    return at;
  }

  /** Of the pixels next to the cell's border, the share that belongs to something else. */
  private static double touching(PixelSet cell, PixelSet set) {
    int border = 0;
    int others = 0;
    for (int y = 1; y < cell.height - 1; y++) {
      for (int x = 1; x < cell.width - 1; x++) {
        int i = y * cell.width + x;
        boolean next =
            !cell.in[i]
                && (cell.in[i - 1]
                    || cell.in[i + 1]
                    || cell.in[i - cell.width]
                    || cell.in[i + cell.width]);
        border += next ? 1 : 0;
        others += next && set.in[i] ? 1 : 0;
      }
    }
    return border == 0 ? 0 : (double) others / border;
  }
}
