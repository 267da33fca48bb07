package org.inoculum.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.files.Json;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.Latents;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;

/**
 * The article's training loop, as docs/recipe.md has it: in each iteration the discriminator is
 * updated on half a batch of real images, drawn with replacement, and on half a batch of fakes,
 * then the generator on a whole batch of latents.
 */
public final class ClassicTraining {
  private static final int SHEET_GAP = 2;
  private static final int SHEET_GROUND = 255;
  private static final double PACE_WINDOW_SECONDS = 20;

  private final TrainConfig config;
  private final RunDirectory run;
  private final RealImages reals;
  private final ClassicNetworks networks;
  private final TrainingListener listener;
  private final long started = System.nanoTime();
  private final Deque<double[]> pace = new ArrayDeque<>(); // (seconds, kimg) of the last seconds

  private ClassicTraining(
      TrainConfig config,
      RunDirectory run,
      RealImages reals,
      ClassicNetworks networks,
      TrainingListener listener) {
    this.config = config;
    this.run = run;
    this.reals = reals;
    this.networks = networks;
    this.listener = listener;
  }

  /**
   * Trains until the budget is used up or {@code stop} says so, and leaves a run directory.
   *
   * @param place where the run goes and what is written about its origin
   * @param stop asked between two updates; everything is saved before the method returns
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
    RunDirectory run =
        RunDirectory.create(
            place.runs(),
            place.name() + "-" + config.preset().word(),
            documents(config, data, place.provenance(engine)));
    listener.started(run);
    run.writeSamples("reals", sheet(RealImages.firstOf(data, config.recipe().sampleCount())));

    OfflineAugmentation augmentation = augmentation(config, data);
    try (RealImages reals = RealImages.of(data, augmentation, config.seed());
        ClassicNetworks networks = networks(config, engine.precision())) {
      ClassicTraining training = new ClassicTraining(config, run, reals, networks, listener);
      training.say(
          data.samples().size()
              + " images, augmentation "
              + augmentation.word()
              + ": "
              + reals.count()
              + " to train on; "
              + engine.precision()
              + ", "
              + config.threads()
              + " threads");
      return training.loop(stop);
    }
  }

  /**
   * Which off-line augmentation a training applies: none to a folder that {@code prepare} has
   * augmented.
   */
  public static OfflineAugmentation augmentation(TrainConfig config, DataSet data) {
    boolean prepared = data.augmentation() != OfflineAugmentation.NONE;
    return prepared ? OfflineAugmentation.NONE : config.recipe().augmentation();
  }

