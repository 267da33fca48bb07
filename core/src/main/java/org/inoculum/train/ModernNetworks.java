package org.inoculum.train;

import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.augment.Augmentation;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.ModernDiscriminator;
import org.inoculum.model.ModernGenerator;
import org.inoculum.model.ModernShape;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Weights;

/**
 * The modern pair with its optimisers and the moving average of the generator, and one step of
 * their game.
 */
final class ModernNetworks implements AutoCloseable {
  /** Name of the penalty as last measured, among the numbers of the training state. */
  static final String PENALTY = "penalty";

  private static final String GENERATOR_STEPS = "generatorAdam.steps";
  private static final String DISCRIMINATOR_STEPS = "discriminatorAdam.steps";

  /** Steps between two gradient penalties (lazy regularisation, 1912.04958, appendix B). */
  static final int PENALTY_EVERY = 8;

  /**
   * What is fixed for one step.
   *
   * @param learningRateFactor what the learning rate of both is multiplied with in this step
   * @param gamma weight of the gradient penalties, or nothing in a step without them
   * @param reconstruction weight of the decoder's loss
   * @param probability of each augmentation
   * @param emaDecay share of the moving average that stays
   */
  record Pull(
      double learningRateFactor,
      OptionalDouble gamma,
      double reconstruction,
      double probability,
      double emaDecay) {}

  /**
   * What one step found.
   *
   * @param d the discriminator's loss
   * @param g the generator's loss
   * @param penalty R1 + R2, in a step with them
   * @param signReal mean sign of the logits of real images
   * @param rebuilt the decoder's mean absolute error
   */
  record Found(double d, double g, OptionalDouble penalty, double signReal, double rebuilt) {}

  private final ModernGenerator generator;
  private final ModernGenerator average;
  private final ModernDiscriminator discriminator;
  private final Adam generatorOptimiser;
  private final Adam discriminatorOptimiser;
  private final GanLoss loss;
  private final Augmentation augmentation;
  private final Precision precision;

  ModernNetworks(
      ModernShape shape,
      long seed,
      Adam.Options adam,
      GanLoss loss,
      Augmentation augmentation,
      Precision precision) {
    this.generator = ModernGenerator.initialise(shape, 2 * seed);
    this.average = ModernGenerator.initialise(shape, 2 * seed);
    this.discriminator = ModernDiscriminator.initialise(shape, 2 * seed + 1);
    this.generatorOptimiser = new Adam(generator.weights(), adam);
    this.discriminatorOptimiser = new Adam(discriminator.weights(), adam);
    this.loss = loss;
    this.augmentation = augmentation;
    this.precision = precision;
  }

  /** The moving average of the generator's weights, which is what images are made with. */
  ModernGenerator average() {
    return average;
  }

