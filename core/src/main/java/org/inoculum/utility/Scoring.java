package org.inoculum.utility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.inoculum.metric.Interval;
import org.inoculum.metric.Spread;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.ConditionResult;
import org.inoculum.utility.UtilityResult.Outcome;

/**
 * What follows from the answers of all classifiers. Intervals are of the normal distribution, of
 * two spreads: over sets and, within each class, test images that are drawn again (both conditions
 * of a comparison get the same ones), and over classifiers, from the difference between two random
 * halves of them (delete-half jackknife, Shao &amp; Wu 1989).
 *
 * <p>The best way to use synthetic images is chosen among many, and so is the best training without
 * them. Who looks for the best of many finds luck: so both are chosen by one half of the
 * classifiers on four fifths of the test images, and compared by the other half on the last fifth,
 * for each fifth and half in turn (nested cross-validation, Varma &amp; Simon 2006).
 */
final class Scoring {
  private static final int DRAWS = 400;
  private static final int SPLITS = 200;
  static final int FOLDS = 5;
  private static final double Z95 = 1.96;

  private final List<String> classes;
  private final List<Answers> sets;
  private final List<Condition> conditions;
  private final long seed;

  /**
   * Of one or more sets.
   *
   * @param sets each with all conditions
   */
  Scoring(List<String> classes, List<Answers> sets, long seed) {
    this.classes = List.copyOf(classes);
    this.sets = List.copyOf(sets);
    this.conditions = List.copyOf(sets.get(0).right().keySet());
    this.seed = seed;
  }

  /** One condition by itself. */
  ConditionResult result(Condition condition) {
    int place = conditions.indexOf(condition);
    List<Double> byRepeat = new ArrayList<>();
    for (Answers set : sets) {
      for (int k = 0; k < set.repeats(); k++) {
        Hits hits = Hits.none(conditions.size(), classes.size());
        add(hits, set, new int[] {k}, Draws.every(set));
        byRepeat.add(hits.balanced(place));
      }
    }
    Map<String, Double> sensitivity = new LinkedHashMap<>();
    for (int label = 0; label < classes.size(); label++) {
      int wanted = label;
      sensitivity.put(
          classes.get(label),
          sets.stream().mapToDouble(set -> set.sensitivity(condition, wanted)).average().orElse(0));
    }
    double balanced = whole().balanced(place);
    Interval interval = interval(balanced, hits -> hits.balanced(place));
    return new ConditionResult(
        condition.use().words(),
        condition.augmentation().words(),
        condition.steps(),
        balanced,
        Math.max(0, interval.low()),
        Math.min(1, interval.high()),
        byRepeat,
        sensitivity);
  }

  /** The mean over pairs of the one less the other; empty where there is no pair. */
  Optional<ConditionComparison> compare(
      String words, List<Condition> ones, String against, List<Condition> others) {
    int[] one = ones.stream().mapToInt(conditions::indexOf).toArray();
    int[] other = others.stream().mapToInt(conditions::indexOf).toArray();
    if (one.length == 0 || Arrays.stream(one).anyMatch(place -> place < 0)) {
      return Optional.empty();
    }
    ToDoubleFunction<Hits> difference =
        hits -> {
          double sum = 0;
          for (int i = 0; i < one.length; i++) {
            sum += hits.balanced(one[i]) - hits.balanced(other[i]);
          }
          return sum / one.length;
        };
    double value = difference.applyAsDouble(whole());
    return Optional.of(comparison(words, against, value, interval(value, difference)));
  }

