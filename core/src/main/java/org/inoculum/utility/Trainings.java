package org.inoculum.utility;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Workers;

/** Trains the classifiers of one set, one thread each, side by side. */
final class Trainings {
  private final UtilitySet set;
  private final UtilityOptions options;
  private final int number;
  private final UtilityExperiment.Progress progress;
  private final BooleanSupplier stop;

  /**
   * Of a set.
   *
   * @param number of the set, for its random draws
   */
  Trainings(
      UtilitySet set,
      UtilityOptions options,
      int number,
      UtilityExperiment.Progress progress,
      BooleanSupplier stop) {
    this.set = set;
    this.options = options;
    this.number = number;
    this.progress = progress;
    this.stop = stop;
  }

  /** The training without synthetic images that says whether their labels are right. */
  static Condition checker(UtilityOptions options) {
    return new Condition(Use.NONE, Augmentation.CLASSICAL, options.budgets().get(0));
  }

  /** Whether the classifiers of a condition also name the synthetic images. */
  static boolean checksLabels(Condition condition, UtilityOptions options) {
    return condition.equals(checker(options));
  }

  /**
   * The classes that each classifier found in the test images and, of the {@link #checker}, then in
   * the synthetic ones: the repeats of the first condition, then those of the next.
   */
  List<int[]> all(List<Condition> conditions) {
    List<List<float[]>> confirmed = options.every() ? confirmed() : List.of();
    List<float[]> both = new ArrayList<>(set.test());
    both.addAll(set.made());
    int[][] found = new int[conditions.size() * options.repeats()][];
    each(
        found.length,
        i -> {
          Condition condition = conditions.get(i / options.repeats());
          // The same seed in every condition: the same first weights, so that conditions are
          // compared in pairs.
          long seed = seed(i % options.repeats());
          List<List<float[]>> synthetic =
              condition.use() == Use.CONFIRMED ? confirmed : set.synthetic();
          found[i] =
              trained(
                  new Batches(condition, set.real(), synthetic, set.scale()),
                  condition.steps(),
                  seed,
                  checksLabels(condition, options) ? both : set.test());
        });
    return List.of(found);
  }

  private long seed(int repeat) {
    return RandomStream.of(options.seed() + 7919L * number, Purpose.CHECKING, -1 - repeat)
        .nextLong();
  }

  /**
   * The synthetic images whose label two classifiers confirm, each trained on one half of the real
   * images; all of a class of which they confirm none.
   */
  private List<List<float[]>> confirmed() {
    int[][] named = new int[2][];
    Condition checker = checker(options);
    each(
        2,
        half -> {
          List<List<float[]>> own = new ArrayList<>();
          for (List<float[]> images : set.real()) {
            List<float[]> part = new ArrayList<>();
            for (int i = half; i < images.size(); i += 2) {
              part.add(images.get(i));
            }
            own.add(part.isEmpty() ? images : part); // a class of one image
          }
          named[half] =
              trained(
                  new Batches(checker, own, own, set.scale()),
                  checker.steps(),
                  seed(options.repeats() + half),
                  set.made());
        });
    List<List<float[]>> confirmed = new ArrayList<>();
    int at = 0;
    for (int label = 0; label < set.synthetic().size(); label++) {
      confirmed.add(new ArrayList<>());
    }
    for (float[] image : set.made()) {
      int label = set.labelsOfMade()[at];
      if (named[0][at] == label && named[1][at] == label) {
        confirmed.get(label).add(image);
      }
      at++;
    }
    for (int label = 0; label < confirmed.size(); label++) {
      if (confirmed.get(label).isEmpty()) {
        confirmed.set(label, set.synthetic().get(label));
      }
    }
    return confirmed;
  }

  private int[] trained(Batches batches, int steps, long seed, List<float[]> images) {
    if (stop.getAsBoolean()) {
      throw UserException.failure("stopped between two classifiers; there is no result yet");
    }
    try (Classifier classifier = new Classifier(set.real().size(), seed)) {
      classifier.train(batches, steps, seed);
      int[] found = classifier.classify(images);
      progress.add(steps);
      return found;
    }
  }

  private void each(int count, IntConsumer task) {
    try (Workers workers = Workers.start(count, Math.min(options.threads(), count))) {
      workers.each(count, task);
    }
  }
}
