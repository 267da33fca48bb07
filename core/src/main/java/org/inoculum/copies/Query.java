package org.inoculum.copies;

import java.util.Arrays;
import org.inoculum.image.Symmetry;
import org.jspecify.annotations.Nullable;

/** An image that is compared with many known ones, each under the eight symmetries. */
final class Query {
  private static final Symmetry[] SYMMETRIES = Symmetry.values();

  private final Descriptor descriptor;
  private final Invariants invariants;

  /** Laid down in the inverse of each way, once that is needed. */
  private Descriptor @Nullable [] ways;

  Query(Descriptor descriptor) {
    this.descriptor = descriptor;
    this.invariants = Invariants.of(descriptor);
  }

  Invariants invariants() {
    return invariants;
  }

  /**
   * The distance to a known image.
   *
   * @param distance the least of the eight
   * @param symmetry how the known image then lies
   */
  record Nearness(double distance, Symmetry symmetry) {}

  /** How near a known image comes, if that is nearer than {@code limit}; else null. */
  @Nullable Nearness nearerThan(double limit, KnownImage known) {
    if (invariants.areFarther(known.invariants(), limit)) {
      return null;
    }
    if (ways == null) {
      ways =
          Arrays.stream(SYMMETRIES)
              .map(symmetry -> descriptor.under(symmetry.inverse()))
              .toArray(Descriptor[]::new);
    }
    double least = limit;
    Symmetry best = null;
    for (int i = 0; i < SYMMETRIES.length; i++) {
      double distance = ways[i].distance(known.descriptor(), least);
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
