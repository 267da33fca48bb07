package org.inoculum.train;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.model.Latents;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;

/**
 * The article's training loop, as docs/recipe.md has it: in each iteration the discriminator is
 * updated on half a batch of real images, drawn with replacement, and on half a batch of fakes,
 * then the generator on a whole batch of latents.
 */
public final class ClassicTraining {
  private final TrainConfig config;
  private final RealImages reals;
  private final ClassicNetworks networks;
  private final TrainingRecord record;
  private final Pace pace = new Pace();

  private ClassicTraining(
      TrainConfig config, RealImages reals, ClassicNetworks networks, TrainingRecord record) {
    this.config = config;
    this.reals = reals;
    this.networks = networks;
    this.record = record;
  }

  /**
   * Trains until the budget is used up or {@code stop} says so, and leaves a run directory.
   *
   * @param place where the run goes and what is written about its origin
   * @param stop asked between two iterations; everything is saved before the method returns
   * @return the status that was written last: finished or stopped
   * @throws UserException of kind FAILURE if a loss is not a number; the run keeps what was saved
   *     before
   */
  public static RunStatus train(
      TrainConfig config,
      DataSet data,
      RunPlace place,
      TrainingListener listener,
      BooleanSupplier stop) {
    Engine engine = Engine.start(config.threads(), config.precision());
    TrainingRecord record = TrainingRecord.begin(config, data, place, engine, listener);
    OfflineAugmentation augmentation = augmentation(config, data);
    try (RealImages reals = RealImages.of(data, augmentation, config.seed());
        ClassicNetworks networks = networks(config, engine.precision())) {
      record.say(
          String.format(
              Locale.ROOT,
              "%d images, augmentation %s: %d to train on; %s, %d threads",
              data.samples().size(),
              augmentation.word(),
              reals.count(),
              engine.precision().name().toLowerCase(Locale.ROOT),
              config.threads()));
      return new ClassicTraining(config, reals, networks, record).loop(stop);
    }
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

  private RunStatus loop(BooleanSupplier stop) {
    long perEpoch = Math.max(1, reals.count() / config.batch());
    record.picture(networks, 0);
    long iteration = 0;
    double used = 0;
    while (used < 1 && !stop.getAsBoolean()) {
      iteration++;
      Progress progress = step(iteration, perEpoch);
      used = progress.used();
      record.say(
          String.format(
              Locale.ROOT,
              ">%d, %d/%d, d1=%.3f, d2=%.3f g=%.3f",
              (iteration - 1) / perEpoch + 1,
              (iteration - 1) % perEpoch + 1,
              perEpoch,
              progress.d1(),
              progress.d2(),
              progress.g()));
      record.progress(progress);
      refuseNonFinite(progress);
      if (iteration % config.recipe().sampleEvery() == 0) {
        sayAccuracies(iteration);
        save(State.RUNNING, iteration);
      }
    }
    return save(used >= 1 ? State.FINISHED : State.STOPPED, iteration);
  }

  /** One iteration: two updates of the discriminator, one of the generator. */
  private Progress step(long iteration, long perEpoch) {
    int half = config.halfBatch();
    long seed = config.seed();
    int latent = config.recipe().latent();
    try (PointerScope scope = new PointerScope()) {
      Tensor real =
          reals.draw(half, RandomStream.of(seed, Purpose.SAMPLING, iteration)); // (half, C, H, W)
      var onReal = networks.updateDiscriminator(real, true, dropout(3 * iteration, half));

      Tensor fake =
          networks.generate(Latents.ofDraw(seed, 2 * iteration, half, latent)); // (half, C, H, W)
      var onFake = networks.updateDiscriminator(fake, false, dropout(3 * iteration + 1, half));

      Tensor z = Latents.ofDraw(seed, 2 * iteration + 1, config.batch(), latent); // (batch, latent)
      double g = networks.updateGenerator(z, dropout(3 * iteration + 2, config.batch()));

      double seconds = pace.seconds();
      double kimg = config.kimg(iteration);
      return new Progress(
          iteration,
          kimg,
          seconds,
          pace.imagesPerSecond(seconds, kimg),
          onReal.loss(),
          onFake.loss(),
          g,
          onReal.accuracy(),
          onFake.accuracy(),
          config.budget().used(iteration, kimg, seconds, perEpoch));
    }
  }

  /**
   * Keras's inverted dropout: kept features grow by 1 / (1 - rate), so that nothing changes outside
   * training.
   */
  private Optional<Tensor> dropout(long draw, int rows) {
    double rate = config.recipe().dropout();
    if (rate == 0) {
      return Optional.empty();
    }
    RandomStream random = RandomStream.of(config.seed(), Purpose.DROPOUT, draw);
    float kept = (float) (1 / (1 - rate));
    float[] mask = new float[rows * networks.discriminator().features()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < rate ? 0 : kept;
    }
    return Optional.of(Tensor.create(mask, rows, networks.discriminator().features()));
  }

  private void sayAccuracies(long iteration) {
    int n = config.recipe().accuracySamples();
    try (PointerScope scope = new PointerScope()) {
      // Draw numbers below zero are never used by a training step.
      Tensor real = reals.draw(n, RandomStream.of(config.seed(), Purpose.SAMPLING, -iteration));
      Tensor z = Latents.ofDraw(config.seed(), -iteration, n, config.recipe().latent());
      record.say(
          String.format(
              Locale.ROOT,
              ">Accuracy real: %.0f%%, fake: %.0f%%",
              100 * networks.accuracy(real, true),
              100 * networks.accuracy(networks.generate(z), false)));
    }
  }

  private RunStatus save(State state, long iteration) {
    record.picture(networks, iteration);
    record.snapshot(networks, iteration);
    return record.status(state, iteration, pace.seconds(), "");
  }

  private void refuseNonFinite(Progress progress) {
    if (Double.isFinite(progress.d1())
        && Double.isFinite(progress.d2())
        && Double.isFinite(progress.g())) {
      return;
    }
    String message =
        String.format(
            Locale.ROOT,
            "the losses at iteration %d are not numbers (d1 %s, d2 %s, g %s), so the training stopped; what was saved before is in"
                + " %s; try --precision f32 or a smaller --set learningRate",
            progress.iteration(),
            progress.d1(),
            progress.d2(),
            progress.g(),
            record.run().path());
    record.status(State.DIVERGED, progress.iteration(), pace.seconds(), message);
    throw UserException.failure(message);
  }

  private static ClassicNetworks networks(TrainConfig config, Precision precision) {
    ClassicRecipe recipe = config.recipe();
    Adam.Options adam =
        new Adam.Options(recipe.learningRate(), recipe.beta1(), recipe.beta2(), recipe.epsilon());
    return new ClassicNetworks(config.shape(), config.seed(), adam, recipe.loss(), precision);
  }
}
