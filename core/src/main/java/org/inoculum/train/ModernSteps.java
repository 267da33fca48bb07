package org.inoculum.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.augment.Augmentation;
import org.inoculum.augment.Strength;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.ModernShape;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Precision;

/** The modern iteration: one update of the discriminator, one of the generator. */
final class ModernSteps implements Steps {
  private final ModernRecipe recipe;
  private final int batch;
  private final long seed;
  private final RealImages reals;
  private final ModernNetworks networks;

  /** R1 + R2 as last measured: it is not computed in every step, but told of in every line. */
  private double penalty;

  ModernSteps(TrainConfig config, ModernRecipe recipe, RealImages reals, Precision precision) {
    this.recipe = recipe;
    this.batch = config.batch();
    this.seed = config.seed();
    this.reals = reals;
    this.networks =
        new ModernNetworks(
            new ModernShape(
                config.size(), config.channels(), reals.classes(), recipe.latent(), recipe.width()),
            seed,
            new Adam.Options(
                recipe.learningRate(), recipe.beta1(), recipe.beta2(), recipe.epsilon()),
            recipe.loss(),
            new Augmentation(Strength.DEFAULT),
            precision);
  }

  @Override
  public Map<String, Double> run(Step step) {
    long iteration = step.iteration();
    double probability = recipe.probability(step.used());
    ModernNetworks.Pull pull =
        new ModernNetworks.Pull(
            step.learningRateFactor() * recipe.learningRateFactor(step.used()),
            iteration % ModernNetworks.PENALTY_EVERY == 0
                ? OptionalDouble.of(recipe.gamma(step.used()))
                : OptionalDouble.empty(),
            recipe.reconstruction(),
            probability,
            recipe.emaDecay(iteration * (double) batch / 1000, batch));
    try (PointerScope scope = new PointerScope()) {
      RealImages.Batch real =
          reals.drawBalanced(batch, RandomStream.of(seed, Purpose.SAMPLING, iteration));
      GeneratorInput input =
          GeneratorInput.ofDraw(networks.average(), seed, iteration, real.labels());
      ModernNetworks.Found found =
          networks.step(
              real.images(), input, pull, RandomStream.of(seed, Purpose.AUGMENTATION, iteration));
      penalty = found.penalty().orElse(penalty);
      Map<String, Double> measured = new LinkedHashMap<>();
      measured.put("d", found.d());
      measured.put("g", found.g());
      measured.put("penalty", penalty);
      measured.put("signReal", found.signReal());
      measured.put("rebuilt", found.rebuilt());
      measured.put("augmentation", probability);
      return measured;
    }
  }

  @Override
  public String line(long iteration, long iterationsPerEpoch, Map<String, Double> measured) {
    return String.format(
        Locale.ROOT,
        ">%d d=%.3f g=%.3f penalty=%.3f rebuilt=%.3f p=%.2f",
        iteration,
        measured.get("d"),
        measured.get("g"),
        measured.get("penalty"),
        measured.get("rebuilt"),
        measured.get("augmentation"));
  }

  @Override
  public List<String> remarks(long iteration) {
    return List.of();
  }

  @Override
  public Tensor samples(int count) {
    long[] labels = new long[count];
    Arrays.setAll(labels, i -> (long) i * reals.classes() / count);
    return networks.sample(GeneratorInput.of(networks.average(), seed, 0, labels));
  }

  @Override
  public Tensor images(long latentSeed, long first, long... labels) {
    return networks.sample(GeneratorInput.of(networks.average(), latentSeed, first, labels));
  }

  @Override
  public byte[] encodeGenerator() {
    return GeneratorFile.encode(networks.average());
  }

  @Override
  public SnapshotInfo describeGenerator(long iteration, double kimg, String sha256) {
    return GeneratorFile.describe(networks.average(), iteration, kimg, sha256);
  }

  @Override
  public TrainingState state() {
    return networks.state(penalty);
  }

  @Override
  public void restoreNumbers(Map<String, Double> numbers) {
    networks.restoreNumbers(numbers);
    penalty = numbers.getOrDefault(ModernNetworks.PENALTY, 0.0);
  }

  @Override
  public void close() {
    networks.close();
  }
}
