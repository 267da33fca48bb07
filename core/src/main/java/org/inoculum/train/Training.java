package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.run.Checkpoint;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunLock;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.Engine;

/**
 * Trains a generator on a data set, in a new run directory or going on in one. {@link TrainingLoop}
 * is the loop, and the {@link Trainer} of each family are its iterations.
 */
public final class Training {
  /**
   * Trains with no images held out in a folder of their own; otherwise as {@link
   * #train(TrainConfig, DataSet, Optional, RunTarget, CheckpointPlan, TrainingListener,
   * BooleanSupplier)}.
   */
  public static RunStatus train(
      TrainConfig config,
      DataSet data,
      RunTarget place,
      CheckpointPlan plan,
      TrainingListener listener,
      BooleanSupplier stop) {
    return train(config, data, Optional.empty(), place, plan, listener, stop);
  }

  /**
   * Trains until the budget is used up or {@code stop} says so, and leaves a run directory.
   *
   * @param heldOut where the configuration says that the training is evaluated on such a folder
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
      RunTarget place,
      CheckpointPlan plan,
      TrainingListener listener,
      BooleanSupplier stop) {
    ValidationSet validation = ValidationSet.of(config, data, heldOut);
    Engine engine = Engine.start(config.threads(), config.precision());
    RunDirectory run =
        TrainingRecord.create(config, data, validation, place, engine, listener::preparing);
    try (RunLock lock = RunLock.acquire(run)) {
      TrainingRecord record = TrainingRecord.of(config, validation.training(), run, listener);
      return run(config, data, validation, engine, record, plan, Optional.empty(), stop);
    }
  }

  /** Resumes a run with no images held out in a folder of their own. */
  public static RunStatus resume(
      RunDirectory run,
      DataSet data,
      ResumeOptions wish,
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
      ResumeOptions wish,
      TrainingListener listener,
      BooleanSupplier stop) {
    Lost lost = new Lost(run);
    TrainConfig before = lost.config();
    TrainConfig config =
        before.with(wish.budget().orElse(before.budget()), wish.threads().orElse(before.threads()));
    lost.requireSameData(data.manifest());
    ValidationSet validation = ValidationSet.of(config, data, heldOut);
    lost.requireSame(validation);
    try (RunLock lock = RunLock.acquire(run)) {
      if (run.state().equals(Optional.of(State.DIVERGED))) {
        throw UserException.usage(
            run.path()
                + " has diverged and would do so again; train a new run with a smaller --set learningRate");
      }
      run.restoreFolders();
      run.sweep();
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
          saved -> ResumeCheck.requireSameConfig(saved.text(CheckpointMetadata.CONFIG), config));
      Engine engine = Engine.start(config.threads(), config.precision());
      run.writeConfig(config.document());
      lost.restore();
      run.repairLog();
      TrainingRecord record = TrainingRecord.of(config, validation.training(), run, listener);
      warnings.forEach(record::log);
      lost.sentences().forEach(record::warn);
      return run(config, data, validation, engine, record, wish.plan(), checkpoint, stop);
    }
  }

  /**
   * The configuration of a run; where {@code config.json} is damaged, that of its newest
   * checkpoint.
   *
   * @throws UserException if there is none
   */
  public static TrainConfig config(RunDirectory run) {
    return new Lost(run).config();
  }

  private static RunStatus run(
      TrainConfig config,
      DataSet data,
      ValidationSet validation,
      Engine engine,
      TrainingRecord record,
      CheckpointPlan plan,
      Optional<Checkpoint> checkpoint,
      BooleanSupplier stop) {
    OfflineAugmentation augmentation = augmentation(config, data);
    RunStatus status;
    boolean d4Symmetry = config.recipe().d4Symmetry();
    try (RealImages reals =
            RealImages.of(validation.training(), augmentation, config.seed(), d4Symmetry);
        Trainer trainer = trainer(config, reals, validation, engine);
        Evaluator evaluator = new Evaluator(config, validation, record, Evaluator.Effort.DEFAULT)) {
      record.log(
          String.format(
              Locale.ROOT,
              "%d images, augmentation %s: %d to train on; %s, %d threads",
              validation.training().samples().size(),
              augmentation.label(),
              reals.count(),
              precision(engine),
              config.threads()));
      FewImages.warnings(validation.training()).forEach(record::log);
      trainer.describe().forEach(record::log);
      record.log(evaluator.describe());
      CheckpointMetadata start =
          CheckpointMetadata.start(config.threads(), precision(engine), data.manifest().sha256());
      long perEpoch = Math.max(1, reals.count() / config.batch());
      TrainingLoop loop =
          new TrainingLoop(config, trainer, record, plan, evaluator, perEpoch, start);
      status = loop.run(checkpoint, stop);
    }
    if (status.state() == State.DIVERGED) {
      throw UserException.failure(status.message());
    }
    return status;
  }

  /**
   * Which offline augmentation a training applies: none to a folder that {@code prepare} has
   * augmented, nor to idx files, whose digits are many already and mean something else when they
   * are turned or mirrored.
   */
  public static OfflineAugmentation augmentation(TrainConfig config, DataSet data) {
    boolean asItIs = data.augmentation() != OfflineAugmentation.NONE || data.fromIdx();
    return asItIs ? OfflineAugmentation.NONE : config.recipe().augmentationBefore();
  }

  private static Trainer trainer(
      TrainConfig config, RealImages reals, ValidationSet validation, Engine engine) {
    return switch (config.preset()) {
      case CLASSIC ->
          new ClassicTrainer(config, (ClassicRecipe) config.recipe(), reals, engine.precision());
      case MODERN, TINY ->
          new ModernTrainer(
              config,
              (ModernRecipe) config.recipe(),
              reals,
              validation.by() == ValidationSource.TRAINING_IMAGES
                  ? Optional.empty()
                  : Optional.of(
                      RealImages.heldOut(validation, config.seed(), config.recipe().d4Symmetry())),
              engine.precision());
    };
  }

  private static String precision(Engine engine) {
    return engine.precision().name().toLowerCase(Locale.ROOT);
  }
}
