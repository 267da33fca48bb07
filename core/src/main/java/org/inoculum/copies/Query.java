package org.inoculum.copies;

import java.util.Arrays;
import org.inoculum.image.Symmetry;
import org.jspecify.annotations.Nullable;

/** A picture that is compared with many known ones, each under the eight symmetries. */
final class Query {
  private static final Symmetry[] SYMMETRIES = Symmetry.values();

  private final Descriptor picture;
  private final Invariants invariants;

  /** Laid down in the inverse of each way, once that is needed. */
  private Descriptor @Nullable [] ways;

  Query(Descriptor picture) {
    this.picture = picture;
    this.invariants = Invariants.of(picture);
  }

  Invariants invariants() {
    return invariants;
  }

  /**
   * How near a known picture comes.
   *
   * @param distance the least of the eight
   * @param symmetry how the known picture then lies
   */
  record Nearness(double distance, Symmetry symmetry) {}

  /** How near a known picture comes, if that is nearer than {@code limit}; else null. */
  @Nullable Nearness nearerThan(double limit, KnownImage known) {
    if (invariants.areFarther(known.invariants(), limit)) {
      return null;
    }
    if (ways == null) {
      ways =
          Arrays.stream(SYMMETRIES)
              .map(symmetry -> picture.under(symmetry.inverse()))
              .toArray(Descriptor[]::new);
    }
    double least = limit;
    Symmetry best = null;
    for (int i = 0; i < SYMMETRIES.length; i++) {
      double distance = ways[i].distance(known.picture(), least);
      if (distance < least) {
        least = distance;
        best = SYMMETRIES[i];
      }
    }
    return best == null ? null : new Nearness(least, best);
  }

  boolean isNearerThan(double limit, KnownImage known) {
    return nearerThan(limit, known) != null;
  }
}
