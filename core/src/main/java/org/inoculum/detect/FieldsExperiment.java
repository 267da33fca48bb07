package org.inoculum.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.inoculum.metric.Bootstrap;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
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
    /** So many detectors of so many that are trained for these steps are trained and evaluated. */
    void trained(int done, int of, int steps);
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
        FieldsCondition.of(
            data.train().size(), options.annotated(), List.copyOf(data.synthetic().keySet()));
    Precision settled = Engine.start(options.threads(), precision).precision();
    try (ConditionTraining training =
        new ConditionTraining(data, options, conditions, settled, listener, stop)) {
      Optional<Plateau> plateau =
          options.toPlateau() ? Optional.of(plateau(training, conditions, options)) : empty();
      int steps = plateau.map(Plateau::steps).orElse(options.steps());
      List<ConditionTraining.Job> jobs = new ArrayList<>();
      for (int i = 0; i < conditions.size(); i++) {
        for (int k = 0; k < options.repeats(); k++) {
          jobs.add(new ConditionTraining.Job(i, k, steps));
        }
      }
      training.train(jobs);
      List<List<DetectorScores>> scores = training.all(steps);
      FieldsResult result = result(data, options, conditions, steps, plateau, scores, warnings);
      Optional<Detector> kept =
          options.keep() ? Optional.of(keep(data, result, scores, training)) : Optional.empty();
      return new Outcome(result, kept);
    }
  }

  private static Optional<Plateau> empty() {
    return Optional.empty();
  }

  /** Watches all annotated fields, and composed ones alone: what the test compares. */
  private static Plateau plateau(
      ConditionTraining training, List<FieldsCondition> conditions, FieldsOptions options) {
    int all = conditions.stream().mapToInt(FieldsCondition::annotated).max().orElse(0);
    List<Integer> watched = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      FieldsCondition one = conditions.get(i);
      if ((one.annotated() == all && one.composed().isEmpty())
          || (one.annotated() == 0
              && (one.composed().equals(FieldsCondition.COMPOSED) || watched.isEmpty()))) {
        watched.add(i);
      }
    }
    return Plateau.find(
        options.steps(),
        watched,
        steps ->
            training.train(
                watched.stream().map(i -> new ConditionTraining.Job(i, 0, steps)).toList()),
        (condition, steps) ->
            training.scores(new ConditionTraining.Job(condition, 0, steps)).averagePrecision());
  }

  private static FieldsResult result(
      FieldsData data,
      FieldsOptions options,
      List<FieldsCondition> conditions,
      int steps,
      Optional<Plateau> plateau,
      List<List<DetectorScores>> scores,
      List<String> warnings) {
    ConditionStatistics statistics =
        new ConditionStatistics(
            data.heldOut(),
            options.grades(),
            new Bootstrap(
                Bootstrap.DEFAULT.resamples(), Bootstrap.DEFAULT.level(), options.seed()));
    List<ConditionScores> results = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      results.add(statistics.scores(conditions.get(i), scores.get(i)));
    }
    List<ConditionDifference> differences = new ArrayList<>();
    int all = data.train().size();
    int annotated = conditions.indexOf(new FieldsCondition(all, ""));
    int composed = conditions.indexOf(new FieldsCondition(0, FieldsCondition.COMPOSED));
    int both = conditions.indexOf(new FieldsCondition(all, FieldsCondition.COMPOSED));
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
    for (int i = 0; composed >= 0 && i < conditions.size(); i++) {
      if (i != composed && conditions.get(i).annotated() == 0) {
        differences.add(compare(statistics, conditions, scores, composed, i));
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
        steps,
        steps(plateau, conditions),
        plateau.map(Plateau::flat).orElse(null),
        TrainingCrops.BATCH,
        options.seed(),
        Bootstrap.DEFAULT.level(),
        options.grades(),
        data.heldOut().stream().map(DetectorField::name).toList(),
        data.heldOut().stream().map(field -> field.targets().size()).toList(),
        results,
        differences,
        worth,
        FieldsVerdict.of(
            results, differences, worth, steps, plateau.map(Plateau::flat).orElse(null)),
        warnings);
  }

  private static List<FieldsResult.Steps> steps(
      Optional<Plateau> plateau, List<FieldsCondition> conditions) {
    return plateau.map(Plateau::points).orElse(List.of()).stream()
        .map(
            point ->
                new FieldsResult.Steps(
                    conditions.get(point.condition()).describe(), point.steps(), point.ap()))
        .toList();
  }

  private static Map<String, List<DetectorField>> sets(FieldsData data) {
    Map<String, List<DetectorField>> sets = new LinkedHashMap<>();
    sets.put("train", data.train());
    sets.put("heldOut", data.heldOut());
    data.synthetic()
        .forEach(
            (name, set) ->
                sets.put(name.equals(FieldsCondition.COMPOSED) ? "synthetic" : name, set));
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
      ConditionTraining training) {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      best = result.conditions().get(i).ap() > result.conditions().get(best).ap() ? i : best;
    }
    ConditionScores scored = result.conditions().get(best);
    DetectorNetwork network = Objects.requireNonNull(training.take(best, result.steps()));
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
