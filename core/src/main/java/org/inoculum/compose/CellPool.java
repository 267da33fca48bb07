package org.inoculum.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.data.FileProgress;

/**
 * The cells that fields are composed of.
 *
 * @param cells in the order of their crops
 * @param rejected crops that gave none
 * @param hues what belongs to the cells of each class
 */
record CellPool(List<Cell> cells, List<RejectedCrop> rejected, Map<String, CellCutter.Hues> hues) {
  private static final int SHOWN = 3;

  /** Keeps copies. */
  CellPool {
    cells = List.copyOf(cells);
    rejected = List.copyOf(rejected);
    hues = Map.copyOf(hues);
  }

  /** Both ways to cut a crop, or why not. */
  private record Tried(Object one, Object several) {
    Object of(CellCutter.Hues hues) {
      return hues == CellCutter.Hues.ONE ? one : several;
    }
  }

  /** Cuts every crop, each class by what its middle crop shows of hues and size. */
  static CellPool cut(
      List<CellCrop> crops,
      Modality modality,
      ComposeRecipe recipe,
      int threads,
      FileProgress progress) {
    CellCutter one = new CellCutter(modality, CellCutter.Hues.ONE, recipe);
    CellCutter several = new CellCutter(modality, CellCutter.Hues.SEVERAL, recipe);
    List<Callable<Tried>> work = new ArrayList<>();
    for (CellCrop crop : crops) {
      work.add(() -> new Tried(tried(one, crop), tried(several, crop)));
    }
    List<Tried> tried =
        Parallel.all(work, threads, done -> progress.at("cutting cells", done, crops.size()));
    Map<String, List<Integer>> byClass = new TreeMap<>();
    for (int i = 0; i < crops.size(); i++) {
      byClass.computeIfAbsent(crops.get(i).className(), first -> new ArrayList<>()).add(i);
    }
    Map<String, CellCutter.Hues> hues = new LinkedHashMap<>();
    List<Cell> cells = new ArrayList<>();
    List<RejectedCrop> rejected = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> own : byClass.entrySet()) {
      CellCutter.Hues chosen = hues(own.getValue(), tried, crops, recipe);
      hues.put(own.getKey(), chosen);
      double median = medianArea(own.getValue(), tried, chosen);
      for (int i : own.getValue()) {
        CellCrop crop = crops.get(i);
        Object result = tried.get(i).of(chosen);
        String reason =
            result instanceof Cut cut ? outlier(cut, median, recipe.outlier()) : (String) result;
        if (reason.isEmpty()) {
          cells.add(Cell.of((Cut) result, crop));
        } else {
          rejected.add(new RejectedCrop(crop.source(), crop.className(), reason));
        }
      }
    }
    return new CellPool(cells, rejected, hues);
  }

  /** The same cells, each as the rectangle of its crop around it. */
  CellPool asRectangles(List<CellCrop> crops, Modality modality, ComposeRecipe recipe) {
    Map<String, CellCrop> bySource = new HashMap<>();
    crops.forEach(crop -> bySource.put(crop.source(), crop));
    List<Cell> rectangles = new ArrayList<>();
    for (Cell cell : cells) {
      CellCrop crop = bySource.get(cell.source());
      if (crop != null) {
        rectangles.add(PastedRectangle.of(cell, crop, modality, recipe));
      }
    }
    return new CellPool(rectangles, rejected, hues);
  }

  private static Object tried(CellCutter cutter, CellCrop crop) {
    try {
      return cutter.cut(crop.image());
    } catch (Rejected e) {
      return e.reason();
    }
  }

  /**
   * Whether the darkest part of the middle crop's cell is bulky: then whatever is not ground around
   * it belongs to it, as cytoplasm to its nucleus. Slender cells have one hue, which tells them
   * from debris.
   */
  private static CellCutter.Hues hues(
      List<Integer> own, List<Tried> tried, List<CellCrop> crops, ComposeRecipe recipe) {
    List<Double> depths = new ArrayList<>();
    for (int i : own) {
      if (tried.get(i).one instanceof Cut cut) {
        double unit = CellCutter.unit(crops.get(i).image().width(), crops.get(i).image().height());
        depths.add(depth(cut.mask()) / unit);
      }
    }
    boolean bulky = depths.isEmpty() || median(depths) > recipe.bulkyRadius();
    return bulky ? CellCutter.Hues.SEVERAL : CellCutter.Hues.ONE;
  }

  static double depth(PixelSet mask) {
    float deepest = 0;
    for (float one : mask.distances(true)) {
      deepest = Math.max(deepest, one);
    }
    return deepest;
  }

  private static double medianArea(List<Integer> own, List<Tried> tried, CellCutter.Hues hues) {
    List<Double> areas = new ArrayList<>();
    for (int i : own) {
      if (tried.get(i).of(hues) instanceof Cut cut) {
        areas.add((double) cut.mask().count());
      }
    }
    return median(areas);
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** A share of sorted values. */
  static double percentile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static String outlier(Cut cut, double median, double factor) {
    int area = cut.mask().count();
    return area > factor * median || area * factor < median
        ? "unlike the others: " + area + " pixels, where the middle one has " + (int) median
        : "";
  }

  /** Pixels of a field for each one of a crop of 128, in the middle of all cells. */
  double unit(double scale) {
    return scale * median(cells.stream().map(Cell::sideInField).toList()) / 128;
  }

  /** The names of the classes, sorted. */
  List<String> classes() {
    return cells.stream().map(Cell::className).distinct().sorted().toList();
  }

  List<Cell> of(String className) {
    return cells.stream().filter(cell -> cell.className().equals(className)).toList();
  }

  /** How many crops were rejected for what, the commonest first, without numbers. */
  Map<String, Integer> reasons() {
    Map<String, Integer> counts = new TreeMap<>();
    for (RejectedCrop one : rejected) {
      counts.merge(
          one.reason().replaceAll("[:,].*", "").replaceAll("\\d+ % of", "part of"),
          1,
          Integer::sum);
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue).reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** The commonest reasons in words. */
  String reasonsInWords() {
    return String.join(
        ", ",
        reasons().entrySet().stream()
            .limit(SHOWN)
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .toList());
  }

  /**
   * Refuses a pool that lacks a class.
   *
   * @param wanted names of classes that must have cells
   */
  void requireClasses(Iterable<String> wanted) {
    for (String name : wanted) {
      if (of(name).isEmpty()) {
        throw UserException.badData(
            "the class "
                + name
                + " has no cell: "
                + (rejected.stream().anyMatch(one -> one.className().equals(name))
                    ? "all its crops were rejected (" + reasonsInWords() + ")"
                    : "there is no crop of it; there are crops of "
                        + String.join(", ", classes())));
      }
    }
  }
}
