package org.inoculum.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.inoculum.metric.Bootstrap;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The test whether composed fields help a detector: the same one with the same number of gradient
 * steps on 1, 3, 9 … annotated fields, on composed ones and on both, compared on annotated fields
 * that none has seen. The same seed and machine give the same numbers, with any number of threads.
 */
public final class FieldsExperiment {
  /** Centres may miss by this share of the usual longer side of a box. */
  static final double TOLERANCE = 0.43;

  private FieldsExperiment() {}

  /** Told after each detector. */
  @FunctionalInterface
  public interface Listener {
    /** So many detectors of so many are trained and evaluated. */
    void trained(int done, int of);
  }

  /**
   * The outcome.
   *
   * @param result what was measured
   * @param detector the first of the condition with the best AP, where it was asked for; the caller
   *     closes it
   */
  public record Outcome(FieldsResult result, Optional<Detector> detector) {}

  /**
   * Makes the test.
   *
   * @param groupBy finds in a field's name the group that stays on one side; null: each field is
   *     its own
   * @param warn is told in a sentence of anything odd
   * @param stop asked at every step
   * @throws UserException of kind BAD_DATA or USAGE about the fields; of kind FAILURE if it was
   *     stopped
   */
  public static Outcome run(
      FieldsSource source,
      @Nullable String groupBy,
      FieldsOptions options,
      PrecisionChoice precision,
      Listener listener,
      Consumer<String> warn,
      BooleanSupplier stop) {
    List<String> warnings = new ArrayList<>();
    Consumer<String> note =
        warning -> {
          warnings.add(warning);
          warn.accept(warning);
        };
    FieldsData data = FieldsData.read(source, groupBy, options.seed(), note);
    List<FieldsCondition> conditions =
        FieldsCondition.of(data.train().size(), !data.synthetic().isEmpty());
    Engine engine = Engine.start(options.threads(), precision);
    DetectorNetwork[] firsts = new DetectorNetwork[conditions.size()];
    try {
      List<List<DetectorScores>> scores =
          train(data, options, conditions, engine.precision(), firsts, listener, stop);
      FieldsResult result = result(data, options, conditions, scores, warnings);
      Optional<Detector> kept =
          options.keep() ? Optional.of(keep(data, result, scores, firsts)) : Optional.empty();
      return new Outcome(result, kept);
    } finally {
      for (DetectorNetwork first : firsts) {
        if (first != null) {
          first.close();
        }
      }
    }
  }