  /** The best use of synthetic images less the best training without them, without their luck. */
  ConditionComparison best() {
    double mean = 0;
    double between = 0;
    for (int i = 0; i < SPLITS; i++) {
      double[] halves = chosen(RandomStream.of(seed, Purpose.CHECKING, i), false);
      mean += (halves[0] + halves[1]) / 2 / SPLITS;
      between += square(halves[0] - halves[1]) / 4 / SPLITS;
    }
    double[] draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      double[] halves = chosen(RandomStream.of(seed, Purpose.CHECKING, SPLITS + i), true);
      draws[i] = (halves[0] + halves[1]) / 2;
    }
    return comparison(
        "the best use of synthetic images",
        "the best training without",
        mean,
        interval(mean, draws, between));
  }

  /** The condition that is best on all that there is. */
  Condition best(boolean bars) {
    Hits hits = whole();
    return conditions.get(best(hits, bars));
  }

  private static ConditionComparison comparison(
      String words, String against, double difference, Interval interval) {
    return new ConditionComparison(
        words,
        against,
        difference,
        interval.low(),
        interval.high(),
        Outcome.of(interval.low(), interval.high()));
  }

  private int best(Hits hits, boolean bars) {
    int best = -1;
    for (int i = 0; i < conditions.size(); i++) {
      boolean candidate = bars ? conditions.get(i).isBar() : conditions.get(i).use().adds();
      if (candidate && (best < 0 || hits.balanced(i) > hits.balanced(best))) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The difference in one draw: chosen by the first half of the classifiers and told by the second,
   * and the other way round.
   *
   * @param resampled whether sets and images are drawn again; classifiers are always halved anew
   */
  private double[] chosen(RandomStream random, boolean resampled) {
    List<Answers> drawn = new ArrayList<>();
    List<List<int[]>> halves = List.of(new ArrayList<>(), new ArrayList<>());
    List<int[]> images = new ArrayList<>();
    List<int[]> folds = new ArrayList<>();
    for (int s = 0; s < sets.size(); s++) {
      Answers set = sets.get(resampled ? random.nextInt(sets.size()) : s);
      int[] order = Draws.shuffled(set.repeats(), random);
      drawn.add(set);
      halves.get(0).add(Arrays.copyOf(order, order.length / 2));
      halves.get(1).add(Arrays.copyOfRange(order, order.length / 2, order.length));
      images.add(resampled ? Draws.resampled(set, random) : Draws.every(set));
      folds.add(Draws.folds(set, random));
    }
    double[] differences = new double[2];
    for (int half = 0; half < 2; half++) {
      differences[half] = told(drawn, halves.get(half), halves.get(1 - half), images, folds);
    }
    return differences;
  }

  private double told(
      List<Answers> drawn,
      List<int[]> choosing,
      List<int[]> telling,
      List<int[]> images,
      List<int[]> folds) {
    double[][] told = new double[2][classes.size()];
    double[] count = new double[classes.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      Hits choice = Hits.none(conditions.size(), classes.size());
      Hits result = Hits.none(conditions.size(), classes.size());
      for (int s = 0; s < drawn.size(); s++) {
        int[] known = Draws.of(images.get(s), folds.get(s), fold, false);
        int[] fresh = Draws.of(images.get(s), folds.get(s), fold, true);
        add(choice, drawn.get(s), choosing.get(s), known);
        add(result, drawn.get(s), telling.get(s), fresh);
      }
      int use = best(choice, false);
      int bar = best(choice, true);
      for (int label = 0; label < count.length; label++) {
        told[0][label] += result.hits()[use][label];
        told[1][label] += result.hits()[bar][label];
        count[label] += result.images()[label];
      }
    }
    double difference = 0;
    for (int label = 0; label < count.length; label++) {
      difference += count[label] == 0 ? 0 : (told[0][label] - told[1][label]) / count[label];
    }
    return difference / count.length;
  }

  private Hits whole() {
    Hits hits = Hits.none(conditions.size(), classes.size());
    for (Answers set : sets) {
      add(hits, set, Draws.allRepeats(set), Draws.every(set));
    }
    return hits;
  }

  private Interval interval(double value, ToDoubleFunction<Hits> statistic) {
    double between = 0;
    for (int i = 0; i < SPLITS; i++) {
      RandomStream random = RandomStream.of(seed, Purpose.CHECKING, i);
      Hits one = Hits.none(conditions.size(), classes.size());
      Hits other = Hits.none(conditions.size(), classes.size());
      for (Answers set : sets) {
        int[] order = Draws.shuffled(set.repeats(), random);
        add(one, set, Arrays.copyOf(order, order.length / 2), Draws.every(set));
        add(
            other,
            set,
            Arrays.copyOfRange(order, order.length / 2, order.length),
            Draws.every(set));
      }
      between += square(statistic.applyAsDouble(one) - statistic.applyAsDouble(other)) / 4 / SPLITS;
    }
    double[] draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      RandomStream random = RandomStream.of(seed, Purpose.CHECKING, SPLITS + i);
      Hits hits = Hits.none(conditions.size(), classes.size());
      for (int s = 0; s < sets.size(); s++) {
        Answers set = sets.get(random.nextInt(sets.size()));
        add(hits, set, Draws.allRepeats(set), Draws.resampled(set, random));
      }
      draws[i] = statistic.applyAsDouble(hits);
    }
    return interval(value, draws, between);
  }

  /**
   * Of a value, from its spread over draws of sets and images, and its variance over classifiers.
   */
  private static Interval interval(double value, double[] draws, double between) {
    double spread = Spread.of(draws).standardDeviation();
    double reach = Z95 * Math.sqrt(spread * spread + between);
    return new Interval(value - reach, value + reach, Interval.LEVEL_95);
  }

  private static double square(double value) {
    return value * value;
  }

  /** Adds what some classifiers made of some images, which may be there several times. */
  private void add(Hits hits, Answers set, int[] repeats, int[] images) {
    for (int image : images) {
      hits.images()[set.labels()[image]] += repeats.length;
    }
    for (int c = 0; c < conditions.size(); c++) {
      List<boolean[]> right = set.right().getOrDefault(conditions.get(c), List.of());
      double[] own = hits.hits()[c];
      for (int repeat : repeats) {
        boolean[] one = right.get(repeat);
        for (int image : images) {
          if (one[image]) {
            own[set.labels()[image]]++;
          }
        }
      }
    }
  }

  /** All conditions, the best first. */
  List<ConditionResult> results() {
    return conditions.stream()
        .map(this::result)
        .sorted(Comparator.comparing(ConditionResult::balancedAccuracy).reversed())
        .toList();
  }
}
