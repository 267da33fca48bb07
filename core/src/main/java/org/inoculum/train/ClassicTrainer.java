package org.inoculum.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.Latents;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Precision;

/**
 * The article's iteration, as docs/explanation/classic.md has it: the discriminator is updated on
 * half a batch of real images, drawn with replacement, and on half a batch of fakes, then the
 * generator on a whole batch of latents.
 */
final class ClassicTrainer implements Trainer {
  private final ClassicRecipe recipe;
  private final int batch;
  private final long seed;
  private final RealImages reals;
  private final ClassicNetworks networks;

  ClassicTrainer(TrainConfig config, ClassicRecipe recipe, RealImages reals, Precision precision) {
    this.recipe = recipe;
    this.batch = config.batch();
    this.seed = config.seed();
    this.reals = reals;
    Adam.Options adam =
        new Adam.Options(recipe.learningRate(), recipe.beta1(), recipe.beta2(), recipe.epsilon());
    ClassicShape shape = new ClassicShape(config.size(), config.channels(), recipe.latentSize());
    this.networks =
        new ClassicNetworks(shape, seed, adam, recipe.loss(), precision, batch, config.threads());
  }

  /** Two updates of the discriminator, one of the generator. */
  @Override
  public List<String> describe() {
    return List.of();
  }

  @Override
  public Map<String, Double> run(Iteration step) {
    long iteration = step.iteration();
    int half = batch / 2;
    networks.learningRateFactor(step.learningRateFactor());
    try (PointerScope scope = new PointerScope()) {
      Tensor real =
          reals.draw(half, RandomStream.of(seed, Purpose.SAMPLING, iteration)); // (half, C, H, W)
      var realUpdate = networks.updateDiscriminator(real, true, dropout(3 * iteration, half));

      Tensor fake =
          networks.generate(
              Latents.ofDraw(seed, 2 * iteration, half, recipe.latentSize())); // (half, C, H, W)
      var fakeUpdate = networks.updateDiscriminator(fake, false, dropout(3 * iteration + 1, half));

      Tensor z =
          Latents.ofDraw(seed, 2 * iteration + 1, batch, recipe.latentSize()); // (batch, latent)
      double g = networks.updateGenerator(z, dropout(3 * iteration + 2, batch));

      Map<String, Double> measured = new LinkedHashMap<>();
      measured.put("loss/d_real", realUpdate.loss());
      measured.put("loss/d_fake", fakeUpdate.loss());
      measured.put("loss/g", g);
      measured.put("accuracy/real", realUpdate.accuracy());
      measured.put("accuracy/fake", fakeUpdate.accuracy());
      return measured;
    }
  }

  @Override
  public String line(long iteration, long iterationsPerEpoch, Map<String, Double> measured) {
    return String.format(
        Locale.ROOT,
        ">%d, %d/%d, d1=%.3f, d2=%.3f g=%.3f",
        (iteration - 1) / iterationsPerEpoch + 1,
        (iteration - 1) % iterationsPerEpoch + 1,
        iterationsPerEpoch,
        measured.get("loss/d_real"),
        measured.get("loss/d_fake"),
        measured.get("loss/g"));
  }

  @Override
  public List<String> remarks(long iteration) {
    int n = recipe.accuracySamples();
    try (PointerScope scope = new PointerScope()) {
      // Draw numbers below zero are never used by a training step.
      Tensor real = reals.draw(n, RandomStream.of(seed, Purpose.SAMPLING, -iteration));
      Tensor z = Latents.ofDraw(seed, -iteration, n, recipe.latentSize());
      return List.of(
          String.format(
              Locale.ROOT,
              ">Accuracy real: %.0f%%, fake: %.0f%%",
              100 * networks.accuracy(real, true),
              100 * networks.accuracy(networks.generate(z), false)));
    }
  }

  @Override
  public Tensor samples(int count) {
    return networks.generate(Latents.of(seed, 0, count, recipe.latentSize()));
  }

  @Override
  public Tensor images(long latentSeed, long first, long... labels) {
    return networks.generate(Latents.of(latentSeed, first, labels.length, recipe.latentSize()));
  }

  @Override
  public byte[] encodeGenerator() {
    return GeneratorFile.encode(networks.generator());
  }

  @Override
  public SnapshotInfo describeGenerator(long iteration, double kimg, String sha256) {
    return GeneratorFile.describe(networks.generator(), iteration, kimg, sha256);
  }

  @Override
  public TrainingState state() {
    return networks.state();
  }

  @Override
  public void restoreScalars(Map<String, Double> scalars) {
    networks.restoreScalars(scalars);
  }

  @Override
  public void close() {
    networks.close();
  }

  /**
   * Keras's inverted dropout: kept features grow by 1 / (1 - rate), so that nothing changes outside
   * training.
   */
  private Optional<Tensor> dropout(long draw, int rows) {
    double rate = recipe.dropout();
    if (rate == 0) {
      return Optional.empty();
    }
    RandomStream random = RandomStream.of(seed, Purpose.DROPOUT, draw);
    float kept = (float) (1 / (1 - rate));
    float[] mask = new float[rows * networks.discriminator().features()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < rate ? 0 : kept;
    }
    return Optional.of(Tensor.create(mask, rows, networks.discriminator().features()));
  }
}
