package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.evaluate.HeldOutScore;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.Checkpoint;
import org.inoculum.run.ReadEvents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunLock;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.PrecisionChoice;

/** A training of {@link TinyTrainer}: the real loop, run directory and checkpoints. */
final class TinyRun {
  static final int ITERATIONS = 9;

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "config.json",
          FormatVersion.document(config()),
          "status.json",
          Json.document(new RunStatus(State.RUNNING, 0, 0, 0, 0, "")));

  private static final DataSet REALS = reals();

  /** At every sample grid: so that the same lines come of it again. */
  private static final Evaluator.Effort EVERY_SAMPLE_GRID = new Evaluator.Effort(1_000_000, 12);

  private TinyRun() {}

  static RunDirectory create(Path runs) {
    return RunDirectory.create(runs, "tiny", DOCUMENTS);
  }

  static RunStatus go(RunDirectory run) {
    return go(run, new TinyTrainer(1), new ArrayList<>());
  }

  private static DataSet reals() {
    List<Sample> reals = new ArrayList<>();
    for (int i = 0; i < HeldOutScore.LEAST_HELD_OUT; i++) {
      short[] grey = new short[64];
      RandomStream random = RandomStream.of(1, Purpose.DRAWING, i);
      for (int j = 0; j < grey.length; j++) {
        grey[j] = (short) random.nextInt(256);
      }
      reals.add(new Sample(i + ".png", 0, new Image(8, 8, 1, 8, grey), "image " + i));
    }
    return new DataSet("noise", List.of("noise"), 8, 1, reals, OfflineAugmentation.NONE, List.of());
  }

  /** Trains to the end from wherever the run stands; a checkpoint every third iteration. */
  static RunStatus go(RunDirectory run, TinyTrainer trainer, List<String> lines) {
    return go(run, trainer, config(), lines);
  }

  static RunStatus go(
      RunDirectory run, TinyTrainer trainer, TrainConfig config, List<String> lines) {
    try (RunLock lock = RunLock.acquire(run);
        trainer) {
      Optional<Checkpoint> checkpoint = run.newestCheckpoint(lines::add);
      run.repairLog();
      TrainingRecord record =
          new TrainingRecord(
              config,
              run,
              new TrainingListener() {
                @Override
                public void started(RunDirectory started) {}

                @Override
                public void line(String text) {
                  lines.add(text);
                }

                @Override
                public void progressed(Progress progress) {}
              },
              50);
      ValidationSet validation = ValidationSet.of(config, REALS, Optional.empty());
      try (Evaluator evaluator = new Evaluator(config, validation, record, EVERY_SAMPLE_GRID)) {
        return new TrainingLoop(
                config,
                trainer,
                record,
                CheckpointPlan.everyIterations(3),
                evaluator,
                1,
                CheckpointMetadata.start(1, "f32", "data"))
            .run(checkpoint, () -> false);
      }
    }
  }

  /** Everything that a training leaves for good, but for times: of the final state and the way. */
  static String fingerprint(RunDirectory run) {
    Checkpoint last = run.newestCheckpoint(warning -> {}).orElseThrow();
    List<Progress> progress = stats(run);
    assertThat(progress.stream().map(Progress::iteration))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last.iteration()).boxed().toList());
    assertThat(ReadEvents.steps(run, "kimg"))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last.iteration()).boxed().toList());
    return last.iteration()
        + " "
        + Sha256.of(last.file(CheckpointMetadata.STATE))
        + " "
        + CheckpointMetadata.of(last).scalars()
        + " "
        + progress.stream().map(Progress::measured).toList()
        + " "
        + run.newestSnapshot(warning -> {}).orElseThrow().info()
        + " "
        + run.metrics(EvaluationRecord.class)
        + " best "
        + run.best().stream().mapToObj(run::snapshot).map(Snapshot::info).toList();
  }

  static List<Progress> stats(RunDirectory run) {
    return Json.readLines(run.path().resolve("stats.jsonl"), Map.class).stream()
        .map(Progress::ofLine)
        .toList();
  }

  static TrainConfig config() {
    ClassicRecipe article = ClassicRecipe.ARTICLE;
    return new TrainConfig(
        Preset.CLASSIC,
        new Budget(Budget.Unit.ITERATIONS, ITERATIONS),
        2,
        8,
        1,
        1,
        1,
        PrecisionChoice.F32,
        new ClassicRecipe(
            4,
            article.learningRate(),
            article.beta1(),
            article.beta2(),
            article.epsilon(),
            article.dropout(),
            article.loss(),
            article.augmentation(),
            4,
            2,
            1));
  }
}