  private RunStatus loop(BooleanSupplier stop) {
    long perEpoch = Math.max(1, reals.count() / config.batch());
    picture(0);
    long iteration = 0;
    double used = 0;
    while (used < 1 && !stop.getAsBoolean()) {
      iteration++;
      Progress progress = step(iteration, perEpoch);
      used = progress.used();
      say(
          String.format(
              Locale.ROOT,
              ">%d, %d/%d, d1=%.3f, d2=%.3f g=%.3f",
              (iteration - 1) / perEpoch + 1,
              (iteration - 1) % perEpoch + 1,
              perEpoch,
              progress.d1(),
              progress.d2(),
              progress.g()));
      run.appendStats(progress);
      listener.progressed(progress);
      if (!(Double.isFinite(progress.d1())
          && Double.isFinite(progress.d2())
          && Double.isFinite(progress.g()))) {
        throw diverged(progress);
      }
      if (iteration % config.recipe().sampleEvery() == 0) {
        tick(progress);
      }
    }
    return end(iteration, used >= 1 ? State.FINISHED : State.STOPPED);
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

      double seconds = seconds();
      double kimg = kimg(iteration);
      return new Progress(
          iteration,
          kimg,
          seconds,
          imagesPerSecond(seconds, kimg),
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

  /** A picture, the accuracies and a snapshot. */
  private void tick(Progress progress) {
    long iteration = progress.iteration();
    int n = config.recipe().accuracySamples();
    try (PointerScope scope = new PointerScope()) {
      // Draw numbers below zero are never used by a training step.
      Tensor real = reals.draw(n, RandomStream.of(config.seed(), Purpose.SAMPLING, -iteration));
      double onReal = networks.accuracy(real, true);
      double onFake =
          networks.accuracy(
              networks.generate(
                  Latents.ofDraw(config.seed(), -iteration, n, config.recipe().latent())),
              false);
      say(
          String.format(
              Locale.ROOT, ">Accuracy real: %.0f%%, fake: %.0f%%", 100 * onReal, 100 * onFake));
    }
    picture(iteration);
    snapshot(iteration);
    run.writeStatus(status(State.RUNNING, iteration, ""));
  }

  private RunStatus end(long iteration, State state) {
    picture(iteration);
    snapshot(iteration);
    RunStatus status = status(state, iteration, "");
    run.writeStatus(status);
    return status;
  }

  private UserException diverged(Progress progress) {
    String message =
        "the losses at iteration "
            + progress.iteration()
            + " are not numbers (d1 "
            + progress.d1()
            + ", d2 "
            + progress.d2()
            + ", g "
            + progress.g()
            + "), so the training stopped; what was saved before is in "
            + run.path()
            + "; try --precision f32 or a smaller --set learningRate";
    run.writeStatus(status(State.DIVERGED, progress.iteration(), message));
    return UserException.failure(message);
  }

  /** Images of fixed latents, so that the eye sees progress from picture to picture. */
  private void picture(long iteration) {
    int count = config.recipe().sampleCount();
    try (PointerScope scope = new PointerScope()) {
      Tensor z = Latents.of(config.seed(), 0, count, config.recipe().latent());
      run.writeSamples(
          RunDirectory.number(iteration), sheet(Tensors.toImages(networks.generate(z))));
    }
  }

  private void snapshot(long iteration) {
    run.writeSnapshot(
        iteration,
        GeneratorFile.encode(networks.generator()),
        sha256 -> GeneratorFile.describe(networks.generator(), iteration, kimg(iteration), sha256));
  }

  private RunStatus status(State state, long iteration, String message) {
    double seconds = seconds();
    return new RunStatus(
        state, iteration, kimg(iteration), seconds, 1000 * kimg(iteration) / seconds, message);
  }

  private double imagesPerSecond(double seconds, double kimg) {
    pace.addLast(new double[] {seconds, kimg});
    while (pace.size() > 2 && seconds - pace.getFirst()[0] > PACE_WINDOW_SECONDS) {
      pace.removeFirst();
    }
    double[] first = pace.getFirst();
    return seconds > first[0]
        ? 1000 * (kimg - first[1]) / (seconds - first[0])
        : 1000 * kimg / seconds;
  }

  private double kimg(long iteration) {
    return iteration * (double) config.halfBatch() / 1000;
  }

  private double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  private void say(String line) {
    run.appendLog(line);
    listener.line(line);
  }

  private static byte[] sheet(List<Image> tiles) {
    return Png.encode(
        ContactSheet.of(tiles, ContactSheet.columnsFor(tiles.size()), SHEET_GAP, SHEET_GROUND),
        Map.of("Software", Inoculum.program()));
  }

  private static ClassicNetworks networks(TrainConfig config, Precision precision) {
    ClassicRecipe recipe = config.recipe();
    Adam.Options adam =
        new Adam.Options(recipe.learningRate(), recipe.beta1(), recipe.beta2(), recipe.epsilon());
    return new ClassicNetworks(config.shape(), config.seed(), adam, recipe.loss(), precision);
  }

  private static Map<String, String> documents(
      TrainConfig config, DataSet data, Provenance provenance) {
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put("config.json", Json.document(config));
    documents.put("provenance.json", Json.document(provenance));
    documents.put("dataset.json", Json.document(data.manifest()));
    documents.put("status.json", Json.document(new RunStatus(State.RUNNING, 0, 0, 0, 0, "")));
    return documents;
  }
}
