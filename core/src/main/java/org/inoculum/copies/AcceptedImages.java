package org.inoculum.copies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The latest images that were accepted, to find those that repeat one of them. */
final class AcceptedImages {
  /** So many are remembered, which takes about 100 MB; older ones are forgotten. */
  static final int REMEMBERED = 50_000;

  private final List<Known> accepted = new ArrayList<>();

  /** The first numbers of each side by side: most are told apart without looking further. */
  private float[] heads = new float[1024 * Invariants.HEAD];

  private int oldest;

  /** Whether one of them is nearer than {@code limit}, in any of the eight ways to lay it down. */
  boolean haveOneNear(Descriptor picture, double limit) {
    Candidate candidate = new Candidate(picture);
    Invariants invariants = candidate.invariants();
    double enough = Invariants.enough(limit);
    for (int i = 0; i < accepted.size(); i++) {
      if (!invariants.areFarther(heads, i * Invariants.HEAD, enough)
          && candidate.isNearerThan(limit, accepted.get(i))) {
        return true;
      }
    }
    return false;
  }

  void add(Descriptor picture) {
    Known known = Known.of(picture);
    int place = accepted.size();
    if (place < REMEMBERED) {
      accepted.add(known);
    } else {
      place = oldest;
      accepted.set(place, known);
      oldest = (oldest + 1) % REMEMBERED;
    }
    int head = place * Invariants.HEAD;
    if (head == heads.length) {
      heads = Arrays.copyOf(heads, 2 * heads.length);
    }
    known.invariants().putHead(heads, head);
  }
}
