package org.inoculum.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what looks like a cell in ground that should have none, by the hue, strength, area and
 * thickness of the cells that were cut: a cell that nobody annotated would teach a detector that
 * cells are ground.
 */
final class SuspectFinder {
  private static final int LEAST_BLOCKS = 3;

  private final CellPool pool;
  private final Modality modality;
  private final ComposeRecipe recipe;
  private final double scale;

  /**
   * For fields of one magnification.
   *
   * @param scale pixels of a field for each one of a crop
   */
  SuspectFinder(CellPool pool, Modality modality, ComposeRecipe recipe, double scale) {
    this.pool = pool;
    this.modality = modality;
    this.recipe = recipe;
    this.scale = scale;
  }

  /** Boxes around everything that may be a cell, with the given margin. */
  List<PixelBox> find(ChannelPlanes levels, float[] tint, int margin) {
    List<PixelBox> found = new ArrayList<>();
    for (String className : pool.classes()) {
      found.addAll(find(levels, nearest(pool.of(className), tint), pool.hues().get(className)));
    }
    return PixelBox.merged(
        found.stream().map(box -> box.wider(margin, levels.width, levels.height)).toList());
  }

  private List<Cell> nearest(List<Cell> cells, float[] tint) {
    int count =
        Math.min(
            cells.size(),
            Math.max(recipe.nearestLeast(), (int) (recipe.nearestShare() * cells.size())));
    return cells.stream()
        .sorted(Comparator.comparingDouble(cell -> Distances.between(cell.cut().ground(), tint)))
        .limit(count)
        .toList();
  }

