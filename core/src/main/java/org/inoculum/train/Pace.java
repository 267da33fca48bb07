package org.inoculum.train;

import java.util.ArrayDeque;
import java.util.Deque;

/** How long a training has run and how fast it goes. */
final class Pace {
  private static final double WINDOW_SECONDS = 20;

  /**
   * How far it was at one moment.
   *
   * @param seconds of training
   * @param kimg thousands of real images shown
   */
  private record Moment(double seconds, double kimg) {}

  private final long started = System.nanoTime();
  private final Deque<Moment> lately = new ArrayDeque<>();

  /** Seconds since the training began. */
  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** Real images a second over the last seconds, now that so many were shown. */
  double imagesPerSecond(double seconds, double kimg) {
    lately.addLast(new Moment(seconds, kimg));
    while (lately.size() > 2 && seconds - lately.getFirst().seconds > WINDOW_SECONDS) {
      lately.removeFirst();
    }
    Moment first = lately.getFirst();
    return lately.size() > 1
        ? 1000 * (kimg - first.kimg) / (seconds - first.seconds)
        : 1000 * kimg / seconds;
  }
}
