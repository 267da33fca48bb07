package org.inoculum.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The time that some work takes.
 *
 * @param repetitions that were counted, at least 1
 * @param seconds of one: the median
 */
public record Timing(int repetitions, double seconds) {
  private static final double NANOS = 1e9;

  /**
   * Repeats the work for a while. The first time, in which libraries prepare themselves, does not
   * count, unless it took all the time there was.
   *
   * @param forSeconds after which no further repetition begins; the last may end later
   */
  public static Timing of(Runnable work, double forSeconds) {
    return of(work, forSeconds, System::nanoTime);
  }

  static Timing of(Runnable work, double forSeconds, LongSupplier clock) {
    List<Double> times = new ArrayList<>();
    long begun = clock.getAsLong();
    long before = begun;
    double first = -1;
    while (first < 0 || (before - begun) / NANOS < forSeconds) {
      work.run();
      long now = clock.getAsLong();
      if (first < 0) {
        first = (now - before) / NANOS;
      } else {
        times.add((now - before) / NANOS);
      }
      before = now;
    }
    return times.isEmpty() ? new Timing(1, first) : new Timing(times.size(), median(times));
  }

  /** The middle of at least one number; of an even count, the mean of the two in the middle. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }
}
