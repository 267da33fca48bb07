package org.inoculum.utility;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.metric.Bootstrap;
import org.inoculum.metric.Interval;
import org.inoculum.random.RandomStream;
import org.inoculum.utility.UtilityResult.ArmResult;
import org.inoculum.utility.UtilityResult.Comparison;
import org.inoculum.utility.UtilityResult.Outcome;

/**
 * Who recognised which test image, and what follows. Intervals resample seeds and, within each
 * class, test images, both with replacement and the same ones for both arms of a comparison: the
 * paired bootstrap.
 */
final class Scores {
  private final List<String> classes;
  private final List<List<Integer>> imagesByClass = new ArrayList<>();
  private final Bootstrap bootstrap;
  private final Map<Arm, List<boolean[]>> right = new EnumMap<>(Arm.class); // by seed, by image
  private final int[] labels;

  /**
   * No scores yet.
   *
   * @param labels class of each test image; every class has at least one
   */
  Scores(List<String> classes, int[] labels, Bootstrap bootstrap) {
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

  /** Takes the classes that the next recogniser of an arm found; seeds come in the same order. */
  void add(Arm arm, int[] found) {
    boolean[] hits = new boolean[found.length];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = found[i] == labels[i];
    }
    right.computeIfAbsent(arm, key -> new ArrayList<>()).add(hits);
  }

  boolean has(Arm arm) {
    return right.containsKey(arm);
  }

  ArmResult result(Arm arm) {
    List<boolean[]> seeds = seeds(arm);
    List<Double> bySeed = seeds.stream().map(hits -> balanced(List.of(hits))).toList();
    Map<String, Double> sensitivity = new LinkedHashMap<>();
    for (int label = 0; label < classes.size(); label++) {
      sensitivity.put(classes.get(label), share(seeds, imagesByClass.get(label)));
    }
    Interval interval = bootstrap.of(random -> resampled(random, List.of(arm))[0]);
    return new ArmResult(
        arm.words(), balanced(seeds), interval.low(), interval.high(), bySeed, sensitivity);
  }

  Comparison compare(Arm arm, Arm against) {
    Interval interval =
        bootstrap.of(
            random -> {
              double[] both = resampled(random, List.of(arm, against));
              return both[0] - both[1];
            });
    double difference = balanced(seeds(arm)) - balanced(seeds(against));
    return new Comparison(
        arm.words(),
        against.words(),
        difference,
        interval.low(),
        interval.high(),
        Outcome.of(interval.low(), interval.high()));
  }

  /** Balanced accuracies of these arms on one resample of seeds and images. */
  private double[] resampled(RandomStream random, List<Arm> arms) {
    int count = seeds(arms.get(0)).size();
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = random.nextInt(count);
    }
    double[] accuracies = new double[arms.size()];
    for (List<Integer> images : imagesByClass) {
      for (int i = 0; i < images.size(); i++) {
        int image = images.get(random.nextInt(images.size()));
        for (int a = 0; a < accuracies.length; a++) {
          List<boolean[]> seeds = seeds(arms.get(a));
          for (int seed : drawn) {
            accuracies[a] += seeds.get(seed)[image] ? 1.0 / (images.size() * (double) count) : 0;
          }
        }
      }
    }
    for (int a = 0; a < accuracies.length; a++) {
      accuracies[a] /= imagesByClass.size();
    }
    return accuracies;
  }

  private double balanced(List<boolean[]> seeds) {
    return imagesByClass.stream().mapToDouble(images -> share(seeds, images)).average().orElse(0);
  }

  private static double share(List<boolean[]> seeds, List<Integer> images) {
    long hits =
        seeds.stream().mapToLong(one -> images.stream().filter(image -> one[image]).count()).sum();
    return (double) hits / (seeds.size() * (double) images.size());
  }

  private List<boolean[]> seeds(Arm arm) {
    List<boolean[]> seeds = right.get(arm);
    if (seeds == null) {
      throw new IllegalArgumentException("no recogniser was trained on " + arm.words());
    }
    return seeds;
  }
}
