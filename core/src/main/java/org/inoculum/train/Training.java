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
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.run.Checkpoint;
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

  private Training(
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
    TrainingRecord record = TrainingRecord.begin(config, data, place, engine, listener);
    OfflineAugmentation augmentation = augmentation(config, data);
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
      return new Training(config, steps, record, plan, perEpoch, start).loop(stop);
    }
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

  private static Steps steps(TrainConfig config, RealImages reals, Engine engine) {
    return switch (config.preset()) {
      case CLASSIC ->
          new ClassicSteps(config, (ClassicRecipe) config.recipe(), reals, engine.precision());
      case MODERN, TINY ->
          new ModernSteps(config, (ModernRecipe) config.recipe(), reals, engine.precision());
    };
  }

  private static String precision(Engine engine) {
    return engine.precision().name().toLowerCase(Locale.ROOT);
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
            String.format(
                Locale.ROOT,
                "the losses or weights at iteration %d are not numbers (%s)",
                step.iteration(),
                measured);
        Optional<Checkpoint> good =
            recovered ? Optional.empty() : record.run().newestCheckpoint(record::say);
        goBack(good.orElseThrow(() -> diverged(trouble)), trouble);
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

  private UserException diverged(String trouble) {
    String message =
        trouble
            + ", so the training stopped; what was saved before is in "
            + record.run().path()
            + "; try --precision f32 or a smaller --set learningRate";
    record.status(State.DIVERGED, iteration, seconds, message);
    return UserException.failure(message);
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
