package org.inoculum.copies;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds, of images that come one after the other, those that repeat one that was taken before.
 *
 * <p>Exact, and yet no image is compared with all: two images cannot be nearer than their {@link
 * Invariants}, which no turning changes, so only the images in the neighbourhood of a grid over
 * three of those are looked at, and of most of these twelve numbers only.
 */
public final class Repeats {
  /** So many are remembered, which takes about 100 MB; older ones are forgotten. */
  static final int REMEMBERED = 50_000;

  private final Map<Invariants.Cell, InCell> grid = new HashMap<>();
  private final ArrayDeque<KnownImage> order = new ArrayDeque<>();

  /** The images of a cell, the oldest first. */
  private static final class InCell {
    private final List<KnownImage> known = new ArrayList<>();

    /** The first numbers of each side by side: most are told apart without looking further. */
    private float[] heads = new float[4 * Invariants.HEAD];

    void add(KnownImage descriptor) {
      int head = known.size() * Invariants.HEAD;
      if (head == heads.length) {
        heads = Arrays.copyOf(heads, 2 * heads.length);
      }
      descriptor.invariants().putHead(heads, head);
      known.add(descriptor);
    }

    void removeOldest() {
      known.remove(0);
      System.arraycopy(heads, Invariants.HEAD, heads, 0, known.size() * Invariants.HEAD);
    }

    boolean haveOneNear(Query query, double limit) {
      double enough = Invariants.enough(limit);
      for (int i = 0; i < known.size(); i++) {
        if (!query.invariants().areFarther(heads, i * Invariants.HEAD, enough)
            && query.isNearerThan(limit, known.get(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Takes an image, unless under one of the eight symmetries it is nearer than {@code limit} to one
   * that was taken.
   *
   * @return whether it was taken
   */
  public boolean accepts(Descriptor descriptor, double limit) {
    Query query = new Query(descriptor);
    if (isThere(query, limit)) {
      return false;
    }
    if (order.size() == REMEMBERED) {
      forget(order.removeFirst().invariants().cell());
    }
    KnownImage next = new KnownImage(descriptor, query.invariants());
    order.addLast(next);
    grid.computeIfAbsent(next.invariants().cell(), cell -> new InCell()).add(next);
    return true;
  }

  private boolean isThere(Query query, double limit) {
    for (Invariants.Cell cell : query.invariants().cellsWithin(limit)) {
      InCell there = grid.get(cell);
      if (there != null && there.haveOneNear(query, limit)) {
        return true;
      }
    }
    return false;
  }

  private void forget(Invariants.Cell cell) {
    InCell there = Objects.requireNonNull(grid.get(cell));
    there.removeOldest();
    if (there.known.isEmpty()) {
      grid.remove(cell);
    }
  }
}
