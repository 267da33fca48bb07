package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.Inoculum;
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
 * The loop that all presets share: iterations of a family's {@link Steps} until the budget is used
 * up, with pictures, snapshots, checkpoints and the way back from a divergence.
 */
public final class Training {
  /** Learning rates after a divergence, relative to before. */
  private static final double CAUTION = 0.5;

  private final TrainConfig config;
  private final Steps steps;
  private final TrainingRecord record;
  private final CheckpointPlan plan;
  private final long perEpoch;
  private final TrainingPoint start;
  private Pace pace = new Pace(0);

  // Where the training stands; a checkpoint holds all of it.
  private long iteration;
  private double seconds;
  private double used;
  private double learningRateFactor = 1;
  private boolean recovered;

  // Of the newest checkpoint; they decide when the next is due, and nothing else.
  private long savedAt = -1;
  private double savedSeconds;
  private double saveCost;

  Training(
      TrainConfig config,
      Steps steps,
      TrainingRecord record,
      CheckpointPlan plan,
      long perEpoch,
      TrainingPoint start) {
    this.config = config;
    this.steps = steps;
    this.record = record;
    this.plan = plan;
    this.perEpoch = perEpoch;
    this.start = start;
  }

  /**
   * Trains until the budget is used up or {@code stop} says so, and leaves a run directory.
   *
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
      RunPlace place,
      CheckpointPlan plan,
      TrainingListener listener,
      BooleanSupplier stop) {
    Engine engine = Engine.start(config.threads(), config.precision());
    RunDirectory run = TrainingRecord.create(config, data, place, engine);
    try (RunLock lock = RunLock.acquire(run)) {
      TrainingRecord record = TrainingRecord.of(config, data, run, listener);
      return run(config, data, engine, record, plan, Optional.empty(), stop);
    }
  }

  /**
   * Goes on where a run stopped, as if it never had: on the same machine with as many threads, the
   * same bytes. (With a budget of minutes, schedules follow the clock, so that holds for the same
   * recorded times.)
   *
   * @param data the run's own training images
   * @return the status that was written last
   * @throws UserException of kind USAGE if the data or the configuration is another or the budget
   *     is used up, STORAGE if another process is training the run; otherwise as {@link #train}
   */
  public static RunStatus resume(
      RunDirectory run,
      DataSet data,
      Resumption wish,
      TrainingListener listener,
      BooleanSupplier stop) {
    TrainConfig before = TrainConfig.read(run.config());
    TrainConfig config =
        before.with(wish.budget().orElse(before.budget()), wish.threads().orElse(before.threads()));
    ResumeCheck.requireSameData(run.dataset(Manifest.class), data.manifest());
    try (RunLock lock = RunLock.acquire(run)) {
      if (run.status().state() == State.DIVERGED) {
        throw UserException.usage(
            run.path()
                + " has diverged and would do so again; train a new run with a smaller --set learningRate");
      }
      List<String> warnings = new ArrayList<>();
      Optional<Checkpoint> checkpoint = run.newestCheckpoint(warnings::add);
      checkpoint.ifPresent(
          saved -> ResumeCheck.requireSameConfig(saved.text(TrainingPoint.CONFIG), config));
      Engine engine = Engine.start(config.threads(), config.precision());
      run.writeConfig(Json.document(config));
      run.mendLog();
      TrainingRecord record = TrainingRecord.of(config, data, run, listener);
      warnings.forEach(record::say);
      return run(config, data, engine, record, wish.plan(), checkpoint, stop);
    }
  }

