package org.inoculum.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.model.ClassicDiscriminator;
import org.inoculum.model.ClassicGenerator;
import org.inoculum.model.ClassicShape;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Weights;

/**
 * The classic pair with its two optimisers, and the three kinds of thing that the recipe does with
 * them.
 */
final class ClassicNetworks implements AutoCloseable {
  /**
   * What one discriminator update found.
   *
   * @param loss cross-entropy before the update
   * @param accuracy share of the batch that was judged right
   */
  record Update(double loss, double accuracy) {}

  private static final String GENERATOR_STEPS = "generatorAdam.steps";
  private static final String DISCRIMINATOR_STEPS = "discriminatorAdam.steps";

  private final ClassicGenerator generator;
  private final ClassicDiscriminator discriminator;
  private final Adam generatorOptimiser;
  private final Adam discriminatorOptimiser;
  private final LossForm loss;
  private final Precision precision;
  private double learningRateFactor = 1;

  ClassicNetworks(
      ClassicShape shape, long seed, Adam.Options adam, LossForm loss, Precision precision) {
    // Two streams of weights from one seed: the discriminator's layers must not repeat the
    // generator's draws.
    this.generator = ClassicGenerator.initialise(shape, 2 * seed);
    this.discriminator = ClassicDiscriminator.initialise(shape, 2 * seed + 1);
    this.generatorOptimiser = new Adam(generator.weights(), adam);
    this.discriminatorOptimiser = new Adam(discriminator.weights(), adam);
    this.loss = loss;
    this.precision = precision;
  }

  ClassicGenerator generator() {
    return generator;
  }

  ClassicDiscriminator discriminator() {
    return discriminator;
  }

  /** From now on, both learning rates are multiplied with this. */
  void learningRateFactor(double factor) {
    this.learningRateFactor = factor;
  }

  /**
   * One update of the discriminator on images of one kind.
   *
   * @param images (N, C, H, W) in -1..1
   * @param dropout mask (N, features)
   */
  Update updateDiscriminator(Tensor images, boolean real, Optional<Tensor> dropout) {
    try (PointerScope scope = new PointerScope()) {
      Tensor logits;
      try (Autocast autocast = Autocast.to(precision)) {
        logits = discriminator.forward(images, dropout).to(ScalarType.Float);
      }
      Tensor value = loss.of(logits, real);
      discriminatorOptimiser.step(gradients(value, discriminator.weights()), learningRateFactor);
      return new Update(value.item_double(), shareTakenFor(logits, real));
    }
  }

  /**
   * One update of the generator through the discriminator, which stays as it is but, as in Keras,
   * keeps dropping features out.
   *
   * @param z latents (N, latent)
   * @param dropout mask (N, features)
   * @return the loss against label 1, before the update
   */
  double updateGenerator(Tensor z, Optional<Tensor> dropout) {
    try (PointerScope scope = new PointerScope()) {
      Tensor logits;
      try (Autocast autocast = Autocast.to(precision)) {
        logits = discriminator.forward(generator.forward(z), dropout).to(ScalarType.Float);
      }
      Tensor value = loss.of(logits, true);
      generatorOptimiser.step(gradients(value, generator.weights()), learningRateFactor);
      return value.item_double();
    }
  }

  /**
   * Images of these latents, outside the gradient graph: (N, C, H, W) in -1..1. The caller's scope
   * frees them.
   */
  Tensor generate(Tensor z) {
    try (AutoGradMode noGradients = new AutoGradMode(false);
        Autocast autocast = Autocast.to(precision)) {
      return generator.forward(z).to(ScalarType.Float);
    }
  }

  /** Share of these images that the discriminator, without dropout, judges right. */
  double accuracy(Tensor images, boolean real) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false);
        Autocast autocast = Autocast.to(precision)) {
      return shareTakenFor(discriminator.forward(images, Optional.empty()), real);
    }
  }

  /** Weights and optimisers, as they are now. */
  TrainingState state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    generator.weights().all().forEach((name, tensor) -> tensors.put("generator." + name, tensor));
    discriminator
        .weights()
        .all()
        .forEach((name, tensor) -> tensors.put("discriminator." + name, tensor));
    generatorOptimiser
        .state()
        .forEach((name, tensor) -> tensors.put("generatorAdam." + name, tensor));
    discriminatorOptimiser
        .state()
        .forEach((name, tensor) -> tensors.put("discriminatorAdam." + name, tensor));
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put(GENERATOR_STEPS, (double) generatorOptimiser.steps());
    numbers.put(DISCRIMINATOR_STEPS, (double) discriminatorOptimiser.steps());
    return new TrainingState(tensors, numbers);
  }

  /** The counts of an earlier {@link #state}. */
  void restoreNumbers(Map<String, Double> numbers) {
    generatorOptimiser.steps(numbers.getOrDefault(GENERATOR_STEPS, 0.0).longValue());
    discriminatorOptimiser.steps(numbers.getOrDefault(DISCRIMINATOR_STEPS, 0.0).longValue());
  }

  @Override
  public void close() {
    generatorOptimiser.close();
    discriminatorOptimiser.close();
    generator.close();
    discriminator.close();
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

  private static double shareTakenFor(Tensor logits, boolean real) {
    Tensor takenForReal =
        logits.to(ScalarType.Float).sigmoid().gt(new org.bytedeco.pytorch.Scalar(0.5));
    double share = takenForReal.to(ScalarType.Float).mean().item_double();
    return real ? share : 1 - share;
  }
}
