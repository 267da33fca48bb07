package org.inoculum.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.metric.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code metrics.jsonl} with its intervals.
 *
 * @param iteration of the snapshot
 * @param validationSet which real images it was compared with
 * @param best whether it was the best when it was evaluated
 * @param scores energyDistance, precision, recall, coverage and copies, as far as they are there
 */
record ScoreLine(
    long iteration,
    double kimg,
    @Nullable String validationSet,
    long nReal,
    long nGenerated,
    boolean best,
    Map<String, Scored> scores) {
  /** The score that decides which snapshot is the best. */
  private static final String DISTANCE = "energyDistance";

  private static final String FILE = "metrics.jsonl";
  private static final int LAST_BYTES = 4 << 20;

  /** Standard errors on either side that hold 95 % of a normal distribution. */
  private static final double REACH_95 = 1.959964;

  /** Names of the shares, and of which images they are shares: real ones or generated ones. */
  private static final Map<String, Boolean> SHARES_OF_REAL =
      Map.of("precision", false, "recall", true, "coverage", true, "copies", false);

  /**
   * A score.
   *
   * @param low lower end of the 95 % interval
   * @param high upper end
   * @param baseline what real images score in the place of generated ones
   */
  record Scored(
      double value, @Nullable Double low, @Nullable Double high, @Nullable Double baseline) {}

  /** Those of a run, as far back as they are shown; lines that are none are passed over. */
  static List<ScoreLine> all(Run run) {
    List<ScoreLine> all = new ArrayList<>();
    run.lastLines(FILE, LAST_BYTES).forEach(line -> parsed(line).ifPresent(all::add));
    return all;
  }

  /** The one whose snapshot is kept as the best: the last that says so. */
  static Optional<ScoreLine> best(Run run) {
    List<String> lines = run.lastLines(FILE, LAST_BYTES);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).contains("\"best\":true")) { // hardly any does, and reading JSON is slow
        Optional<ScoreLine> line = parsed(lines.get(i)).filter(ScoreLine::best);
        if (line.isPresent()) {
          return line;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ScoreLine> parsed(String line) {
    try {
      return of(Json.parse(line, Map.class, FILE));
    } catch (UserException e) {
      return Optional.empty(); // torn, and gone on with
    }
  }

  private static Optional<ScoreLine> of(Map<?, ?> line) {
    if (!(line.get("iteration") instanceof Number iteration)
        || !(line.get("kimg") instanceof Number kimg)) {
      return Optional.empty();
    }
    long nReal = line.get("nReal") instanceof Number count ? count.longValue() : 0;
    long nGenerated = line.get("nGenerated") instanceof Number count ? count.longValue() : 0;
    Map<String, Scored> scores = new TreeMap<>();
    number(line, DISTANCE).ifPresent(distance -> scores.put(DISTANCE, distance(line, distance)));
    SHARES_OF_REAL.forEach(
        (name, ofReal) ->
            number(line, name)
                .filter(share -> share >= 0 && share <= 1)
                .ifPresent(
                    share ->
                        scores.put(name, share(line, name, share, ofReal ? nReal : nGenerated))));
    return Optional.of(
        new ScoreLine(
            iteration.longValue(),
            kimg.doubleValue(),
            line.get("validationSet") instanceof String by ? by : null,
            nReal,
            nGenerated,
            Boolean.TRUE.equals(line.get("best")),
            scores));
  }

  private static Scored distance(Map<?, ?> line, double distance) {
    Double reach = number(line, DISTANCE + "Error").map(error -> REACH_95 * error).orElse(null);
    return new Scored(
        distance,
        reach == null ? null : distance - reach,
        reach == null ? null : distance + reach,
        number(line, DISTANCE + "Baseline").orElse(null));
  }

  private static Scored share(Map<?, ?> line, String name, double share, long count) {
    Double baseline = number(line, name + "Baseline").orElse(null);
    if (count < 1 || count > Integer.MAX_VALUE) {
      return new Scored(share, null, null, baseline);
    }
    Interval interval = Interval.ofShare(share, (int) count);
    return new Scored(share, interval.low(), interval.high(), baseline);
  }

  private static Optional<Double> number(Map<?, ?> line, String name) {
    return line.get(name) instanceof Number number && Double.isFinite(number.doubleValue())
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }
}
