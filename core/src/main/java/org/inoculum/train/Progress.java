package org.inoculum.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.UserException;

/**
 * Where a training stands after an iteration; also a line of {@code stats.jsonl}, in which what was
 * measured stands beside the rest.
 *
 * @param iteration iterations done
 * @param kimg thousands of real images shown
 * @param seconds of training
 * @param imagesPerSecond real images shown, over the last seconds
 * @param measured losses and whatever else the recipe measures, by name. For classic: {@code d1}
 *     and {@code d2}, the discriminator's losses on real images and on fakes, {@code g}, the
 *     generator's, and {@code accuracyReal} and {@code accuracyFake}, the shares of the half
 *     batches judged right, with dropout
 * @param used share of the budget, 0..1
 */
public record Progress(
    long iteration,
    double kimg,
    double seconds,
    double imagesPerSecond,
    Map<String, Double> measured,
    double used) {
  /** Keeps a copy of the map, in its order. */
  public Progress {
    measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
  }

  /** Seconds that the rest will take at the pace so far. */
  public double secondsLeft() {
    return used > 0 ? Math.max(0, seconds / used - seconds) : Double.POSITIVE_INFINITY;
  }

  /** As a line of {@code stats.jsonl}. */
  Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("iteration", iteration);
    line.put("kimg", kimg);
    line.put("seconds", seconds);
    line.put("imagesPerSecond", imagesPerSecond);
    line.putAll(measured);
    line.put("used", used);
    return line;
  }

  /**
   * From a line of {@code stats.jsonl}.
   *
   * @throws UserException of kind BAD_DATA if a number is missing
   */
  public static Progress ofLine(Map<?, ?> line) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    line.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            numbers.put(String.valueOf(name), number.doubleValue());
          }
        });
    return new Progress(
        (long) take(numbers, "iteration"),
        take(numbers, "kimg"),
        take(numbers, "seconds"),
        take(numbers, "imagesPerSecond"),
        numbers,
        take(numbers, "used"));
  }

  private static double take(Map<String, Double> numbers, String name) {
    Double value = numbers.remove(name);
    if (value == null) {
      throw UserException.badData("a line of stats.jsonl lacks the number " + name);
    }
    return value;
  }
}