  private List<PixelBox> find(
      ChannelPlanes levels, List<Cell> cells, CellCutter.@Nullable Hues hues) {
    double[] hue = new double[levels.channels()];
    double[] peaks = new double[cells.size()];
    double[] areas = new double[cells.size()];
    double[] depths = new double[cells.size()];
    double unit = pool.unit(scale);
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      double own = scale * cell.scale();
      peaks[i] = cell.cut().peak();
      areas[i] = cell.area() * own * own;
      depths[i] = CellPool.depth(cell.cut().mask()) * own;
      for (int c = 0; c < hue.length; c++) {
        hue[c] += cell.cut().hue()[c] / cells.size();
      }
    }
    double length = Math.sqrt(Arrays.stream(hue).map(one -> one * one).sum());
    for (int c = 0; c < hue.length; c++) {
      hue[c] /= length;
    }
    double peak = CellPool.percentile(peaks, 0.2);
    boolean several = hues == CellCutter.Hues.SEVERAL || modality.isSigned();
    float[] score = score(levels, hue, several, unit);
    PixelSet weak =
        PixelSet.above(
            score, levels.width, levels.height, Math.max(0.03, recipe.suspectPeak() * 0.5 * peak));
    Sizes sizes =
        new Sizes(
            CellPool.percentile(areas, 0.05) / (recipe.suspectSize() * 1.3),
            CellPool.percentile(areas, 0.95) * recipe.suspectSize() * 2,
            CellPool.percentile(depths, 0.05) / recipe.suspectSize(),
            CellPool.percentile(depths, 0.95) * recipe.suspectSize());
    return parts(weak, score, recipe.suspectPeak() * peak, sizes);
  }

  private record Sizes(double leastArea, double mostArea, double leastDepth, double mostDepth) {}

  private static List<PixelBox> parts(PixelSet weak, float[] score, double peak, Sizes sizes) {
    int[] parts = weak.parts();
    int count = Arrays.stream(parts).max().orElse(0);
    float[] depths = weak.distances(true);
    int[] area = new int[count + 1];
    float[] strongest = new float[count + 1];
    float[] depth = new float[count + 1];
    int[][] bounds = new int[count + 1][];
    for (int i = 0; i < parts.length; i++) {
      int part = parts[i];
      if (part > 0) {
        int x = i % weak.width;
        int y = i / weak.width;
        area[part]++;
        strongest[part] = Math.max(strongest[part], score[i]);
        depth[part] = Math.max(depth[part], depths[i]);
        if (bounds[part] == null) {
          bounds[part] = new int[] {x, y, x, y};
        }
        bounds[part][0] = Math.min(bounds[part][0], x);
        bounds[part][2] = Math.max(bounds[part][2], x);
        bounds[part][3] = y;
      }
    }
    List<PixelBox> found = new ArrayList<>();
    for (int part = 1; part <= count; part++) {
      if (strongest[part] > peak
          && area[part] >= sizes.leastArea
          && area[part] <= sizes.mostArea
          && depth[part] >= sizes.leastDepth
          && depth[part] <= sizes.mostDepth) {
        int[] b = bounds[part];
        found.add(new PixelBox(b[0], b[1], b[2] - b[0] + 1, b[3] - b[1] + 1));
      }
    }
    return found;
  }

  private float[] score(ChannelPlanes levels, double[] hue, boolean several, double unit) {
    float[][] amounts = new float[levels.channels()][];
    for (int c = 0; c < amounts.length; c++) {
      float[] ground = local(levels.channel[c], levels.width, levels.height, unit);
      float[] amount = new float[ground.length];
      for (int i = 0; i < amount.length; i++) {
        amount[i] = modality.amount(ground[i], levels.channel[c][i]);
      }
      amounts[c] = Blur.of(amount, levels.width, levels.height, 1.2 * unit);
    }
    float[] score = new float[levels.width * levels.height];
    for (int i = 0; i < score.length; i++) {
      double along = 0;
      double square = 0;
      double above = 0;
      for (int c = 0; c < hue.length; c++) {
        double amount = amounts[c][i];
        along += hue[c] * amount;
        square += amount * amount;
        above += modality.isSigned() || amount > 0 ? amount * amount : 0;
      }
      double beside = Math.sqrt(Math.max(0, square - along * along));
      score[i] = (float) (several ? Math.sqrt(above) : along - recipe.hueWeight() * beside);
    }
    return score;
  }

  /** The ground under everything: medians of blocks, with a straight line between their centres. */
  private static float[] local(float[] values, int width, int height, double unit) {
    int block = (int) Math.max(16, Math.round(64 * unit));
    int across = Math.max(LEAST_BLOCKS, width / block);
    int down = Math.max(LEAST_BLOCKS, height / block);
    float[] medians = new float[across * down];
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++) {
        medians[row * across + column] =
            median(
                values,
                width,
                column * width / across,
                row * height / down,
                (column + 1) * width / across,
                (row + 1) * height / down);
      }
    }
    float[] local = new float[values.length];
    for (int y = 0; y < height; y++) {
      double v = Math.max(0, Math.min(down - 1, (y + 0.5) * down / height - 0.5));
      int row = Math.min(down - 2, (int) v);
      for (int x = 0; x < width; x++) {
        double u = Math.max(0, Math.min(across - 1, (x + 0.5) * across / width - 0.5));
        int column = Math.min(across - 2, (int) u);
        double a = u - column;
        double b = v - row;
        int at = row * across + column;
        local[y * width + x] =
            (float)
                ((1 - b) * ((1 - a) * medians[at] + a * medians[at + 1])
                    + b * ((1 - a) * medians[at + across] + a * medians[at + across + 1]));
      }
    }
    return local;
  }

  private static float median(float[] values, int width, int left, int top, int right, int bottom) {
    int step = Math.max(1, (int) Math.sqrt((double) (right - left) * (bottom - top) / 1024));
    float[] some = new float[((right - left) / step + 1) * ((bottom - top) / step + 1)];
    int count = 0;
    for (int y = top; y < bottom; y += step) {
      for (int x = left; x < right; x += step) {
        some[count++] = values[y * width + x];
      }
    }
    Arrays.sort(some, 0, count);
    return some[count / 2];
  }
}
