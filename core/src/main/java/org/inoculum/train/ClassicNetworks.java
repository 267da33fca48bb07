package org.inoculum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.model.ClassicDiscriminator;
import org.inoculum.model.ClassicGenerator;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.DiscriminatorPass;
import org.inoculum.model.GeneratorPass;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Workers;

/**
 * The classic G and D with their two optimisers, and the three kinds of thing that the recipe does
 * with them. A batch is computed in {@link Parts}, side by side.
 */
final class ClassicNetworks implements AutoCloseable {
  /**
   * The result of one discriminator update.
   *
   * @param loss cross-entropy before the update
   * @param accuracy share of the batch that was classified right
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
  private final Workers workers;
  private final List<Gradients> generatorGradients = new ArrayList<>();
  private final List<Gradients> discriminatorGradients = new ArrayList<>();
  private double learningRateFactor = 1;

  /**
   * Networks.
   *
   * @param batch images of the largest step
   * @param threads CPU threads
   */
  ClassicNetworks(
      ClassicShape shape,
      long seed,
      Adam.Options adam,
      LossForm loss,
      Precision precision,
      int batch,
      int threads) {
    // Two streams of weights from one seed: the discriminator's layers must not repeat the
    // generator's draws.
    this.generator = ClassicGenerator.initialise(shape, 2 * seed);
    this.discriminator = ClassicDiscriminator.initialise(shape, 2 * seed + 1);
    this.generatorOptimiser = new Adam(generator.weights(), adam);
    this.discriminatorOptimiser = new Adam(discriminator.weights(), adam);
    this.loss = loss;
    this.precision = precision;
    int parts = Parts.of(batch).count();
    this.workers = Workers.start(parts, threads);
    for (int i = 0; i < parts; i++) {
      generatorGradients.add(new Gradients(generator.weights().tensors()));
      discriminatorGradients.add(new Gradients(discriminator.weights().tensors()));
    }
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
    int n = (int) images.size(0);
    double[] sums = new double[n];
    double[] right = new double[n];
    inChunks(
        n,
        discriminatorGradients,
        (range, gradients) -> {
          DiscriminatorPass pass =
              new DiscriminatorPass(
                  discriminator, some(images, range), dropout.map(mask -> some(mask, range)));
          Slope slope = slope(pass.logits(), real, n);
          sums[range.from()] = slope.loss();
          right[range.from()] = countTakenFor(pass.logits(), real);
          gradients.add(pass.wgrads(slope.gradient()));
        });
    discriminatorOptimiser.step(discriminatorGradients.get(0).tensors(), learningRateFactor);
    return new Update(Arrays.stream(sums).sum(), Arrays.stream(right).sum() / n);
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
    int n = (int) z.size(0);
    double[] sums = new double[n];
    inChunks(
        n,
        generatorGradients,
        (range, gradients) -> {
          GeneratorPass fakes = new GeneratorPass(generator, some(z, range));
          DiscriminatorPass pass =
              new DiscriminatorPass(
                  discriminator, fakes.images(), dropout.map(mask -> some(mask, range)));
          Slope slope = slope(pass.logits(), true, n);
          sums[range.from()] = slope.loss();
          gradients.add(fakes.wgrads(pass.imageDgrad(slope.gradient())));
        });
    generatorOptimiser.step(generatorGradients.get(0).tensors(), learningRateFactor);
    return Arrays.stream(sums).sum();
  }

  /**
   * Images of these latents, outside the gradient graph: (N, C, H, W) in -1..1. The caller's scope
   * frees them.
   */
  Tensor generate(Tensor z) {
    int n = (int) z.size(0);
    ClassicShape shape = generator.shape();
    Tensor images = torch.empty(n, shape.channels(), shape.size(), shape.size());
    inChunks(
        n,
        List.of(),
        (range, gradients) -> some(images, range).copy_(generator.forward(some(z, range))));
    return images;
  }

  /** Share of these images that the discriminator, without dropout, classifies right. */
  double accuracy(Tensor images, boolean real) {
    int n = (int) images.size(0);
    double[] right = new double[n];
    inChunks(
        n,
        List.of(),
        (range, gradients) ->
            right[range.from()] =
                countTakenFor(discriminator.forward(some(images, range), Optional.empty()), real));
    return Arrays.stream(right).sum() / n;
  }

  /** The work on a chunk of a batch, and where the gradients of its part go, if any do. */
  private interface ChunkWork {
    void compute(Parts.Range range, Gradients gradients);
  }

  /**
   * Does all pieces of a batch side by side. Gradients end up in the first of the list: parts are
   * added in their order, whatever the number of threads.
   */
  private void inChunks(int images, List<Gradients> gradients, ChunkWork work) {
    Parts parts = Parts.of(images);
    workers.each(
        parts.count(),
        part -> {
          Gradients target = gradients.isEmpty() ? Gradients.NONE : gradients.get(part);
          target.clear();
          for (int chunk = 0; chunk < parts.chunks(part); chunk++) {
            try (PointerScope scope = new PointerScope();
                AutoGradMode noGradients = new AutoGradMode(false);
                Autocast autocast = Autocast.to(precision)) {
              work.compute(parts.chunk(part, chunk), target);
            }
          }
        });
    for (int i = 1; i < Math.min(parts.count(), gradients.size()); i++) {
      gradients.get(0).add(gradients.get(i));
    }
  }

  private static Tensor some(Tensor batch, Parts.Range range) {
    return batch.narrow(0, range.from(), range.count());
  }

  /** A piece's share of the loss of n images, and the gradient of its logits. */
  private record Slope(double loss, Tensor gradient) {}

  private Slope slope(Tensor logits, boolean real, int n) {
    try (AutoGradMode gradients = new AutoGradMode(true)) {
      Tensor leaf = logits.to(ScalarType.Float).detach().requires_grad_(true);
      Tensor value = loss.of(leaf, real).mul(new Scalar((double) leaf.size(0) / n));
      Tensor gradient =
          torch
              .grad(
                  new TensorVector(value),
                  new TensorVector(leaf),
                  new TensorVector(),
                  new BoolOptional(false),
                  false,
                  false)
              .get(0);
      return new Slope(value.item_double(), gradient);
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
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put(GENERATOR_STEPS, (double) generatorOptimiser.steps());
    scalars.put(DISCRIMINATOR_STEPS, (double) discriminatorOptimiser.steps());
    return new TrainingState(tensors, scalars);
  }

  /** The counts of an earlier {@link #state}. */
  void restoreScalars(Map<String, Double> scalars) {
    generatorOptimiser.steps(scalars.getOrDefault(GENERATOR_STEPS, 0.0).longValue());
    discriminatorOptimiser.steps(scalars.getOrDefault(DISCRIMINATOR_STEPS, 0.0).longValue());
  }

  @Override
  public void close() {
    workers.close();
    generatorGradients.forEach(Gradients::close);
    discriminatorGradients.forEach(Gradients::close);
    generatorOptimiser.close();
    discriminatorOptimiser.close();
    generator.close();
    discriminator.close();
  }

  private static double countTakenFor(Tensor logits, boolean real) {
    double takenForReal =
        logits
            .to(ScalarType.Float)
            .sigmoid()
            .gt(new Scalar(0.5))
            .to(ScalarType.Float)
            .sum()
            .item_double();
    return real ? takenForReal : logits.size(0) - takenForReal;
  }
}
