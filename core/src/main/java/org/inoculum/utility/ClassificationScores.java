package org.inoculum.utility;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inoculum.metric.Bootstrap;
import org.inoculum.metric.Interval;
import org.inoculum.random.RandomStream;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.ConditionResult;
import org.inoculum.utility.UtilityResult.Outcome;

/**
 * The scores of classifiers: who classified which test image right, and what follows. Intervals
 * resample seeds and, within each class, test images, both with replacement and the same ones for
 * both conditions of a comparison: the paired bootstrap.
 */
final class ClassificationScores {
  private final List<String> classes;
  private final List<List<Integer>> imagesByClass = new ArrayList<>();
  private final Bootstrap bootstrap;
  private final Map<Condition, List<boolean[]>> right =
      new EnumMap<>(Condition.class); // by seed, by image
  private final int[] labels;

  /**
   * No scores yet.
   *
   * @param labels class of each test image; every class has at least one
   */
  ClassificationScores(List<String> classes, int[] labels, Bootstrap bootstrap) {
    this.classes = classes;
    this.labels = labels.clone();
    this.bootstrap = bootstrap;
    for (int label = 0; label < classes.size(); label++) {
      List<Integer> images = new ArrayList<>();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == label) {
          images.add(i);
        }
      }
      imagesByClass.add(images);
    }
  }

  /**
   * Takes the classes that the next classifier of an condition found; seeds come in the same order.
   */
  void add(Condition condition, int[] found) {
    boolean[] hits = new boolean[found.length];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = found[i] == labels[i];
    }
    right.computeIfAbsent(condition, key -> new ArrayList<>()).add(hits);
  }

  boolean has(Condition condition) {
    return right.containsKey(condition);
  }

  ConditionResult result(Condition condition) {
    List<boolean[]> repeats = repeats(condition);
    List<Double> byRepeat = repeats.stream().map(hits -> balanced(List.of(hits))).toList();
    Map<String, Double> sensitivity = new LinkedHashMap<>();
    for (int label = 0; label < classes.size(); label++) {
      sensitivity.put(classes.get(label), share(repeats, imagesByClass.get(label)));
    }
    Interval interval = bootstrap.of(random -> resampled(random, List.of(condition))[0]);
    return new ConditionResult(
        condition.describe(),
        balanced(repeats),
        interval.low(),
        interval.high(),
        byRepeat,
        sensitivity);
  }

  ConditionComparison compare(Condition condition, Condition against) {
    return compare(condition.describe(), List.of(condition), against.describe(), List.of(against));
  }

  /**
   * The main effect of the synthetic images in the 2 x 2 design of conditions: the mean of their
   * effects without and beside classical augmentation.
   */
  ConditionComparison effectOfSynthetic() {
    return compare(
        "with synthetic images",
        List.of(Condition.REAL_SYNTHETIC, Condition.REAL_CLASSICAL_SYNTHETIC),
        "without",
        List.of(Condition.REAL, Condition.REAL_CLASSICAL));
  }

  /** Means over as many conditions on either side. */
  private ConditionComparison compare(
      String words, List<Condition> conditions, String againstWords, List<Condition> against) {
    List<Condition> all = Stream.concat(conditions.stream(), against.stream()).toList();
    Interval interval = bootstrap.of(random -> difference(resampled(random, all)));
    double difference =
        difference(all.stream().mapToDouble(condition -> balanced(repeats(condition))).toArray());
    return new ConditionComparison(
        words,
        againstWords,
        difference,
        interval.low(),
        interval.high(),
        Outcome.of(interval.low(), interval.high()));
  }

  /** The mean of the first half less that of the second. */
  private static double difference(double[] accuracies) {
    int half = accuracies.length / 2;
    double sum = 0;
    for (int i = 0; i < half; i++) {
      sum += accuracies[i] - accuracies[half + i];
    }
    return sum / half;
  }

  /** Balanced accuracies of these conditions on one resample of seeds and images. */
  private double[] resampled(RandomStream random, List<Condition> conditions) {
    int count = repeats(conditions.get(0)).size();
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = random.nextInt(count);
    }
    double[] accuracies = new double[conditions.size()];
    for (List<Integer> images : imagesByClass) {
      for (int i = 0; i < images.size(); i++) {
        int image = images.get(random.nextInt(images.size()));
        for (int a = 0; a < accuracies.length; a++) {
          List<boolean[]> repeats = repeats(conditions.get(a));
          for (int seed : drawn) {
            accuracies[a] += repeats.get(seed)[image] ? 1.0 / (images.size() * (double) count) : 0;
          }
        }
      }
    }
    for (int a = 0; a < accuracies.length; a++) {
      accuracies[a] /= imagesByClass.size();
    }
    return accuracies;
  }

  private double balanced(List<boolean[]> repeats) {
    return imagesByClass.stream().mapToDouble(images -> share(repeats, images)).average().orElse(0);
  }

  private static double share(List<boolean[]> repeats, List<Integer> images) {
    long hits =
        repeats.stream()
            .mapToLong(one -> images.stream().filter(image -> one[image]).count())
            .sum();
    return (double) hits / (repeats.size() * (double) images.size());
  }

  private List<boolean[]> repeats(Condition condition) {
    List<boolean[]> repeats = right.get(condition);
    if (repeats == null) {
      throw new IllegalArgumentException("no classifier was trained on " + condition.describe());
    }
    return repeats;
  }
}
