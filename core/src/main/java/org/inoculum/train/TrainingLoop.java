package org.inoculum.train;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.run.Checkpoint;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;

/**
 * The loop that all presets share: iterations of a family's {@link Trainer} until the budget is
 * used up, with sample grids, snapshots, checkpoints and the way back from a divergence.
 */
final class TrainingLoop {
  /** Learning rates after a divergence, relative to before. */
  private static final double CAUTION = 0.5;

  /** Shorter trainings say nothing of what their checkpoints took. */
  private static final double WORTH_TELLING_SECONDS = 60;

  private final TrainConfig config;
  private final Trainer trainer;
  private final TrainingRecord record;
  private final CheckpointPlan plan;
  private final Evaluator evaluator;
  private final long perEpoch;
  private final CheckpointMetadata start;
  private Pace pace = new Pace(0);

  // Where the training stands; a checkpoint holds all of it.
  private long iteration;
  private double seconds;
  private double progress;
  private double learningRateFactor = 1;
  private boolean recovered;

  // Of the newest checkpoint; they decide when the next is due, and nothing else.
  private long savedAt = -1;
  private double savedSeconds;
  private double saveCost;

  /** Of this process. */
  private double allSaveCosts;

  private int saves;

  TrainingLoop(
      TrainConfig config,
      Trainer trainer,
      TrainingRecord record,
      CheckpointPlan plan,
      Evaluator evaluator,
      long perEpoch,
      CheckpointMetadata start) {
    this.config = config;
    this.trainer = trainer;
    this.record = record;
    this.plan = plan;
    this.evaluator = evaluator;
    this.perEpoch = perEpoch;
    this.start = start;
  }

  /** Leaves a status that says why, whatever ends the training. */
  RunStatus run(Optional<Checkpoint> checkpoint, BooleanSupplier stop) {
    try {
      if (checkpoint.isPresent()) {
        resumeAt(checkpoint.get());
      } else {
        record.seekTo(0);
        evaluator.seekTo();
      }
      return loop(stop);
    } catch (UserException e) {
      UserException told = e.kind() == UserException.Kind.STORAGE ? withWayOn(e) : e;
      if (e.kind() != UserException.Kind.USAGE) {
        record.failed(iteration, seconds, String.valueOf(told.getMessage()));
      }
      throw told;
    } catch (RuntimeException | Error e) {
      record.failed(iteration, seconds, e.toString());
      throw e;
    }
  }

  private void resumeAt(Checkpoint checkpoint) {
    restore(checkpoint);
    if (progress >= 1 && record.run().state().equals(Optional.of(State.FINISHED))) {
      throw UserException.usage(
          record.run().path()
              + " is finished: its budget of "
              + config.budget().describe()
              + " is used up; give a larger one, which counts from the beginning");
    }
    record.seekTo(iteration);
    evaluator.seekTo();
    record.log("resumed at iteration " + iteration + " by " + Inoculum.program());
    CheckpointMetadata saved = CheckpointMetadata.of(checkpoint);
    if (saved.threads() != start.threads() || !saved.precision().equals(start.precision())) {
      record.log(
          String.format(
              Locale.ROOT,
              "the checkpoint was written with %d threads in %s and goes on with %d in %s: results will not be the bits of"
                  + " an uninterrupted training",
              saved.threads(),
              saved.precision(),
              start.threads(),
              start.precision()));
    }
    record.status(State.RUNNING, iteration, seconds, "");
  }

