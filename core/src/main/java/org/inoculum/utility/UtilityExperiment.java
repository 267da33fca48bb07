package org.inoculum.utility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.torch.Engine;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.utility.UtilityResult.ConditionComparison;

/**
 * The test of docs/explanation/utility.md: the same classifier with the same numbers of gradient
 * steps, on real images with the best of several augmentations, and with synthetic images in
 * several uses beside each of them, evaluated on real test images (after the classification
 * accuracy score of Ravuri &amp; Vinyals, 1905.10887). The same seed and machine give the same
 * numbers, with any number of threads.
 */
public final class UtilityExperiment {
  private UtilityExperiment() {}

  /** Told after each classifier. */
  @FunctionalInterface
  public interface Listener {
    /** So many gradient steps of so many are done. */
    void trained(long done, long of);
  }

  /**
   * Makes the test.
   *
   * @param sets one, or several with the same classes: each a set of synthetic images with the real
   *     ones that its generator was trained on, and test images that it has not seen
   * @param warn is told in a sentence of anything odd
   * @param stop asked between classifiers
   * @throws UserException of kind BAD_DATA if a test image is also in training, or classes differ
   *     between sets; of kind FAILURE if it was stopped
   */
  public static UtilityResult run(
      List<UtilityData> sets,
      UtilityOptions options,
      Listener listener,
      Consumer<String> warn,
      BooleanSupplier stop) {
    List<String> warnings = new ArrayList<>();
    Consumer<String> note =
        warning -> {
          warnings.add(warning);
          warn.accept(warning);
        };
    List<String> classes = sets.get(0).train().classes();
    boolean alone = true;
    for (UtilityData set : sets) {
      if (!set.train().classes().equals(classes)) {
        throw UserException.badData(
            "%s has the classes %s, and %s has %s; all sets need the same"
                .formatted(
                    sets.get(0).train().root(),
                    classes,
                    set.train().root(),
                    set.train().classes()));
      }
      Leakage.refuse(set, note);
      alone &= hasEveryClass(set, note);
    }
    List<Condition> conditions = Condition.all(options.budgets(), options.every(), alone);
    Engine.start(options.threads(), PrecisionChoice.F32);
    Progress progress = new Progress(listener, sets.size() * steps(conditions, options));
    List<Answers> answers = new ArrayList<>();
    List<int[]> named = new ArrayList<>();
    for (int number = 0; number < sets.size(); number++) {
      UtilitySet set = UtilitySet.of(sets.get(number));
      List<int[]> found = new Trainings(set, options, number, progress, stop).all(conditions);
      Answers own = Answers.none(set.labels());
      for (int i = 0; i < found.size(); i++) {
        own.add(conditions.get(i / options.repeats()), found.get(i));
        if (number == 0 && Trainings.checksLabels(conditions.get(i / options.repeats()), options)) {
          named.add(Arrays.copyOfRange(found.get(i), set.labels().length, found.get(i).length));
        }
      }
      answers.add(own);
    }
    Scoring scoring = new Scoring(classes, answers, options.seed());
    Map<String, Double> known = new LinkedHashMap<>();
    Condition checker = Trainings.checker(options);
    for (int label = 0; label < classes.size(); label++) {
      known.put(classes.get(label), answers.get(0).sensitivity(checker, label));
    }
    List<LabelCheck> labelChecks = LabelCheck.of(sets.get(0).synthetic(), named, known);
    labelChecks.forEach(check -> check.warning().ifPresent(note));
    return result(sets, options, scoring, conditions, labelChecks, warnings);
  }

  /** Gradient steps of one set, with those of the classifiers that confirm labels. */
  private static long steps(List<Condition> conditions, UtilityOptions options) {
    return options.repeats() * conditions.stream().mapToLong(Condition::steps).sum()
        + (options.every() ? 2L * Trainings.checker(options).steps() : 0);
  }

  /** Counts steps over threads. */
  static final class Progress {
    private final Listener listener;
    private final long total;
    private long done;

    Progress(Listener listener, long total) {
      this.listener = listener;
      this.total = total;
    }

    synchronized void add(int steps) {
      done += steps;
      listener.trained(done, total);
    }
  }

  private static boolean hasEveryClass(UtilityData data, Consumer<String> warn) {
    boolean all = true;
    for (int label = 0; label < data.synthetic().classes().size(); label++) {
      if (UtilityData.count(data.synthetic(), label) == 0) {
        all = false;
        warn.accept(
            "there are no synthetic images of "
                + data.synthetic().classes().get(label)
                + ", so it is trained on real ones only and there is no condition of synthetic images alone");
      }
    }
    return all;
  }

  private static UtilityResult result(
      List<UtilityData> sets,
      UtilityOptions options,
      Scoring scoring,
      List<Condition> conditions,
      List<LabelCheck> labelChecks,
      List<String> warnings) {
    UtilityData first = sets.get(0);
    ConditionComparison best = scoring.best();
    List<ConditionComparison> comparisons = new ArrayList<>(List.of(best));
    int longest = options.budgets().get(options.budgets().size() - 1);
    Optional<ConditionComparison> half = Optional.empty();
    for (Use use : Use.values()) {
      Optional<ConditionComparison> one = ofUse(use, longest, scoring, conditions);
      one.ifPresent(comparisons::add);
      half = use == Use.HALF ? one : half;
    }
    UtilityVerdict verdict =
        UtilityVerdict.of(best, half.orElseThrow(), scoring.best(false), scoring.best(true));
    Condition plain = new Condition(Use.NONE, Augmentation.NONE, longest);
    for (Augmentation bar : Augmentation.values()) {
      if (bar != Augmentation.NONE) {
        scoring
            .compare(
                "real, " + bar.words(),
                List.of(new Condition(Use.NONE, bar, longest)),
                "real, " + plain.augmentation().words(),
                List.of(plain))
            .ifPresent(comparisons::add);
      }
    }
    Map<String, Long> train = counts(first.train());
    return new UtilityResult(
        Inoculum.program(),
        first.train().classes(),
        train,
        counts(first.heldOut()),
        counts(first.synthetic()),
        UtilityData.SIZE,
        sets.size(),
        options.repeats(),
        options.budgets(),
        Batches.SIZE,
        options.seed(),
        0.95,
        scoring.results(),
        comparisons,
        labelChecks,
        verdict.outcome(),
        verdict.text(train),
        warnings);
  }

  /** A use beside the same training without synthetic images, over all augmentations. */
  private static Optional<ConditionComparison> ofUse(
      Use use, int steps, Scoring scoring, List<Condition> conditions) {
    List<Condition> with =
        conditions.stream()
            .filter(one -> one.use() == use && one.steps() == steps && use != Use.NONE)
            .toList();
    return scoring.compare(
        use.words() + ", mean over augmentations",
        with,
        "real",
        with.stream().map(Condition::withoutSynthetic).toList());
  }

  private static Map<String, Long> counts(DataSet data) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int label = 0; label < data.classes().size(); label++) {
      counts.put(data.classes().get(label), UtilityData.count(data, label));
    }
    return counts;
  }
}
