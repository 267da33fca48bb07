package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.inoculum.metric.Bootstrap;
import org.inoculum.metric.DensityCoverage;
import org.inoculum.metric.Features;
import org.inoculum.metric.Fid;
import org.inoculum.metric.Interval;
import org.inoculum.metric.Kid;
import org.inoculum.metric.PrecisionRecall;
import org.inoculum.metric.Spread;
import org.inoculum.metric.Vendi;
import org.jspecify.annotations.Nullable;

/**
 * All scores of one comparison (docs/explanation/metrics.md). Estimators that depend on the number
 * of images see equal numbers of real, generated and baseline images, drawn again and again ({@link
 * Subsets}).
 */
final class Scores {
  /** SamplingPlan of the estimators that are cheap, and of those that are not. */
  static final int DRAWS = 20;

  static final int FEW_DRAWS = 5;

  /** Steps of all scores: KID, FID, neighbours, Vendi, patches, copies. */
  static final int STEPS = 6;

  /** Most images of a draw; beyond it scores hardly change and take long. */
  private static final int MOST_DRAWN = 1000;

  /** Scores that are shares of images. */
  private static final Set<String> SHARES = Set.of("precision", "recall", "coverage");

  static final double Z95 = 1.96;
  private static final Bootstrap BOOTSTRAP = Bootstrap.DEFAULT;

  private final String space;
  private final Comparison images;
  private final Features real;
  private final Features generated;
  private final @Nullable Features train;
  private final List<Score> scores = new ArrayList<>();

  private Scores(
      String space,
      Comparison images,
      Features real,
      Features generated,
      @Nullable Features train) {
    this.space = space;
    this.images = images;
    this.real = real;
    this.generated = generated;
    this.train = train;
  }

  /** Several statistics of two sets at once: the real images first. */
  @FunctionalInterface
  private interface Statistic {
    double[] of(Features real, Features other);
  }

  static List<Score> of(FeatureSets sets, Comparison images, Steps steps) {
    Scores all = new Scores(sets.space(), images, sets.real(), sets.generated(), sets.train());
    all.kid();
    steps.done(1);
    all.drawn(
        List.of("fid"),
        2,
        FEW_DRAWS,
        "covariance with n - 1",
        (a, b) -> new double[] {Fid.of(a, b).value()});
    steps.done(1);
    all.neighbours();
    steps.done(1);
    all.drawn(
        List.of("vendi"), 2, FEW_DRAWS, "cosine", (a, b) -> new double[] {Vendi.of(b).value()});
    steps.done(1);
    all.swd();
    steps.done(1);
    if (sets.train() != null) {
      all.scores.addAll(CopyScores.of(sets.train(), sets.real(), sets.generated(), sets.space()));
    }
    steps.done(1);
    return List.copyOf(all.scores);
  }

  /** The scores that a single class gets. */
  static List<Score> ofClass(FeatureSets sets, Comparison images) {
    Scores all = new Scores(sets.space(), images, sets.real(), sets.generated(), sets.train());
    all.kid();
    all.neighbours();
    return List.copyOf(all.scores);
  }

  private void neighbours() {
    int k = PrecisionRecall.DEFAULT_K;
    drawn(
        List.of("precision", "recall"),
        k + 1,
        DRAWS,
        "k = " + k,
        (a, b) -> {
          PrecisionRecall result = PrecisionRecall.of(a, b, k);
          return new double[] {result.precision(), result.recall()};
        });
    int ball = DensityCoverage.DEFAULT_K;
    drawn(
        List.of("density", "coverage"),
        ball + 1,
        DRAWS,
        "k = " + ball,
        (a, b) -> {
          DensityCoverage result = DensityCoverage.of(a, b, ball);
          return new double[] {result.density(), result.coverage()};
        });
  }

  /** Unbiased, so that all images may be used, whatever their counts. */
  private void kid() {
    if (Math.min(real.count(), generated.count()) < 2) {
      return;
    }
    Interval interval = Kid.interval(real, generated, BOOTSTRAP);
    add(
        "kid",
        Kid.of(real, generated).unbiased(),
        interval.low(),
        interval.high(),
        real.count(),
        generated.count(),
        "unbiased, all pairs, bootstrap over images",
        baseline((a, b) -> new double[] {Kid.of(a, b).unbiased()}, 2));
    int size = Math.min(Kid.SUBSET_SIZE, Math.min(real.count(), generated.count()));
    Spread subsets = Kid.subsets(real, generated, size, Kid.SUBSETS, 0);
    add(
        "kidSubsets",
        subsets.mean(),
        subsets.mean() - Z95 * subsets.standardDeviation(),
        subsets.mean() + Z95 * subsets.standardDeviation(),
        size,
        size,
        "unbiased, mean of %d subsets, interval of a subset".formatted(Kid.SUBSETS),
        baseline(
            (a, b) -> new double[] {Kid.subsets(a, b, size, Kid.SUBSETS, 0).mean()},
            Math.min(size, 2)));
  }

