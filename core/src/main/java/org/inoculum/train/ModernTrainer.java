package org.inoculum.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.augment.Augmentation;
import org.inoculum.augment.Strength;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.InputTransform;
import org.inoculum.model.ModernShape;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Precision;

/** The modern iteration: one update of the discriminator, one of the generator. */
final class ModernTrainer implements Trainer {
  /**
   * No tensor's step is longer than that of a steady gradient. After seven steps without the
   * penalty the eighth would be up to ten times as long (beta1 is 0, beta2 0.99), and without this
   * limit trainings at this learning rate ended in NaN.
   */
  private static final double LARGEST_STEP = 1;

  /** Iterations over which the learning rate grows to its whole. */
  private static final double WARM_UP = 100;

  /** Real images that tell how strongly the discriminator sees each detail. */
  private static final int MEASURED = 256;

  /** Real images that tell the texture of a class: eight already tell most of it. */
  private static final int MEASURED_OF_CLASS = 64;

  /** Name of the penalty as last measured, among the numbers of the training state. */
  private static final String PENALTY = "penalty";

  /** By so many steps a penalty follows a correction of the noise: both take time. */
  private static final int PENALTY_LATER = 2;

  /**
   * Images of a part of a step, which one thread computes; fewer where there were one part alone.
   */
  private static final int PART = 8;

  private final ModernRecipe recipe;
  private final int batch;
  private final long seed;
  private final RealImages reals;
  private final Optional<RealImages> heldOut;
  private final AugmentationControl control;
  private final ModernNetworks networks;
  private final GrainShare grain;
  private final double spectralWeight;
  private final int maxLevel;
  private final int size;

  /** R1 + R2 as last measured: it is not computed in every step, but told of in every line. */
  private double penalty;

  /**
   * @param heldOut images that augmentation is steered by, where there are any; closed with this
   */
  ModernTrainer(
      TrainConfig config,
      ModernRecipe recipe,
      RealImages reals,
      Optional<RealImages> heldOut,
      Precision precision) {
    this.recipe = recipe;
    this.heldOut = heldOut;
    this.batch = config.batch();
    this.size = config.size();
    this.seed = config.seed();
    this.reals = reals;
    ModernShape shape =
        new ModernShape(
            config.size(),
            config.channels(),
            reals.classes(),
            recipe.latentSize(),
            recipe.channels(),
            reals.d4Symmetry());
    this.grain = grain(reals);
    this.spectralWeight = recipe.spectralWeight() * grain.weight();
    this.control = new AugmentationControl(recipe, grain.weight());
    this.maxLevel = shape.maxLevel();
    this.networks =
        new ModernNetworks(
            shape,
            seed,
            inputTransform(reals, recipe.maxBandGain(), maxLevel),
            new Adam.Options(
                recipe.learningRate(),
                recipe.beta1(),
                recipe.beta2(),
                recipe.epsilon(),
                LARGEST_STEP),
            recipe.objective(),
            new Augmentation(Strength.DEFAULT),
            spectra(reals, maxLevel),
            precision,
            parts(batch),
            config.threads());
  }

  private static InputTransform inputTransform(RealImages reals, double maxBandGain, int level) {
    try (PointerScope scope = new PointerScope()) {
      return InputTransform.of(reals.spread(MEASURED), maxBandGain, level);
    }
  }

  private static GrainShare grain(RealImages reals) {
    try (PointerScope scope = new PointerScope()) {
      return GrainShare.of(reals.spreadOfClasses(MEASURED_OF_CLASS));
    }
  }

  private static List<SpectralLoss> spectra(RealImages reals, int level) {
    try (PointerScope scope = new PointerScope()) {
      List<Tensor> ofClasses = reals.spreadOfClasses(MEASURED_OF_CLASS);
      return IntStream.rangeClosed(0, level)
          .mapToObj(
              times ->
                  SpectralLoss.of(
                      ofClasses.stream().map(images -> downsampled(images, times)).toList(),
                      reals.d4Symmetry()))
          .toList();
    }
  }

  /** Into how many parts a step is divided: a function of the batch alone, like every result. */
  static int parts(int batch) {
    return Math.max(batch < 4 ? 1 : 2, batch / PART);
  }

  @Override
  public List<String> describe() {
    return recipe.spectralWeight() == 0 ? List.of() : List.of(grain.describe());
  }

