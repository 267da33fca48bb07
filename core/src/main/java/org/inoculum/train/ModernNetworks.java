package org.inoculum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.augment.Augmentation;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.InputTransform;
import org.inoculum.model.ModernDiscriminator;
import org.inoculum.model.ModernGenerator;
import org.inoculum.model.ModernShape;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Workers;

/** The modern G and D with their optimisers and G_ema, and one step of their training. */
final class ModernNetworks implements AutoCloseable {
  /** Steps between two gradient penalties (lazy regularisation, 1912.04958, appendix B). */
  static final int PENALTY_EVERY = 8;

  /**
   * The parameters of one step.
   *
   * @param learningRateFactor what the learning rate of both is multiplied with in this step
   * @param gamma weight of the gradient penalties, or nothing in a step without them
   * @param reconstructionWeight weight of the decoder's loss
   * @param spectralWeight weight of the generator's spectral loss ({@link SpectralLoss})
   * @param adaP probability of each augmentation
   * @param emaDecay share of the EMA that stays
   * @param correctsNoise whether the {@link EmaNoise} is corrected in this step
   * @param level resolution level of its images
   */
  record StepParameters(
      double learningRateFactor,
      OptionalDouble gamma,
      double reconstructionWeight,
      double spectralWeight,
      double adaP,
      double emaDecay,
      boolean correctsNoise,
      int level) {}

  private final ModernGenerator generator;
  private final ModernGenerator ema;
  private final ModernDiscriminator discriminator;
  private final ProgressiveAdam generatorOptimiser;
  private final ProgressiveAdam discriminatorOptimiser;
  private final EmaNoise emaNoise;
  private final PartialGradients part;
  private final Workers workers;

  /** One of each kind for each part of a step. */
  private final List<Gradients> generatorGradients = new ArrayList<>();

  private final List<Gradients> discriminatorGradients = new ArrayList<>();

  /**
   * Networks.
   *
   * @param inputTransform of the discriminator; closed with it
   * @param spectra of the real images, as they are, at half the resolution and so on; closed with
   *     it
   * @param parts into how many a step is divided: they decide the last bits of its sums
   * @param threads CPU threads
   */
  ModernNetworks(
      ModernShape shape,
      long seed,
      InputTransform inputTransform,
      Adam.Options adam,
      GanLoss loss,
      Augmentation augmentation,
      List<SpectralLoss> spectra,
      Precision precision,
      int parts,
      int threads) {
    this.generator = ModernGenerator.initialise(shape, 2 * seed);
    this.ema = ModernGenerator.initialise(shape, 2 * seed);
    this.discriminator = ModernDiscriminator.initialise(shape, 2 * seed + 1, inputTransform);
    this.generatorOptimiser =
        new ProgressiveAdam(generator.weights(), shape.maxLevel(), generator::maxLevel, adam);
    this.discriminatorOptimiser =
        new ProgressiveAdam(
            discriminator.weights(), shape.maxLevel(), discriminator::maxLevel, adam);
    this.emaNoise = new EmaNoise(ema, spectra, adam, precision);
    this.part =
        new PartialGradients(generator, discriminator, loss, augmentation, spectra, precision);
    this.workers = Workers.start(parts, threads);
    for (int i = 0; i < parts; i++) {
      generatorGradients.add(new Gradients(generatorOptimiser.parameters(0)));
      discriminatorGradients.add(new Gradients(discriminatorOptimiser.parameters(0)));
    }
  }

  /**
   * The exponential moving average (EMA) of the generator's weights, which is what images are made
   * with; its noise is its own ({@link EmaNoise}) where texture has a weight.
   */
  ModernGenerator ema() {
    return ema;
  }

