package org.inoculum.copies;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds, of pictures that come one after the other, those that repeat one that was taken before.
 *
 * <p>Exact, and yet not a comparison with all: two pictures cannot be nearer than their {@link
 * Invariants}, which no turning changes, so only the pictures in the neighbourhood of a grid over
 * three of those are looked at. The time of a picture hardly grows with the number before it.
 */
public final class Repeats {
  /** So many are remembered, which takes about 100 MB; older ones are forgotten. */
  static final int REMEMBERED = 50_000;

  private final Map<Invariants.Cell, List<Known>> grid = new HashMap<>();
  private final ArrayDeque<Known> order = new ArrayDeque<>();

  /**
   * Takes a picture, unless under one of the eight symmetries it is nearer than {@code limit} to
   * one that was taken.
   *
   * @return whether it was taken
   */
  public boolean takes(Descriptor picture, double limit) {
    Query query = new Query(picture);
    if (isThere(query, limit)) {
      return false;
    }
    if (order.size() == REMEMBERED) {
      forget(order.removeFirst());
    }
    Known next = new Known(picture, query.invariants());
    order.addLast(next);
    grid.computeIfAbsent(next.invariants().cell(), cell -> new ArrayList<>()).add(next);
    return true;
  }

  private boolean isThere(Query query, double limit) {
    for (Invariants.Cell cell : query.invariants().cellsWithin(limit)) {
      for (Known before : grid.getOrDefault(cell, List.of())) {
        if (query.isNearerThan(limit, before)) {
          return true;
        }
      }
    }
    return false;
  }

  private void forget(Known oldest) {
    Invariants.Cell cell = oldest.invariants().cell();
    List<Known> there = grid.getOrDefault(cell, new ArrayList<>());
    there.remove(oldest);
    if (there.isEmpty()) {
      grid.remove(cell);
    }
  }
}
