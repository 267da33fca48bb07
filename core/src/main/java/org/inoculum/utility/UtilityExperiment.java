package org.inoculum.utility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.metric.Bootstrap;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Engine;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Workers;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.ConditionResult;

/**
 * The test of docs/explanation/utility.md: the same classifier with the same number of gradient
 * steps on real images, on synthetic ones and on both, evaluated on real test images (after the
 * classification accuracy score of Ravuri &amp; Vinyals, 1905.10887). The same seed and machine
 * give the same numbers, with any number of threads.
 */
public final class UtilityExperiment {
  /** The best classifier that has seen no synthetic image says whether their labels are right. */
  private static final Condition LABEL_CHECK = Condition.REAL_CLASSICAL;

  private UtilityExperiment() {}

  /** Told after each classifier. */
  @FunctionalInterface
  public interface Listener {
    /** So many classifiers of so many are trained and evaluated. */
    void trained(int done, int of);
  }

  /**
   * Makes the test.
   *
   * @param warn is told in a sentence of anything odd
   * @param stop asked between classifiers
   * @throws UserException of kind BAD_DATA if a test image is also in training; of kind FAILURE if
   *     it was stopped
   */
  public static UtilityResult run(
      UtilityData data,
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
    Leakage.refuse(data, note);
    List<Condition> conditions = conditions(data, note);
    Engine.start(options.threads(), PrecisionChoice.F32);

    int[] labels = data.heldOut().samples().stream().mapToInt(sample -> sample.label()).toArray();
    Bootstrap bootstrap =
        new Bootstrap(Bootstrap.DEFAULT.resamples(), Bootstrap.DEFAULT.level(), options.seed());
    ClassificationScores scores =
        new ClassificationScores(data.train().classes(), labels, bootstrap);
    List<int[]> found = classify(data, options, conditions, listener, stop);
    List<int[]> named = new ArrayList<>();
    for (int number = 0; number < found.size(); number++) {
      Condition condition = conditions.get(number / options.repeats());
      int[] names = found.get(number);
      scores.add(condition, Arrays.copyOf(names, labels.length));
      if (condition == LABEL_CHECK) {
        named.add(Arrays.copyOfRange(names, labels.length, names.length));
      }
    }
    List<LabelCheck> labelChecks =
        LabelCheck.of(data.synthetic(), named, scores.result(LABEL_CHECK).sensitivity());
    labelChecks.forEach(check -> check.warning().ifPresent(note));
    return result(data, options, scores, conditions, labelChecks, warnings);
  }

  /**
   * Trains the classifiers, one thread each, side by side.
   *
   * @return the classes that each found in the test images and, of {@link #LABEL_CHECK}, then in
   *     the synthetic ones: the seeds of the first condition, then those of the next
   */
  private static List<int[]> classify(
      UtilityData data,
      UtilityOptions options,
      List<Condition> conditions,
      Listener listener,
      BooleanSupplier stop) {
    Scale scale = Scale.of(data.train());
    List<float[]> test = scaled(data.heldOut(), scale);
    List<float[]> both = new ArrayList<>(test);
    both.addAll(scaled(data.synthetic(), scale));
    List<Batches> batches =
        conditions.stream().map(condition -> new Batches(condition, data, scale)).toList();
    int[][] found = new int[conditions.size() * options.repeats()][];
    AtomicInteger done = new AtomicInteger();
    try (Workers workers = Workers.start(found.length, Math.min(options.threads(), found.length))) {
      workers.each(
          found.length,
          number -> {
            if (stop.getAsBoolean()) {
              throw UserException.failure(
                  "stopped after " + done + " classifiers; there is no result yet");
            }
            // The same seed in every condition: the same first weights, so that conditions are
            // compared in
            // pairs.
            int k = number % options.repeats();
            long seed = RandomStream.of(options.seed(), Purpose.CHECKING, -1 - k).nextLong();
            try (Classifier classifier = new Classifier(data.train().classes().size(), seed)) {
              classifier.train(batches.get(number / options.repeats()), options.steps(), seed);
              boolean checksLabels = conditions.get(number / options.repeats()) == LABEL_CHECK;
              found[number] = classifier.classify(checksLabels ? both : test);
            }
            synchronized (done) {
              listener.trained(done.incrementAndGet(), found.length);
            }
          });
    }
    return List.of(found);
  }

  private static List<float[]> scaled(DataSet images, Scale scale) {
    return images.samples().stream().map(sample -> scale.of(sample.image())).toList();
  }

  private static List<Condition> conditions(UtilityData data, Consumer<String> warn) {
    List<Condition> conditions = new ArrayList<>(List.of(Condition.values()));
    for (int label = 0; label < data.synthetic().classes().size(); label++) {
      if (UtilityData.count(data.synthetic(), label) == 0) {
        conditions.remove(Condition.SYNTHETIC);
        warn.accept(
            "there are no synthetic images of "
                + data.synthetic().classes().get(label)
                + ", so it is trained on real ones only and there is no condition of synthetic images alone");
      }
    }
    return conditions;
  }

  private static UtilityResult result(
      UtilityData data,
      UtilityOptions options,
      ClassificationScores scores,
      List<Condition> conditions,
      List<LabelCheck> labelChecks,
      List<String> warnings) {
    List<ConditionResult> results = conditions.stream().map(scores::result).toList();
    ConditionComparison added = scores.compare(Condition.REAL_SYNTHETIC, Condition.REAL);
    ConditionComparison onTop =
        scores.compare(Condition.REAL_CLASSICAL_SYNTHETIC, Condition.REAL_CLASSICAL);
    ConditionComparison effect = scores.effectOfSynthetic();
    List<ConditionComparison> comparisons = new ArrayList<>(List.of(effect, added, onTop));
    if (scores.has(Condition.SYNTHETIC)) {
      comparisons.add(scores.compare(Condition.SYNTHETIC, Condition.REAL));
    }
    comparisons.add(scores.compare(Condition.REAL_CLASSICAL, Condition.REAL));
    return new UtilityResult(
        Inoculum.program(),
        data.train().classes(),
        counts(data.train()),
        counts(data.heldOut()),
        counts(data.synthetic()),
        UtilityData.SIZE,
        options.repeats(),
        options.steps(),
        Batches.SIZE,
        options.seed(),
        Bootstrap.DEFAULT.level(),
        results,
        comparisons,
        labelChecks,
        effect.outcome(),
        UtilityVerdict.of(effect, onTop),
        warnings);
  }

  private static Map<String, Long> counts(DataSet data) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int label = 0; label < data.classes().size(); label++) {
      counts.put(data.classes().get(label), UtilityData.count(data, label));
    }
    return counts;
  }
}
