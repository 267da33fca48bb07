package org.inoculum.copies;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.image.Symmetry;

/**
 * Finds, of pictures that come one after the other, those that repeat one that was taken before.
 *
 * <p>Exact, and yet not a comparison with all: two pictures cannot be nearer than their {@link
 * Invariants}, which no turning changes, so only the pictures in the neighbourhood of a grid over
 * three of those are looked at. The time of a picture hardly grows with the number before it.
 */
public final class Repeats {
  /** So many pictures are remembered; older ones are forgotten. */
  static final int REMEMBERED = 50_000;

  /** A picture that was taken. */
  private record Taken(Descriptor picture, Invariants invariants) {}

  private final Map<Invariants.Cell, List<Taken>> grid = new HashMap<>();
  private final ArrayDeque<Taken> order = new ArrayDeque<>();

  /**
   * Takes a picture, unless under one of the eight symmetries it is nearer than {@code limit} to
   * one that was taken.
   *
   * @return whether it was taken
   */
  public boolean takes(Descriptor picture, double limit) {
    Taken next = new Taken(picture, Invariants.of(picture));
    if (repeats(next, limit)) {
      return false;
    }
    if (order.size() == REMEMBERED) {
      Taken oldest = order.removeFirst();
      Invariants.Cell cell = oldest.invariants.cell();
      List<Taken> there = grid.getOrDefault(cell, new ArrayList<>());
      there.remove(oldest);
      if (there.isEmpty()) {
        grid.remove(cell);
      }
    }
    order.addLast(next);
    grid.computeIfAbsent(next.invariants.cell(), cell -> new ArrayList<>()).add(next);
    return true;
  }

  private boolean repeats(Taken next, double limit) {
    List<Descriptor> laid = new ArrayList<>();
    for (Invariants.Cell cell : next.invariants.cellsWithin(limit)) {
      for (Taken before : grid.getOrDefault(cell, List.of())) {
        if (next.invariants.mayBeWithin(limit, before.invariants)) {
          if (laid.isEmpty()) {
            for (Symmetry symmetry : Symmetry.values()) {
              laid.add(next.picture.under(symmetry));
            }
          }
          for (Descriptor way : laid) {
            if (way.distance(before.picture, limit) < limit) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
