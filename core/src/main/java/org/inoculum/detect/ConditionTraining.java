package org.inoculum.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Workers;
import org.jspecify.annotations.Nullable;

/** Trains the detectors of a test and scores them on the test fields, each once. */
final class ConditionTraining implements AutoCloseable {
  private final FieldsData data;
  private final FieldsOptions options;
  private final List<FieldsCondition> conditions;
  private final Precision precision;
  private final FieldsExperiment.Listener listener;
  private final BooleanSupplier stop;
  private final double tolerance;
  private final boolean[] half;
  private final Map<Job, DetectorScores> scores = new HashMap<>();
  private final Map<Job, DetectorNetwork> firsts = new HashMap<>();

  /**
   * A detector to train.
   *
   * @param condition index of what it is trained on
   * @param repeat which seed
   * @param steps how long
   */
  record Job(int condition, int repeat, int steps) {}

  ConditionTraining(
      FieldsData data,
      FieldsOptions options,
      List<FieldsCondition> conditions,
      Precision precision,
      FieldsExperiment.Listener listener,
      BooleanSupplier stop) {
    this.data = data;
    this.options = options;
    this.conditions = conditions;
    this.precision = precision;
    this.listener = listener;
    this.stop = stop;
    tolerance = FieldsExperiment.TOLERANCE * data.medianSide() * data.scale();
    half = half(data, options.seed());
  }

  /** Trains those that are not trained yet. */
  void train(List<Job> wanted) {
    List<Job> jobs = wanted.stream().filter(job -> !scores.containsKey(job)).toList();
    int[] done = new int[1];
    try (Workers workers = Workers.start(jobs.size(), Math.min(options.threads(), jobs.size()))) {
      workers.each(
          jobs.size(),
          number -> {
            train(jobs.get(number));
            synchronized (done) {
              listener.trained(++done[0], jobs.size(), jobs.get(number).steps());
            }
          });
    }
  }

  private void train(Job job) {
    int classes = data.labels().classes().size();
    // The same seed in every condition, so that conditions are compared in pairs.
    long seed = RandomStream.of(options.seed(), Purpose.CHECKING, -1 - job.repeat()).nextLong();
    List<List<DetectorField>> sets = conditions.get(job.condition()).sets(data, seed);
    DetectorNetwork network =
        DetectorTraining.train(sets, classes, job.steps(), seed, precision, stop);
    List<List<Detection>> found = new ArrayList<>();
    for (DetectorField field : data.heldOut()) {
      found.add(DetectorLooking.look(network, field.density(), precision));
    }
    DetectorScores scored = new DetectorScores(data.heldOut(), found, classes, tolerance, half);
    boolean kept = job.repeat() == 0 && options.keep();
    synchronized (scores) {
      scores.put(job, scored);
      if (kept) {
        firsts.put(job, network);
      }
    }
    if (!kept) {
      network.close();
    }
  }

  /** The scores of a trained detector. */
  DetectorScores scores(Job job) {
    return Objects.requireNonNull(scores.get(job), "not trained");
  }

  /** The scores by condition and seed. */
  List<List<DetectorScores>> all(int steps) {
    List<List<DetectorScores>> all = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      List<DetectorScores> repeats = new ArrayList<>();
      for (int k = 0; k < options.repeats(); k++) {
        repeats.add(scores(new Job(i, k, steps)));
      }
      all.add(repeats);
    }
    return all;
  }

  /** Hands over the network of a first seed; null where none was kept. */
  @Nullable DetectorNetwork take(int condition, int steps) {
    return firsts.remove(new Job(condition, 0, steps));
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

  @Override
  public void close() {
    firsts.values().forEach(DetectorNetwork::close);
  }
}