  /**
   * One update of both, on the same fakes. The step is computed in parts side by side, whose
   * gradients are added in their order.
   *
   * @param real (N, C, H, W) in -1..1, of the resolution level of the parameters
   * @param input of the fakes (N); their classes are those of the real images
   * @param random decides the augmentation of each part
   * @return what each part found
   */
  List<PartialGradients.StepStatistics> step(
      Tensor real,
      GeneratorInput input,
      StepParameters parameters,
      IntFunction<RandomStream> random) {
    int parts = generatorGradients.size();
    long n = real.size(0);
    PartialGradients.StepStatistics[] found = new PartialGradients.StepStatistics[parts];
    List<Tensor> ofGenerator = generatorOptimiser.parameters(parameters.level());
    List<Tensor> ofDiscriminator = discriminatorOptimiser.parameters(parameters.level());
    workers.each(
        parts,
        i -> {
          long from = i * n / parts;
          long count = (i + 1) * n / parts - from;
          double share = count / (double) n;
          try (PointerScope scope = new PointerScope()) {
            found[i] =
                part.compute(
                    real.narrow(0, from, count),
                    input.narrow(from, count),
                    parameters,
                    random.apply(i),
                    new PartialGradients.GradientTarget(
                        ofDiscriminator, discriminatorGradients.get(i), share),
                    new PartialGradients.GradientTarget(
                        ofGenerator, generatorGradients.get(i), share));
          }
        });
    // Side by side too: they share nothing.
    workers.each(
        2,
        network -> {
          if (network == 0) {
            update(discriminatorOptimiser, discriminatorGradients, parameters);
          } else {
            update(generatorOptimiser, generatorGradients, parameters);
            updateEma(parameters);
            if (parameters.correctsNoise()) {
              emaNoise.correct(input, parameters.level(), parameters.learningRateFactor());
            }
          }
        });
    return List.of(found);
  }

  private static void update(
      ProgressiveAdam optimiser, List<Gradients> parts, ModernNetworks.StepParameters parameters) {
    Gradients sum = parts.get(0);
    parts.stream().skip(1).forEach(sum::add);
    optimiser.step(parameters.level(), sum.tensors(), parameters.learningRateFactor());
  }

  /**
   * Mean logit that the discriminator gives to images, augmented as those of a step, in the same
   * parts side by side.
   *
   * @param images (N, C, H, W) in -1..1, of the resolution level of the parameters
   * @param labels their classes (N)
   */
  double meanLogit(
      Tensor images, Tensor labels, StepParameters parameters, IntFunction<RandomStream> random) {
    int parts = generatorGradients.size();
    long n = images.size(0);
    double[] sums = new double[parts];
    workers.each(
        parts,
        i -> {
          long from = i * n / parts;
          long count = (i + 1) * n / parts - from;
          try (PointerScope scope = new PointerScope()) {
            sums[i] =
                part.sumOfLogits(
                    images.narrow(0, from, count),
                    labels.narrow(0, from, count),
                    parameters.adaP(),
                    random.apply(i));
          }
        });
    return Arrays.stream(sums).sum() / n;
  }

  /** Images of G_ema, outside the gradient graph. */
  Tensor sample(GeneratorInput input) {
    try (AutoGradMode noGradients = new AutoGradMode(false);
        Autocast autocast = Autocast.to(part.precision())) {
      return ema.forward(input);
    }
  }

  /**
   * Everything that a step changes.
   *
   * @param others numbers that are not of the networks
   */
  TrainingState state(Map<String, Double> others) {
    return TrainingState.of(
        Map.of(
            "generator", generator.weights(),
            "ema", ema.weights(),
            "discriminator", discriminator.weights()),
        adams(),
        others);
  }

  /** Takes over the counts of an earlier state. */
  void restoreScalars(Map<String, Double> scalars) {
    adams()
        .forEach(
            (name, adam) -> adam.steps(scalars.getOrDefault(name + ".steps", 0.0).longValue()));
  }

  private Map<String, Adam> adams() {
    Map<String, Adam> adams = new TreeMap<>(generatorOptimiser.adams("generatorAdam"));
    adams.putAll(discriminatorOptimiser.adams("discriminatorAdam"));
    adams.putAll(emaNoise.adams());
    return adams;
  }

  private void updateEma(StepParameters parameters) {
    boolean noiseFollowsEma = parameters.spectralWeight() == 0;
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      generator
          .weights()
          .all()
          .forEach(
              (name, tensor) -> {
                if (noiseFollowsEma || !EmaNoise.isNoise(name)) {
                  ema.weights().get(name).lerp_(tensor, new Scalar(1 - parameters.emaDecay()));
                }
              });
    }
  }

  @Override
  public void close() {
    workers.close();
    part.spectra().forEach(SpectralLoss::close);
    generatorGradients.forEach(Gradients::close);
    discriminatorGradients.forEach(Gradients::close);
    generatorOptimiser.close();
    discriminatorOptimiser.close();
    emaNoise.close();
    generator.close();
    ema.close();
    discriminator.close();
  }
}
