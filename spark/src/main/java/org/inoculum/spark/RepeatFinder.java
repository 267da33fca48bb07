package org.inoculum.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.inoculum.copies.Descriptor;
import org.inoculum.copies.Invariants;

/**
 * Finds the images of a set that show, turned or mirrored perhaps, what an earlier one of the same
 * set shows. Every pair that is near enough shares a cell of the grid over {@link Invariants}, so
 * that only images of one cell are compared, and none is overlooked.
 */
final class RepeatFinder {
  private RepeatFinder() {}

  /**
   * An image that repeats an earlier one.
   *
   * @param place its number in the set
   * @param file relative to the set's folder
   * @param of the earliest image that it repeats, and that is in the same cell
   */
  record Pair(int place, String file, String of) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** An image with what is computed from it once. */
  private record IndexedImage(ImageSummary look, Descriptor descriptor, Invariants invariants) {
    static IndexedImage of(ImageSummary look) {
      Descriptor descriptor = look.descriptor();
      return new IndexedImage(look, descriptor, Invariants.of(descriptor));
    }
  }

  /** The repeats, in the order of the set. */
  static List<Pair> of(JavaRDD<ImageSummary> looks) {
    List<Pair> pairs =
        looks
            .flatMap(look -> look.cells().iterator())
            .groupBy(ImageSummary.InCell::cell)
            .values()
            .flatMap(cell -> inCell(cell).iterator())
            .collect();
    TreeMap<Integer, Pair> first = new TreeMap<>();
    pairs.forEach(pair -> first.putIfAbsent(pair.place(), pair));
    return List.copyOf(first.values());
  }

  private static List<Pair> inCell(Iterable<ImageSummary.InCell> cell) {
    List<IndexedImage> there = new ArrayList<>();
    List<IndexedImage> asking = new ArrayList<>();
    for (ImageSummary.InCell one : cell) {
      IndexedImage known = IndexedImage.of(one.look());
      asking.add(known);
      if (one.at()) {
        there.add(known);
      }
    }
    there.sort(Comparator.comparingInt(known -> known.look.place()));
    List<Pair> pairs = new ArrayList<>();
    for (IndexedImage next : asking) {
      for (IndexedImage before : there) {
        if (before.look.place() >= next.look.place()) {
          break;
        }
        double limit = next.look.limit();
        if (!next.invariants.areFarther(before.invariants, limit)
            && next.descriptor.repeats(before.descriptor, limit)) {
          pairs.add(new Pair(next.look.place(), next.look.file(), before.look.file()));
          break;
        }
      }
    }
    return pairs;
  }
}
