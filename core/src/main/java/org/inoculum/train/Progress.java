package org.inoculum.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.UserException;

/**
 * The progress of a training after an iteration; also a line of {@code stats.jsonl}, in which what
 * was measured stands beside the rest.
 *
 * @param iteration iterations done
 * @param kimg thousands of real images shown
 * @param seconds of training
 * @param imagesPerSecond real images shown, over the last seconds
 * @param measured losses and whatever else the recipe measures, by name. For classic: {@code
 *     loss/d_real} and {@code loss/d_fake}, the discriminator's losses on real images and on fakes,
 *     {@code loss/g}, the generator's, and {@code accuracy/real} and {@code accuracy/fake}, the
 *     shares of the half batches classified right, with dropout
 * @param progress share of the budget, 0..1
 */
public record Progress(
    long iteration,
    double kimg,
    double seconds,
    double imagesPerSecond,
    Map<String, Double> measured,
    double progress) {
  /** Keeps a copy of the map, in its order. */
  public Progress {
    measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
  }

  /** Seconds that the rest will take at the pace so far. */
  public double secondsLeft() {
    return progress > 0 ? Math.max(0, seconds / progress - seconds) : Double.POSITIVE_INFINITY;
  }

  /** As a line of {@code stats.jsonl}. */
  Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("iteration", iteration);
    line.put("kimg", kimg);
    line.put("seconds", seconds);
    line.put("imagesPerSecond", imagesPerSecond);
    line.putAll(measured);
    line.put("progress", progress);
    return line;
  }

  /**
   * From a line of {@code stats.jsonl}.
   *
   * @throws UserException of kind BAD_DATA if a number is missing
   */
  public static Progress ofLine(Map<?, ?> line) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    line.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            scalars.put(String.valueOf(name), number.doubleValue());
          }
        });
    return new Progress(
        (long) take(scalars, "iteration"),
        take(scalars, "kimg"),
        take(scalars, "seconds"),
        take(scalars, "imagesPerSecond"),
        scalars,
        take(scalars, "progress"));
  }

  private static double take(Map<String, Double> scalars, String name) {
    Double value = scalars.remove(name);
    if (value == null) {
      throw UserException.badData("a line of stats.jsonl lacks the number " + name);
    }
    return value;
  }
}
