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
import org.inoculum.utility.UtilityResult.ArmResult;
import org.inoculum.utility.UtilityResult.Comparison;

/**
 * The test of docs/utility.md: the same recogniser with the same number of gradient steps on real
 * images, on synthetic ones and on both, judged on real test images (after the classification
 * accuracy score of Ravuri &amp; Vinyals, 1905.10887). The same seed and machine give the same
 * numbers, with any number of threads.
 */
public final class Trial {
  /** The best recogniser that has seen no synthetic image says whether their labels are right. */
  private static final Arm LABEL_JUDGE = Arm.REAL_CLASSICAL;

  private Trial() {}

  /** Told after each recogniser. */
  @FunctionalInterface
  public interface Listener {
    /** So many recognisers of so many are trained and judged. */
    void trained(int done, int of);
  }

  /**
   * Makes the test.
   *
   * @param warn is told in a sentence of anything odd
   * @param stop asked between recognisers
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
    List<Arm> arms = arms(data, note);
    Engine.start(options.threads(), PrecisionChoice.F32);

    int[] labels = data.realTest().samples().stream().mapToInt(sample -> sample.label()).toArray();
    Bootstrap bootstrap =
        new Bootstrap(Bootstrap.DEFAULT.resamples(), Bootstrap.DEFAULT.level(), options.seed());
    Scores scores = new Scores(data.realTrain().classes(), labels, bootstrap);
    List<int[]> found = recognise(data, options, arms, listener, stop);
    List<int[]> named = new ArrayList<>();
    for (int number = 0; number < found.size(); number++) {
      Arm arm = arms.get(number / options.seeds());
      int[] names = found.get(number);
      scores.add(arm, Arrays.copyOf(names, labels.length));
      if (arm == LABEL_JUDGE) {
        named.add(Arrays.copyOfRange(names, labels.length, names.length));
      }
    }
    List<LabelCheck> labelChecks =
        LabelCheck.of(data.synthetic(), named, scores.result(LABEL_JUDGE).sensitivity());
    labelChecks.forEach(check -> check.warning().ifPresent(note));
    return result(data, options, scores, arms, labelChecks, warnings);
  }

  /**
   * Trains the recognisers, one thread each, side by side.
   *
   * @return the classes that each found in the test images and, of {@link #LABEL_JUDGE}, then in
   *     the synthetic ones: the seeds of the first arm, then those of the next
   */
  private static List<int[]> recognise(
      UtilityData data,
      UtilityOptions options,
      List<Arm> arms,
      Listener listener,
      BooleanSupplier stop) {
    Scale scale = Scale.of(data.realTrain());
    List<float[]> test = scaled(data.realTest(), scale);
    List<float[]> both = new ArrayList<>(test);
    both.addAll(scaled(data.synthetic(), scale));
    List<Batches> batches = arms.stream().map(arm -> new Batches(arm, data, scale)).toList();
    int[][] found = new int[arms.size() * options.seeds()][];
    AtomicInteger done = new AtomicInteger();
    try (Workers workers = Workers.start(found.length, Math.min(options.threads(), found.length))) {
      workers.each(
          found.length,
          number -> {
            if (stop.getAsBoolean()) {
              throw UserException.failure(
                  "stopped after " + done + " recognisers; there is no result yet");
            }
            // The same seed in every arm: the same first weights, so that arms are compared in
            // pairs.
            int k = number % options.seeds();
            long seed = RandomStream.of(options.seed(), Purpose.CHECKING, -1 - k).nextLong();
            try (Recogniser recogniser = new Recogniser(data.realTrain().classes().size(), seed)) {
              recogniser.train(batches.get(number / options.seeds()), options.steps(), seed);
              boolean judges = arms.get(number / options.seeds()) == LABEL_JUDGE;
              found[number] = recogniser.recognise(judges ? both : test);
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

  private static List<Arm> arms(UtilityData data, Consumer<String> warn) {
    List<Arm> arms = new ArrayList<>(List.of(Arm.values()));
    for (int label = 0; label < data.synthetic().classes().size(); label++) {
      if (UtilityData.count(data.synthetic(), label) == 0) {
        arms.remove(Arm.SYNTHETIC);
        warn.accept(
            "there are no synthetic images of "
                + data.synthetic().classes().get(label)
                + ", so it is trained on real ones only and there is no arm of synthetic images alone");
      }
    }
    return arms;
  }

  private static UtilityResult result(
      UtilityData data,
      UtilityOptions options,
      Scores scores,
      List<Arm> arms,
      List<LabelCheck> labelChecks,
      List<String> warnings) {
    List<ArmResult> results = arms.stream().map(scores::result).toList();
    Comparison added = scores.compare(Arm.REAL_SYNTHETIC, Arm.REAL);
    Comparison onTop = scores.compare(Arm.REAL_CLASSICAL_SYNTHETIC, Arm.REAL_CLASSICAL);
    Comparison effect = scores.effectOfSynthetic();
    List<Comparison> comparisons = new ArrayList<>(List.of(effect, added, onTop));
    if (scores.has(Arm.SYNTHETIC)) {
      comparisons.add(scores.compare(Arm.SYNTHETIC, Arm.REAL));
    }
    comparisons.add(scores.compare(Arm.REAL_CLASSICAL, Arm.REAL));
    return new UtilityResult(
        Inoculum.program(),
        data.realTrain().classes(),
        counts(data.realTrain()),
        counts(data.realTest()),
        counts(data.synthetic()),
        UtilityData.SIZE,
        options.seeds(),
        options.steps(),
        Batches.SIZE,
        options.seed(),
        Bootstrap.DEFAULT.level(),
        results,
        comparisons,
        labelChecks,
        effect.outcome(),
        Verdict.of(effect, onTop),
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