  /** What real images score with all images: unbiased estimators only. */
  private @Nullable Double baseline(Statistic statistic, int least) {
    if (train != null && train.count() >= least) {
      return statistic.of(real, train)[0];
    }
    List<Subsets> draws = draws(Integer.MAX_VALUE, FEW_DRAWS);
    return draws.isEmpty() || draws.get(0).real().length < least
        ? null
        : mean(draws, draw -> statistic.of(real.select(draw.real()), baselineOf(draw)))[0];
  }

  /** SamplingPlan of as many images as there are, up to {@code most}; none where that is none. */
  private List<Subsets> draws(int most, int draws) {
    int trainCount = train == null ? 0 : train.count();
    int size = Subsets.size(real.count(), trainCount, generated.count(), most);
    return size < 1
        ? List.of()
        : Subsets.of(real.count(), trainCount, generated.count(), size, draws);
  }

  private Features baselineOf(Subsets draw) {
    return (train == null ? real : train).select(draw.baseline());
  }

  /**
   * Scores that depend on the counts: the mean over draws of equal counts, and an interval from the
   * spread over random halves, which for smooth statistics is the standard error of the whole
   * (delete-half jackknife, Shao &amp; Wu 1989).
   *
   * @param least images that the statistic needs in each set
   */
  private void drawn(
      List<String> names, int least, int most, String estimator, Statistic statistic) {
    List<Subsets> draws = draws(MOST_DRAWN, most);
    if (draws.isEmpty() || draws.get(0).real().length < least) {
      return;
    }
    int size = draws.get(0).real().length;
    double[] values =
        mean(
            draws,
            draw -> statistic.of(real.select(draw.real()), generated.select(draw.generated())));
    double[] baselines =
        mean(draws, draw -> statistic.of(real.select(draw.real()), baselineOf(draw)));
    double @Nullable [] errors = size / 2 < least ? null : errors(draws.get(0), size, statistic);
    for (int i = 0; i < names.size(); i++) {
      Interval interval =
          errors == null ? null : interval(names.get(i), values[i], Z95 * errors[i], size);
      add(
          names.get(i),
          values[i],
          interval == null ? null : interval.low(),
          interval == null ? null : interval.high(),
          size,
          size,
          "%s, equal counts, mean of %d draws".formatted(estimator, draws.size()),
          baselines[i]);
    }
  }

  /**
   * Near 0 and 1 all halves have the same share, as if it were known exactly; an interval of a
   * share is therefore no shorter than Wilson's at either end.
   */
  private static Interval interval(String name, double value, double reach, int size) {
    Interval jackknife = new Interval(value - reach, value + reach, Interval.LEVEL_95);
    if (!SHARES.contains(name)) {
      return jackknife;
    }
    Interval wilson = Interval.ofShare(value, size);
    return new Interval(
        Math.max(0, Math.min(jackknife.low(), wilson.low())),
        Math.min(1, Math.max(jackknife.high(), wilson.high())),
        Interval.LEVEL_95);
  }

  private double[] errors(Subsets draw, int size, Statistic statistic) {
    List<double[]> results =
        Subsets.of(size, 0, size, size / 2, DRAWS).stream()
            .map(
                half ->
                    statistic.of(
                        real.select(places(draw.real(), half.real())),
                        generated.select(places(draw.generated(), half.generated()))))
            .toList();
    double[] errors = new double[results.get(0).length];
    for (int i = 0; i < errors.length; i++) {
      int column = i;
      double mean = results.stream().mapToDouble(r -> r[column]).average().orElseThrow();
      errors[i] =
          Math.sqrt(
              results.stream()
                  .mapToDouble(r -> (r[column] - mean) * (r[column] - mean))
                  .average()
                  .orElseThrow());
    }
    return errors;
  }

  private static int[] places(int[] all, int[] some) {
    return Arrays.stream(some).map(i -> all[i]).toArray();
  }

  private static double[] mean(List<Subsets> draws, Function<Subsets, double[]> statistic) {
    double @Nullable [] sum = null;
    for (Subsets draw : draws) {
      double[] values = statistic.apply(draw);
      if (sum == null) {
        sum = new double[values.length];
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i] / draws.size();
      }
    }
    return Objects.requireNonNull(sum);
  }

  private void swd() {
    List<Subsets> draws = draws(PatchScore.MOST_IMAGES, 1);
    if (!draws.isEmpty()) {
      scores.add(PatchScore.of(images, draws.get(0), space));
    }
  }

  private void add(
      String name,
      double value,
      @Nullable Double low,
      @Nullable Double high,
      int nReal,
      int nGenerated,
      String estimator,
      @Nullable Double baseline) {
    scores.add(new Score(name, value, low, high, nReal, nGenerated, space, estimator, baseline));
  }
}
