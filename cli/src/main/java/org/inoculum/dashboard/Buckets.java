package org.inoculum.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Curves of any length in bounded memory: stretches of as many lines each, of which the least, the
 * largest and the mean of every number are kept. When there are too many stretches, two and two
 * become one.
 */
final class Buckets {
  /** Stretches at most; an even number. */
  static final int MOST = 2048;

  private static final int MOST_NAMES = 24;
  private static final int LONGEST_NAME = 64;

  private final Map<String, Series> series = new LinkedHashMap<>();
  private int full; // stretches that are complete; the one behind them is being filled
  private int inLast;
  private long stride = 1;
  private long lines;

  /** One number of every stretch. */
  private static final class Series {
    final double[] least = new double[MOST + 1];
    final double[] largest = new double[MOST + 1];
    final double[] sum = new double[MOST + 1];
    final long[] count = new long[MOST + 1];

    Series() {
      clearFrom(0);
    }

    void clearFrom(int from) {
      Arrays.fill(least, from, MOST + 1, Double.POSITIVE_INFINITY);
      Arrays.fill(largest, from, MOST + 1, Double.NEGATIVE_INFINITY);
      Arrays.fill(sum, from, MOST + 1, 0);
      Arrays.fill(count, from, MOST + 1, 0);
    }

    void add(int at, double value) {
      least[at] = Math.min(least[at], value);
      largest[at] = Math.max(largest[at], value);
      sum[at] += value;
      count[at]++;
    }

    void merge(int from, int to) {
      double low = Math.min(least[from], least[from + 1]);
      double high = Math.max(largest[from], largest[from + 1]);
      double both = sum[from] + sum[from + 1];
      long times = count[from] + count[from + 1];
      least[to] = low;
      largest[to] = high;
      sum[to] = both;
      count[to] = times;
    }
  }

  /**
   * A curve as it is drawn; null where a stretch has no number.
   *
   * @param mean of each stretch
   * @param low its least
   * @param high its largest
   */
  record Curve(List<@Nullable Float> mean, List<@Nullable Float> low, List<@Nullable Float> high) {}

  /** A number of the line that is being read; those that are no numbers are left out. */
  void number(String name, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    Series one = series.get(name);
    if (one == null) {
      if (series.size() >= MOST_NAMES || name.length() > LONGEST_NAME) {
        return;
      }
      one = new Series();
      series.put(name, one);
    }
    one.add(full, value);
  }

  /** The line has ended. */
  void endLine() {
    lines++;
    if (++inLast < stride) {
      return;
    }
    inLast = 0;
    if (++full < MOST) {
      return;
    }
    for (Series one : series.values()) {
      for (int i = 0; i < MOST / 2; i++) {
        one.merge(2 * i, i);
      }
      one.clearFrom(MOST / 2);
    }
    full = MOST / 2;
    stride *= 2;
  }

  /** Lines that were read. */
  long lines() {
    return lines;
  }

  /** The curves by name, of so many points at most. */
  Map<String, Curve> curves(int points) {
    int filled = full + (inLast > 0 ? 1 : 0);
    int together = Math.max(1, (filled + points - 1) / points);
    Map<String, Curve> curves = new LinkedHashMap<>();
    series.forEach((name, one) -> curves.put(name, curve(one, filled, together)));
    return curves;
  }

  private static Curve curve(Series one, int filled, int together) {
    List<@Nullable Float> mean = new ArrayList<>();
    List<@Nullable Float> low = new ArrayList<>();
    List<@Nullable Float> high = new ArrayList<>();
    for (int from = 0; from < filled; from += together) {
      double least = Double.POSITIVE_INFINITY;
      double largest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      long count = 0;
      for (int i = from; i < Math.min(filled, from + together); i++) {
        least = Math.min(least, one.least[i]);
        largest = Math.max(largest, one.largest[i]);
        sum += one.sum[i];
        count += one.count[i];
      }
      mean.add(count == 0 ? null : finite(sum / count));
      low.add(count == 0 ? null : finite(least));
      high.add(count == 0 ? null : finite(largest));
    }
    return new Curve(mean, low, high);
  }

  private static @Nullable Float finite(double value) {
    float narrow = (float) value;
    return Float.isFinite(narrow) ? narrow : null;
  }
}
