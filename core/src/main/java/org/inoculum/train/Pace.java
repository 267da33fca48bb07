package org.inoculum.train;

import java.util.ArrayDeque;
import java.util.Deque;

/** The time that a training has run, and its speed. */
final class Pace {
  private static final double WINDOW_SECONDS = 20;

  /**
   * The progress at one moment.
   *
   * @param seconds of training
   * @param kimg thousands of real images shown
   */
  private record Moment(double seconds, double kimg) {}

  private final long started = System.nanoTime();
  private final double secondsBefore;
  private final Deque<Moment> lately = new ArrayDeque<>();

  /** The pace of a training that has run for so many seconds in earlier processes. */
  Pace(double secondsBefore) {
    this.secondsBefore = secondsBefore;
  }

  /** Seconds of training. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - started) / 1e9;
  }

  /** Real images a second over the last seconds, now that so many were shown. */
  double imagesPerSecond(double seconds, double kimg) {
    while (!lately.isEmpty() && lately.getLast().kimg >= kimg) {
      lately.removeLast(); // from before the training went back to a checkpoint
    }
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
