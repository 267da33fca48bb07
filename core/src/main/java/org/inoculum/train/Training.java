package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.Manifest;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.files.Json;
import org.inoculum.run.Checkpoint;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunLock;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.Engine;

/**
 * Trains a generator on a data set, in a new run directory or going on in one. {@link TrainingLoop}
 * is the loop, and the {@link Steps} of each family are its iterations.
 */
public final class Training {
  /**
   * Trains with no images held out in a folder of their own; otherwise as {@link
   * #train(TrainConfig, DataSet, Optional, RunPlace, CheckpointPlan, TrainingListener,
   * BooleanSupplier)}.
   */
  public static RunStatus train(
      TrainConfig config,
      DataSet data,
      RunPlace place,
      CheckpointPlan plan,
      TrainingListener listener,
      BooleanSupplier stop) {
    return train(config, data, Optional.empty(), place, plan, listener, stop);
  }

  /**
   * Trains until the budget is used up or {@code stop} says so, and leaves a run directory.
   *
   * @param heldOut where the configuration says that the training is judged by such a folder
   * @param place where the run goes and what is written about its origin
   * @param plan how often a checkpoint is written
   * @param stop asked between two iterations; everything is saved before the method returns
   * @return the status that was written last: finished or stopped
   * @throws UserException of kind FAILURE if a loss is not a number for the second time, STORAGE if
   *     something cannot be written; the run keeps what was saved before
   */
  public static RunStatus train(
      TrainConfig config,
      DataSet data,
      Optional<HeldOutFolder> heldOut,
      RunPlace place,
      CheckpointPlan plan,
      TrainingListener listener,
      BooleanSupplier stop) {
    Reference reference = Reference.of(config, data, heldOut);
    Engine engine = Engine.start(config.threads(), config.precision());
    RunDirectory run =
        TrainingRecord.create(config, data, reference, place, engine, listener::preparing);
    try (RunLock lock = RunLock.acquire(run)) {
      TrainingRecord record = TrainingRecord.of(config, reference.training(), run, listener);
      return run(config, data, reference, engine, record, plan, Optional.empty(), stop);
    }
  }

  /** Resumes a run with no images held out in a folder of their own. */
  public static RunStatus resume(
      RunDirectory run,
      DataSet data,
      Resumption wish,
      TrainingListener listener,
      BooleanSupplier stop) {
    return resume(run, data, Optional.empty(), wish, listener, stop);
  }

  /**
   * Goes on where a run stopped, as if it never had: on the same machine with as many threads, the
   * same bytes. (With a budget of minutes, schedules follow the clock, so that holds for the same
   * recorded times.)
   *
   * @param data the run's own training images
   * @param heldOut the run's own held-out images, where they lie in a folder of their own
   * @return the status that was written last
   * @throws UserException of kind USAGE if the data or the configuration is another or the budget
   *     is used up, STORAGE if another process is training the run; otherwise as {@link #train}
   */
  public static RunStatus resume(
      RunDirectory run,
      DataSet data,
      Optional<HeldOutFolder> heldOut,
      Resumption wish,
      TrainingListener listener,
      BooleanSupplier stop) {
    TrainConfig before = TrainConfig.read(run.config());
    TrainConfig config =
        before.with(wish.budget().orElse(before.budget()), wish.threads().orElse(before.threads()));
    ResumeCheck.requireSameData("training images", run.dataset(Manifest.class), data.manifest());
    Reference reference = Reference.of(config, data, heldOut);
    reference.requireSame(run);
    try (RunLock lock = RunLock.acquire(run)) {
      if (run.state().equals(Optional.of(State.DIVERGED))) {
        throw UserException.usage(
            run.path()
                + " has diverged and would do so again; train a new run with a smaller --set learningRate");
      }
      List<String> warnings = new ArrayList<>();
      Optional<Checkpoint> checkpoint = run.newestCheckpoint(warnings::add);
      if (checkpoint.isEmpty() && !warnings.isEmpty()) {
        throw UserException.badData(
            run.path()
                + " cannot be resumed, because none of its checkpoints is whole: "
                + String.join("; ", warnings)
                + "; its snapshots are still of use; train a new run");
      }
      checkpoint.ifPresent(
          saved -> ResumeCheck.requireSameConfig(saved.text(TrainingPoint.CONFIG), config));
      Engine engine = Engine.start(config.threads(), config.precision());
      run.writeConfig(Json.document(config));
      run.mendLog();
      TrainingRecord record = TrainingRecord.of(config, reference.training(), run, listener);
      warnings.forEach(record::say);
      return run(config, data, reference, engine, record, wish.plan(), checkpoint, stop);
    }
  }

  private static RunStatus run(
      TrainConfig config,
      DataSet data,
      Reference reference,
      Engine engine,
      TrainingRecord record,
      CheckpointPlan plan,
      Optional<Checkpoint> checkpoint,
      BooleanSupplier stop) {
    OfflineAugmentation augmentation = augmentation(config, data);
    RunStatus status;
    boolean symmetric = config.recipe().symmetric();
    try (RealImages reals =
            RealImages.of(reference.training(), augmentation, config.seed(), symmetric);
        Steps steps = steps(config, reals, reference, engine);
        Judging judging = new Judging(config, reference, record, Judging.Effort.DEFAULT)) {
      record.say(
          String.format(
              Locale.ROOT,
              "%d images, augmentation %s: %d to train on; %s, %d threads",
              reference.training().samples().size(),
              augmentation.word(),
              reals.count(),
              precision(engine),
              config.threads()));
      FewImages.warnings(reference.training()).forEach(record::say);
      record.say(judging.words());
      TrainingPoint start =
          TrainingPoint.start(config.threads(), precision(engine), data.manifest().sha256());
      long perEpoch = Math.max(1, reals.count() / config.batch());
      TrainingLoop loop = new TrainingLoop(config, steps, record, plan, judging, perEpoch, start);
      status = loop.run(checkpoint, stop);
    }
    if (status.state() == State.DIVERGED) {
      throw UserException.failure(status.message());
    }
    return status;
  }

  /**
   * Which off-line augmentation a training applies: none to a folder that {@code prepare} has
   * augmented, nor to idx files, whose digits are many already and mean something else when they
   * are turned or mirrored.
   */
  public static OfflineAugmentation augmentation(TrainConfig config, DataSet data) {
    boolean asItIs = data.augmentation() != OfflineAugmentation.NONE || data.fromIdx();
    return asItIs ? OfflineAugmentation.NONE : config.recipe().augmentationBefore();
  }

  private static Steps steps(
      TrainConfig config, RealImages reals, Reference reference, Engine engine) {
    return switch (config.preset()) {
      case CLASSIC ->
          new ClassicSteps(config, (ClassicRecipe) config.recipe(), reals, engine.precision());
      case MODERN, TINY ->
          new ModernSteps(
              config,
              (ModernRecipe) config.recipe(),
              reals,
              reference.by() == JudgedBy.TRAINING_IMAGES
                  ? Optional.empty()
                  : Optional.of(
                      RealImages.heldOut(reference, config.seed(), config.recipe().symmetric())),
              engine.precision());
    };
  }

  private static String precision(Engine engine) {
    return engine.precision().name().toLowerCase(Locale.ROOT);
  }
}