  private static RunStatus run(
      TrainConfig config,
      DataSet data,
      Engine engine,
      TrainingRecord record,
      CheckpointPlan plan,
      Optional<Checkpoint> checkpoint,
      BooleanSupplier stop) {
    OfflineAugmentation augmentation = augmentation(config, data);
    RunStatus status;
    try (RealImages reals = RealImages.of(data, augmentation, config.seed());
        Steps steps = steps(config, reals, engine)) {
      record.say(
          String.format(
              Locale.ROOT,
              "%d images, augmentation %s: %d to train on; %s, %d threads",
              data.samples().size(),
              augmentation.word(),
              reals.count(),
              precision(engine),
              config.threads()));
      TrainingPoint start =
          TrainingPoint.start(config.threads(), precision(engine), data.manifest().sha256());
      long perEpoch = Math.max(1, reals.count() / config.batch());
      Training training = new Training(config, steps, record, plan, perEpoch, start);
      status = training.guarded(checkpoint, stop);
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
    return asItIs ? OfflineAugmentation.NONE : config.recipe().augmentation();
  }

  private static Steps steps(TrainConfig config, RealImages reals, Engine engine) {
    return switch (config.preset()) {
      case CLASSIC ->
          new ClassicSteps(config, (ClassicRecipe) config.recipe(), reals, engine.precision());
    };
  }

  private static String precision(Engine engine) {
    return engine.precision().name().toLowerCase(Locale.ROOT);
  }

  /** Leaves a status that says why, whatever ends the training. */
  RunStatus guarded(Optional<Checkpoint> checkpoint, BooleanSupplier stop) {
    try {
      if (checkpoint.isPresent()) {
        resumeAt(checkpoint.get());
      } else {
        record.run().cutStatsAfter(0);
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
    if (used >= 1 && record.run().status().state() == State.FINISHED) {
      throw UserException.usage(
          record.run().path()
              + " is finished: its budget of "
              + config.budget().words()
              + " is used up; give a larger one, which counts from the beginning");
    }
    record.run().cutStatsAfter(iteration);
    record.say("resumed at iteration " + iteration + " by " + Inoculum.program());
    TrainingPoint saved = TrainingPoint.of(checkpoint);
    if (saved.threads() != start.threads() || !saved.precision().equals(start.precision())) {
      record.say(
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
    if (iteration == 0) {
      record.picture(steps, 0);
      checkpoint(); // so that there is always something to go back to
    }
    boolean end = used >= 1 || stop.getAsBoolean();
    while (!end) {
      Step step = new Step(iteration + 1, used, learningRateFactor);
      Map<String, Double> measured = steps.run(step);
      boolean diverged = !measured.values().stream().allMatch(Double::isFinite);
      if (!diverged) {
        advance(step.iteration(), measured);
        end = used >= 1 || stop.getAsBoolean();
        boolean picture = iteration % config.recipe().sampleEvery() == 0;
        boolean checkpoint = plan.due(iteration, seconds - savedSeconds, saveCost);
        diverged = (end || picture || checkpoint) && !weightsAreFinite();
        if (!diverged && picture) {
          steps.remarks(iteration).forEach(record::say);
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
            recovered ? Optional.empty() : record.run().newestCheckpoint(record::say);
        if (good.isEmpty()) {
          return diverged(trouble);
        }
        goBack(good.get(), trouble);
        end = false;
      }
    }
    checkpoint();
    return save(used >= 1 ? State.FINISHED : State.STOPPED);
  }

  /** An iteration is done. */
  private void advance(long done, Map<String, Double> measured) {
    iteration = done;
    seconds = pace.seconds();
    double kimg = config.kimg(iteration);
    used = config.budget().used(iteration, kimg, seconds, perEpoch);
    record.say(steps.line(iteration, perEpoch, measured));
    record.progress(
        new Progress(
            iteration, kimg, seconds, pace.imagesPerSecond(seconds, kimg), measured, used));
  }

  private RunStatus save(State state) {
    record.picture(steps, iteration);
    record.snapshot(steps, iteration);
    return record.status(state, iteration, seconds, "");
  }

  private void checkpoint() {
    if (savedAt == iteration) {
      return;
    }
    double before = pace.seconds();
    record.checkpoint(
        steps,
        new TrainingPoint(
            Inoculum.program(),
            iteration,
            seconds,
            learningRateFactor,
            recovered,
            start.threads(),
            start.precision(),
            start.dataSha256(),
            steps.state().numbers()));
    savedAt = iteration;
    savedSeconds = pace.seconds();
    saveCost = savedSeconds - before;
  }

  private boolean weightsAreFinite() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (Tensor tensor : steps.state().tensors().values()) {
        if (!tensor.isfinite().all().item_bool()) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * To the newest whole checkpoint, with half the learning rate. Draws repeat, so only the learning
   * rate can make a difference.
   */
  private void goBack(Checkpoint checkpoint, String trouble) {
    restore(checkpoint);
    recovered = true;
    learningRateFactor *= CAUTION;
    record.run().cutStatsAfter(iteration);
    record.run().removeAfter(iteration);
    record.say(
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
    TrainingPoint.restore(checkpoint, steps);
    TrainingPoint point = TrainingPoint.of(checkpoint);
    iteration = point.iteration();
    seconds = point.seconds();
    learningRateFactor = point.learningRateFactor();
    recovered = point.recovered();
    pace = new Pace(seconds);
    used = config.budget().used(iteration, config.kimg(iteration), seconds, perEpoch);
    savedAt = iteration;
    savedSeconds = seconds;
  }
}
