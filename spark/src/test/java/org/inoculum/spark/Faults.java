package org.inoculum.spark;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Failures of tasks that run in this Java. */
final class Faults {
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger FAILED = new AtomicInteger();

  private Faults() {}

  static void forget() {
    SEEN.clear();
    FAILED.set(0);
  }

  static int failed() {
    return FAILED.get();
  }

  /** Fails the first time that a place is reached with a number, at two of three numbers. */
  static FaultPoint once() {
    return (place, number) -> {
      if (number % 3 != 0 && SEEN.add(place + " " + number)) {
        FAILED.incrementAndGet();
        throw new IOException("injected at " + place + " of " + number);
      }
    };
  }

  /** Fails always at one place. */
  static FaultPoint always(FaultPoint.Place where, int which) {
    return (place, number) -> {
      if (place == where && number == which) {
        throw new IOException("injected at " + place + " of " + number);
      }
    };
  }
}