  /**
   * One update of both. The same fakes serve both, as in the first GANs' own code.
   *
   * @param real (N, C, H, W) in -1..1
   * @param input of the fakes (N); their classes are those of the real images
   * @param random decides the augmentation
   */
  Found step(Tensor real, GeneratorInput input, Pull pull, RandomStream random) {
    long n = real.size(0);
    Tensor labels = input.labels();
    try (PointerScope scope = new PointerScope()) {
      Tensor fake = generate(generator, input); // (N, C, H, W)

      Tensor seenReal = augmentation.apply(real, pull.probability(), random);
      Tensor seenFake = augmentation.apply(fake.detach(), pull.probability(), random);
      Tensor seen = torch.cat(new TensorVector(seenReal, seenFake), 0);
      Tensor both = torch.cat(new TensorVector(labels, labels), 0);
      Tensor logits;
      Tensor rebuilt;
      try (Autocast autocast = Autocast.to(precision)) {
        ModernDiscriminator.Judgement judgement = discriminator.forward(seen, both);
        logits = judgement.logits().to(ScalarType.Float);
        rebuilt = discriminator.decode(judgement.features().narrow(0, 0, n)).to(ScalarType.Float);
      }
      Tensor onReal = logits.narrow(0, 0, n);
      Tensor value = loss.ofDiscriminator(onReal, logits.narrow(0, n, n));
      Tensor small = torch.adaptive_avg_pool2d(seenReal, rebuilt.size(2), rebuilt.size(3));
      Tensor error = rebuilt.sub(small).abs().mean();
      Tensor whole = value.add(error.mul(new Scalar(pull.reconstruction())));
      OptionalDouble penalty = OptionalDouble.empty();
      if (pull.gamma().isPresent()) {
        Tensor squares = squaredGradients(seen, both);
        penalty = OptionalDouble.of(squares.item_double());
        whole = whole.add(squares.mul(new Scalar(PENALTY_EVERY * pull.gamma().getAsDouble() / 2)));
      }
      discriminatorOptimiser.step(
          gradients(whole, discriminator.weights()), pull.learningRateFactor());

      Tensor judged;
      Tensor again = augmentation.apply(fake, pull.probability(), random);
      try (Autocast autocast = Autocast.to(precision)) {
        judged = discriminator.forward(again, labels).logits().to(ScalarType.Float);
      }
      Tensor g = loss.ofGenerator(onReal.detach(), judged);
      generatorOptimiser.step(gradients(g, generator.weights()), pull.learningRateFactor());
      average(pull.emaDecay());
      return new Found(
          value.item_double(),
          g.item_double(),
          penalty,
          onReal.sign().mean().item_double(),
          error.item_double());
    }
  }

  /**
   * R1 + R2 (Mescheder et al., 1801.04406) on a half of the batch: mean over images of the squared
   * gradient of their logit with respect to what the discriminator saw, because libtorch cannot
   * differentiate twice through the augmentation's resampling.
   */
  private Tensor squaredGradients(Tensor seen, Tensor labels) {
    long n = seen.size(0);
    Tensor half = seen.detach().narrow(0, n / 4, Math.max(2, n / 2)).clone();
    half.requires_grad_(true);
    Tensor logits;
    try (Autocast autocast = Autocast.to(precision)) {
      logits = discriminator.forward(half, labels.narrow(0, n / 4, half.size(0))).logits();
    }
    Tensor gradient =
        torch
            .grad(
                new TensorVector(logits.to(ScalarType.Float).sum()),
                new TensorVector(half),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false)
            .get(0);
    return gradient.square().sum().mul(new Scalar(2.0 / half.size(0)));
  }

  private Tensor generate(ModernGenerator network, GeneratorInput input) {
    try (Autocast autocast = Autocast.to(precision)) {
      return network.forward(input);
    }
  }

  /** Images of the averaged generator, outside the gradient graph. */
  Tensor sample(GeneratorInput input) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      return generate(average, input);
    }
  }

  /** Everything that a step changes. */
  TrainingState state(double penalty) {
    return TrainingState.of(
        Map.of(
            "generator", generator.weights(),
            "average", average.weights(),
            "discriminator", discriminator.weights()),
        Map.of("generatorAdam", generatorOptimiser, "discriminatorAdam", discriminatorOptimiser),
        Map.of(PENALTY, penalty));
  }

  /** Takes over the counts of an earlier state. */
  void restoreNumbers(Map<String, Double> numbers) {
    generatorOptimiser.steps(numbers.getOrDefault(GENERATOR_STEPS, 0.0).longValue());
    discriminatorOptimiser.steps(numbers.getOrDefault(DISCRIMINATOR_STEPS, 0.0).longValue());
  }

  private void average(double decay) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      generator
          .weights()
          .all()
          .forEach(
              (name, tensor) -> average.weights().get(name).lerp_(tensor, new Scalar(1 - decay)));
    }
  }

  private static TensorVector gradients(Tensor value, Weights weights) {
    return torch.grad(
        new TensorVector(value),
        weights.vector(),
        new TensorVector(),
        new BoolOptional(false),
        false,
        false);
  }

  @Override
  public void close() {
    generatorOptimiser.close();
    discriminatorOptimiser.close();
    generator.close();
    average.close();
    discriminator.close();
  }
}
