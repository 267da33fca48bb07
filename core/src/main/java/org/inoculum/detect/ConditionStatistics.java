package org.inoculum.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.inoculum.metric.Bootstrap;
import org.inoculum.metric.Interval;
import org.inoculum.random.RandomStream;

/**
 * Scores of conditions over seeds, with intervals that resample seeds and test fields (whole groups
 * of them) with replacement, the same ones for both conditions of a comparison: the paired
 * bootstrap.
 */
final class ConditionStatistics {
  private final List<DetectorField> test;
  private final List<int[]> groups;
  private final double[] grades;
  private final Bootstrap bootstrap;

  ConditionStatistics(List<DetectorField> test, List<Double> grades, Bootstrap bootstrap) {
    this.test = test;
    this.grades = grades.stream().mapToDouble(Double::doubleValue).toArray();
    this.bootstrap = bootstrap;
    Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
    for (int i = 0; i < test.size(); i++) {
      byGroup.computeIfAbsent(test.get(i).group(), group -> new ArrayList<>()).add(i);
    }
    groups =
        byGroup.values().stream()
            .map(some -> some.stream().mapToInt(Integer::intValue).toArray())
            .toList();
  }

  /** One number of a detector on weighted test fields. */
  private interface Statistic {
    double of(DetectorScores scores, int[] weights);
  }

  ConditionScores scores(FieldsCondition condition, List<DetectorScores> repeats) {
    List<Double> aps = repeats.stream().map(DetectorScores::averagePrecision).toList();
    List<Double> errors = repeats.stream().map(DetectorScores::countError).toList();
    double ap = mean(aps);
    Interval interval =
        bootstrap.of(
            random -> resampled(random, repeats, repeats, DetectorScores::averagePrecision)[0]);
    double[] counted = new double[test.size()];
    double[] truths = new double[test.size()];
    for (int i = 0; i < counted.length; i++) {
      int field = i;
      counted[i] = repeats.stream().mapToDouble(one -> one.counted(field)).average().orElse(0);
      truths[i] = repeats.get(0).truths(i);
    }
    CountAgreement agreement = CountAgreement.of(counted, truths);
    return new ConditionScores(
        condition.describe(),
        ap,
        interval.low(),
        interval.high(),
        aps,
        aps.size() < 2 ? null : deviation(aps, ap),
        repeats.stream().mapToDouble(DetectorScores::averagePrecisionIou).average().orElse(0),
        repeats.stream().mapToDouble(DetectorScores::f1).average().orElse(0),
        mean(errors),
        errors,
        Arrays.stream(counted).sum(),
        Math.round(Arrays.stream(truths).sum()),
        agreement.bias(),
        agreement.low(),
        agreement.high(),
        Arrays.stream(counted).boxed().toList(),
        precisions(repeats),
        grades.length == 0 ? null : grades(counted, truths));
  }

  /** Mean over seeds of the precision at each recall. */
  private static List<Double> precisions(List<DetectorScores> repeats) {
    double[] mean = new double[ScoredHits.RECALLS];
    for (DetectorScores one : repeats) {
      double[] own = one.precisions();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += own[i] / repeats.size();
      }
    }
    return Arrays.stream(mean).boxed().toList();
  }

  /** Of each group of fields, by the mean count of its fields. */
  private GradeAgreement grades(double[] counted, double[] truths) {
    double[] found = new double[groups.size()];
    double[] truth = new double[groups.size()];
    for (int i = 0; i < found.length; i++) {
      for (int field : groups.get(i)) {
        found[i] += counted[field] / groups.get(i).length;
        truth[i] += truths[field] / groups.get(i).length;
      }
    }
    return GradeAgreement.of(found, truth, grades);
  }

  ConditionDifference compare(
      FieldsCondition condition,
      List<DetectorScores> one,
      FieldsCondition against,
      List<DetectorScores> other) {
    Interval precision = interval(one, other, DetectorScores::averagePrecision);
    Interval iou = interval(one, other, DetectorScores::averagePrecisionIou);
    Interval count = interval(one, other, DetectorScores::countError);
    List<Double> byRepeat =
        IntStream.range(0, one.size())
            .mapToObj(k -> one.get(k).averagePrecision() - other.get(k).averagePrecision())
            .toList();
    return new ConditionDifference(
        condition.describe(),
        against.describe(),
        mean(byRepeat),
        precision.low(),
        precision.high(),
        byRepeat,
        one.stream().mapToDouble(DetectorScores::averagePrecisionIou).average().orElse(0)
            - other.stream().mapToDouble(DetectorScores::averagePrecisionIou).average().orElse(0),
        iou.low(),
        iou.high(),
        one.stream().mapToDouble(DetectorScores::countError).average().orElse(0)
            - other.stream().mapToDouble(DetectorScores::countError).average().orElse(0),
        count.low(),
        count.high());
  }

  private Interval interval(
      List<DetectorScores> one, List<DetectorScores> other, Statistic statistic) {
    return bootstrap.of(
        random -> {
          double[] both = resampled(random, one, other, statistic);
          return both[0] - both[1];
        });
  }

  /** Means over drawn seeds of two conditions on the same drawn fields. */
  private double[] resampled(
      RandomStream random,
      List<DetectorScores> one,
      List<DetectorScores> other,
      Statistic statistic) {
    int[] weights = new int[test.size()];
    int[] drawn = new int[one.size()];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = random.nextInt(drawn.length);
    }
    // A resample without a single cell has no AP: draw again, which hardly ever happens.
    do {
      Arrays.fill(weights, 0);
      for (int i = 0; i < groups.size(); i++) {
        for (int field : groups.get(random.nextInt(groups.size()))) {
          weights[field]++;
        }
      }
    } while (cells(weights) == 0);
    double[] sums = new double[2];
    for (int k : drawn) {
      sums[0] += statistic.of(one.get(k), weights) / drawn.length;
      sums[1] += one == other ? 0 : statistic.of(other.get(k), weights) / drawn.length;
    }
    return sums;
  }

  private long cells(int[] weights) {
    long cells = 0;
    for (int i = 0; i < weights.length; i++) {
      cells += (long) weights[i] * test.get(i).targets().size();
    }
    return cells;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static double deviation(List<Double> values, double mean) {
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }
}