  private RunStatus loop(BooleanSupplier stop) {
    long begun = System.nanoTime();
    if (iteration == 0) {
      record.sampleGrid(trainer, 0);
      checkpoint(); // so that there is always something to go back to
    }
    boolean end = progress >= 1 || stop.getAsBoolean();
    while (!end) {
      Iteration step = new Iteration(iteration + 1, progress, learningRateFactor);
      Map<String, Double> measured = trainer.run(step);
      boolean diverged = !measured.values().stream().allMatch(Double::isFinite);
      if (!diverged) {
        advance(step.iteration(), measured);
        end = progress >= 1 || stop.getAsBoolean();
        boolean sampleGrid = iteration % config.recipe().sampleEvery() == 0;
        boolean checkpoint = plan.due(iteration, seconds - savedSeconds, saveCost);
        diverged = (end || sampleGrid || checkpoint) && !weightsAreFinite();
        if (!diverged && sampleGrid) {
          trainer.remarks(iteration).forEach(record::log);
          save(State.RUNNING);
        }
        if (!diverged && checkpoint) {
          checkpoint();
        }
      }
      if (diverged) {
        String trouble =
            "the losses or weights at iteration "
                + step.iteration()
                + " are not numbers "
                + measured;
        Optional<Checkpoint> good =
            recovered ? Optional.empty() : record.run().newestCheckpoint(record::log);
        if (good.isEmpty()) {
          return diverged(trouble);
        }
        goBack(good.get(), trouble);
        end = false;
      }
    }
    checkpoint();
    double trained = (System.nanoTime() - begun) / 1e9;
    if (trained >= WORTH_TELLING_SECONDS) {
      record.log(
          String.format(
              Locale.ROOT,
              "%d checkpoints took %.2f %% of the time",
              saves,
              100 * allSaveCosts / trained));
    }
    return save(progress >= 1 ? State.FINISHED : State.STOPPED);
  }

  /** An iteration is done. */
  private void advance(long done, Map<String, Double> measured) {
    iteration = done;
    seconds = pace.seconds();
    double kimg = config.kimg(iteration);
    progress = config.budget().progress(iteration, kimg, seconds, perEpoch);
    record.log(trainer.line(iteration, perEpoch, measured));
    record.progress(
        new Progress(
            iteration, kimg, seconds, pace.imagesPerSecond(seconds, kimg), measured, progress));
  }

  private RunStatus save(State state) {
    record.sampleGrid(trainer, iteration);
    record.snapshot(trainer, iteration);
    // A stop is no end, or a resumed training would show where it was.
    if (evaluator.due(iteration, state == State.FINISHED)) {
      evaluator.evaluate(trainer, iteration, progress);
    }
    return record.status(state, iteration, seconds, "");
  }

  private void checkpoint() {
    if (savedAt == iteration) {
      return;
    }
    double before = pace.seconds();
    record.checkpoint(
        trainer,
        new CheckpointMetadata(
            Inoculum.program(),
            iteration,
            seconds,
            learningRateFactor,
            recovered,
            start.threads(),
            start.precision(),
            start.dataSha256(),
            trainer.state().scalars()));
    savedAt = iteration;
    savedSeconds = pace.seconds();
    saveCost = savedSeconds - before;
    allSaveCosts += saveCost;
    saves++;
  }

  private boolean weightsAreFinite() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (Tensor tensor : trainer.state().tensors().values()) {
        if (!tensor.isfinite().all().item_bool()) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * To the newest whole checkpoint, with half the learning rate. SamplingPlan repeat, so only the
   * learning rate can make a difference.
   */
  private void goBack(Checkpoint checkpoint, String trouble) {
    restore(checkpoint);
    recovered = true;
    learningRateFactor *= CAUTION;
    record.seekTo(iteration);
    record.run().removeAfter(iteration);
    evaluator.seekTo();
    record.warn(
        trouble
            + "; back to iteration "
            + iteration
            + " with half the learning rate; if it happens again, the training stops");
  }

  private RunStatus diverged(String trouble) {
    return record.status(
        State.DIVERGED,
        iteration,
        seconds,
        trouble
            + ", so the training stopped; what was saved before is in "
            + record.run().path()
            + "; try --precision f32 or a smaller --set learningRate");
  }

  /** What could not be written, and what the user still has. */
  private UserException withWayOn(UserException failure) {
    return UserException.storage(
        failure.getMessage()
            + "; the training stopped at iteration "
            + iteration
            + (savedAt < 0
                ? ""
                : " and its checkpoint of iteration "
                    + savedAt
                    + " is whole: `inoculum resume "
                    + record.run().path()
                    + "` goes on from there"),
        failure);
  }

  /** Continues from a checkpoint. */
  private void restore(Checkpoint checkpoint) {
    CheckpointMetadata.restore(checkpoint, trainer);
    CheckpointMetadata point = CheckpointMetadata.of(checkpoint);
    iteration = point.iteration();
    seconds = point.seconds();
    learningRateFactor = point.learningRateFactor();
    recovered = point.recovered();
    pace = new Pace(seconds);
    progress = config.budget().progress(iteration, config.kimg(iteration), seconds, perEpoch);
    savedAt = iteration;
    savedSeconds = seconds;
  }
}