  /** The scores by condition and seed. */
  private static List<List<DetectorScores>> train(
      FieldsData data,
      FieldsOptions options,
      List<FieldsCondition> conditions,
      Precision precision,
      DetectorNetwork[] firsts,
      Listener listener,
      BooleanSupplier stop) {
    int classes = data.labels().classes().size();
    double tolerance = TOLERANCE * data.medianSide() * data.scale();
    boolean[] half = half(data, options.seed());
    int repeats = options.repeats();
    DetectorScores[] scores = new DetectorScores[conditions.size() * repeats];
    AtomicInteger done = new AtomicInteger();
    try (Workers workers =
        Workers.start(scores.length, Math.min(options.threads(), scores.length))) {
      workers.each(
          scores.length,
          number -> {
            int k = number % repeats;
            int condition = number / repeats;
            // The same seed in every condition, so that conditions are compared in pairs.
            long seed = RandomStream.of(options.seed(), Purpose.CHECKING, -1 - k).nextLong();
            List<List<DetectorField>> sets = conditions.get(condition).sets(data, seed);
            DetectorNetwork network =
                DetectorTraining.train(sets, classes, options.steps(), seed, precision, stop);
            List<List<Detection>> found = new ArrayList<>();
            for (DetectorField field : data.heldOut()) {
              found.add(DetectorLooking.look(network, field.density(), precision));
            }
            scores[number] = new DetectorScores(data.heldOut(), found, classes, tolerance, half);
            if (k == 0 && options.keep()) {
              firsts[condition] = network;
            } else {
              network.close();
            }
            synchronized (done) {
              listener.trained(done.incrementAndGet(), scores.length);
            }
          });
    }
    List<List<DetectorScores>> byCondition = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      byCondition.add(List.of(scores).subList(i * repeats, (i + 1) * repeats));
    }
    return byCondition;
  }

  /** Two halves of the test fields, drawn, for choosing thresholds: groups stay whole. */
  private static boolean[] half(FieldsData data, long seed) {
    List<String> groups =
        data.heldOut().stream().map(DetectorField::group).distinct().sorted().toList();
    RandomStream random = RandomStream.of(seed, Purpose.HELD_OUT, 1);
    List<String> left = new ArrayList<>(groups);
    List<String> first = new ArrayList<>();
    while (first.size() < groups.size() / 2) {
      first.add(left.remove(random.nextInt(left.size())));
    }
    boolean[] half = new boolean[data.heldOut().size()];
    for (int i = 0; i < half.length; i++) {
      half[i] = first.contains(data.heldOut().get(i).group());
    }
    return half;
  }

  private static FieldsResult result(
      FieldsData data,
      FieldsOptions options,
      List<FieldsCondition> conditions,
      List<List<DetectorScores>> scores,
      List<String> warnings) {
    ConditionStatistics statistics =
        new ConditionStatistics(
            data.heldOut(),
            new Bootstrap(
                Bootstrap.DEFAULT.resamples(), Bootstrap.DEFAULT.level(), options.seed()));
    List<ConditionScores> results = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      results.add(statistics.scores(conditions.get(i), scores.get(i)));
    }
    List<ConditionDifference> differences = new ArrayList<>();
    int all = data.train().size();
    int annotated = conditions.indexOf(new FieldsCondition(all, false));
    int composed = conditions.indexOf(new FieldsCondition(0, true));
    int both = conditions.indexOf(new FieldsCondition(all, true));
    Integer worth = null;
    if (composed >= 0 && annotated >= 0) {
      differences.add(compare(statistics, conditions, scores, composed, annotated));
      differences.add(compare(statistics, conditions, scores, both, annotated));
      worth = 0;
      for (int i = 0; i <= annotated; i++) {
        if (i < annotated) {
          differences.add(compare(statistics, conditions, scores, composed, i));
        }
        if (results.get(i).ap() <= results.get(composed).ap()) {
          worth = conditions.get(i).annotated();
        }
      }
    }
    Map<String, Integer> fields = new LinkedHashMap<>();
    Map<String, Long> cells = new LinkedHashMap<>();
    sets(data)
        .forEach(
            (name, set) -> {
              fields.put(name, set.size());
              cells.put(name, data.cells(set));
            });
    return new FieldsResult(
        Inoculum.program(),
        data.labels().classes(),
        fields,
        cells,
        data.medianSide(),
        data.scale(),
        TOLERANCE * data.medianSide(),
        options.repeats(),
        options.steps(),
        TrainingCrops.BATCH,
        options.seed(),
        Bootstrap.DEFAULT.level(),
        results,
        differences,
        worth,
        FieldsVerdict.of(results, differences, worth, options.steps()),
        warnings);
  }

  private static Map<String, List<DetectorField>> sets(FieldsData data) {
    Map<String, List<DetectorField>> sets = new LinkedHashMap<>();
    sets.put("train", data.train());
    sets.put("heldOut", data.heldOut());
    sets.put("synthetic", data.synthetic());
    return sets;
  }

  private static ConditionDifference compare(
      ConditionStatistics statistics,
      List<FieldsCondition> conditions,
      List<List<DetectorScores>> scores,
      int one,
      int other) {
    return statistics.compare(
        conditions.get(one), scores.get(one), conditions.get(other), scores.get(other));
  }

  private static Detector keep(
      FieldsData data,
      FieldsResult result,
      List<List<DetectorScores>> scores,
      DetectorNetwork[] firsts) {
    int best = 0;
    for (int i = 1; i < firsts.length; i++) {
      best = result.conditions().get(i).ap() > result.conditions().get(best).ap() ? i : best;
    }
    ConditionScores scored = result.conditions().get(best);
    DetectorNetwork network = firsts[best];
    firsts[best] = null; // the detector closes it
    return new Detector(
        network,
        new DetectorInfo(
            data.labels().classes(),
            data.scale(),
            java.util.Arrays.stream(scores.get(best).get(0).thresholds()).boxed().toList(),
            result.steps(),
            result.seed(),
            scored.condition(),
            String.format(
                Locale.ROOT,
                "AP by centre %.3f, count error %.2f a field, on %d fields with %d cells",
                scored.apByRepeat().get(0),
                scored.countErrorByRepeat().get(0),
                result.fields().getOrDefault("heldOut", 0),
                scored.cells())));
  }
}