  @Override
  public Map<String, Double> run(Iteration step) {
    long iteration = step.iteration();
    double probability = control.probability(step.progress());
    double kimgSeen = (iteration - 1) * (double) batch / 1000;
    int level = recipe.level(step.progress(), kimgSeen, maxLevel);
    ModernNetworks.StepParameters parameters =
        new ModernNetworks.StepParameters(
            step.learningRateFactor()
                * Math.min(1, iteration / WARM_UP)
                * recipe.learningRateFactor(step.progress()),
            iteration % ModernNetworks.PENALTY_EVERY == 0
                ? OptionalDouble.of(recipe.gamma(step.progress(), size >> level))
                : OptionalDouble.empty(),
            recipe.reconstructionWeight(),
            spectralWeight,
            probability,
            recipe.emaDecay(iteration * (double) batch / 1000, batch),
            spectralWeight > 0 && (iteration + PENALTY_LATER) % EmaNoise.EVERY == 0,
            level);
    try (PointerScope scope = new PointerScope()) {
      RealImages.Batch real =
          reals.drawBalanced(batch, RandomStream.of(seed, Purpose.SAMPLING, iteration));
      Tensor images = downsampled(real.images(), level);
      GeneratorInput input = GeneratorInput.ofDraw(networks.ema(), seed, iteration, real.labels());
      int parts = parts(batch);
      OptionalDouble onHeldOut =
          control.updatesAt(iteration)
              ? meanLogitOfHeldOut(iteration, parameters)
              : OptionalDouble.empty();
      List<PartialGradients.StepStatistics> found =
          networks.step(
              images,
              input,
              parameters,
              part -> RandomStream.of(seed, Purpose.AUGMENTATION, iteration * parts + part));
      penalty =
          found.stream().flatMapToDouble(part -> part.penalty().stream()).average().orElse(penalty);
      double realLogits = mean(found, PartialGradients.StepStatistics::realLogits);
      double fakeLogits = mean(found, PartialGradients.StepStatistics::fakeLogits);
      onHeldOut.ifPresent(logit -> control.update(realLogits, logit, fakeLogits, step.progress()));
      Map<String, Double> measured = new LinkedHashMap<>();
      measured.put("loss/d", mean(found, PartialGradients.StepStatistics::d));
      measured.put("loss/g", mean(found, PartialGradients.StepStatistics::g));
      measured.put("penalty", penalty);
      measured.put("logits/real", realLogits);
      measured.put("logits/fake", fakeLogits);
      measured.put("reconstruction", mean(found, PartialGradients.StepStatistics::reconstruction));
      measured.put("spectral", mean(found, PartialGradients.StepStatistics::spectrum));
      measured.put("ada/p", probability);
      if (heldOut.isPresent()) {
        measured.put("ada/overfitting", control.overfitting());
      }
      measured.put("resolution", (double) (size >> level));
      return measured;
    }
  }

  private static Tensor downsampled(Tensor images, int times) {
    return times == 0 ? images : torch.avg_pool2d(images, 1L << times);
  }

  private OptionalDouble meanLogitOfHeldOut(
      long iteration, ModernNetworks.StepParameters parameters) {
    if (heldOut.isEmpty()) {
      return OptionalDouble.empty();
    }
    int parts = parts(batch);
    // The last stream of a step is for the choice, the others for the augmentation of its parts.
    long first = iteration * (parts + 1);
    RealImages.Batch chosen =
        heldOut
            .get()
            .drawBalanced(batch, RandomStream.of(seed, Purpose.OVERFITTING, first + parts));
    Tensor images = downsampled(chosen.images(), parameters.level());
    return OptionalDouble.of(
        networks.meanLogit(
            images,
            Tensor.create(chosen.labels()),
            parameters,
            part -> RandomStream.of(seed, Purpose.OVERFITTING, first + part)));
  }

  private static double mean(
      List<PartialGradients.StepStatistics> parts,
      ToDoubleFunction<PartialGradients.StepStatistics> number) {
    return parts.stream().mapToDouble(number).average().orElseThrow();
  }

  @Override
  public String line(long iteration, long iterationsPerEpoch, Map<String, Double> measured) {
    return String.format(
        Locale.ROOT,
        ">%d d=%.3f g=%.3f penalty=%.3f reconstruction=%.3f p=%.2f",
        iteration,
        measured.get("loss/d"),
        measured.get("loss/g"),
        measured.get("penalty"),
        measured.get("reconstruction"),
        measured.get("ada/p"));
  }

  @Override
  public List<String> remarks(long iteration) {
    return List.of();
  }

  @Override
  public Tensor samples(int count) {
    long[] labels = new long[count];
    Arrays.setAll(labels, i -> (long) i * reals.classes() / count);
    return networks.sample(GeneratorInput.of(networks.ema(), seed, 0, labels));
  }

  @Override
  public Tensor images(long latentSeed, long first, long... labels) {
    return networks.sample(GeneratorInput.of(networks.ema(), latentSeed, first, labels));
  }

  @Override
  public byte[] encodeGenerator() {
    return GeneratorFile.encode(networks.ema());
  }

  @Override
  public SnapshotInfo describeGenerator(long iteration, double kimg, String sha256) {
    return GeneratorFile.describe(networks.ema(), iteration, kimg, sha256);
  }

  @Override
  public TrainingState state() {
    Map<String, Double> scalars = new TreeMap<>(control.scalars());
    scalars.put(PENALTY, penalty);
    return networks.state(scalars);
  }

  @Override
  public void restoreScalars(Map<String, Double> scalars) {
    networks.restoreScalars(scalars);
    control.restore(scalars);
    penalty = scalars.getOrDefault(PENALTY, 0.0);
  }

  @Override
  public void close() {
    heldOut.ifPresent(RealImages::close);
    networks.close();
  }
}
