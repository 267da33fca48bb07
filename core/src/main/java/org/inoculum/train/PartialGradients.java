package org.inoculum.train;

import java.util.List;
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
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;

/**
 * The gradients of both networks on one part of a step's images, from one pass (Shen et al.,
 * 2103.00430, "Training Generative Adversarial Networks in One Stage"): what the discriminator's
 * loss would change in a fake, times the ratio of the two losses' slopes at its logit, is what the
 * generator's loss would. That holds because an image's logit depends on that image alone, and it
 * saves the second pass of the fakes through the discriminator.
 */
record PartialGradients(
    ModernGenerator generator,
    ModernDiscriminator discriminator,
    GanLoss loss,
    Augmentation augmentation,
    List<SpectralLoss> spectra,
    Precision precision) {
  /**
   * The statistics of one part of a step, means over its images.
   *
   * @param d the discriminator's loss
   * @param g the generator's loss
   * @param penalty R1 + R2, in a step with them
   * @param realLogits mean logit of the real images
   * @param fakeLogits mean logit of the fakes
   * @param reconstruction the decoder's mean absolute error
   * @param spectrum how far the fakes' texture is from that of real images; 0 where it has no
   *     weight
   */
  record StepStatistics(
      double d,
      double g,
      OptionalDouble penalty,
      double realLogits,
      double fakeLogits,
      double reconstruction,
      double spectrum) {}

  /**
   * The target of the gradients of a network.
   *
   * @param parameters that are trained
   * @param target one tensor for each of them
   * @param share by which the gradients are multiplied
   */
  record GradientTarget(List<Tensor> parameters, Gradients target, double share) {
    private void keep(TensorVector gradients) {
      target.keep(gradients, parameters.size(), share);
    }
  }

  /**
   * Computes the gradients.
   *
   * @param real (N, C, H, W) in -1..1
   * @param input of as many fakes; their classes are those of the real images
   * @param random decides the augmentation
   */
  StepStatistics compute(
      Tensor real,
      GeneratorInput input,
      ModernNetworks.StepParameters parameters,
      RandomStream random,
      GradientTarget ofDiscriminator,
      GradientTarget ofGenerator) {
    long n = real.size(0);
    Tensor labels = input.labels();
    try (PointerScope scope = new PointerScope()) {
      Tensor fake = generate(input, parameters.level()); // (N, C, H, W)
      Tensor leaf = fake.detach().requires_grad_(true);
      Tensor seenReal = augmentation.apply(real, parameters.adaP(), random);
      Tensor seenFake = augmentation.apply(leaf, parameters.adaP(), random);
      Tensor seen = torch.cat(new TensorVector(seenReal, seenFake), 0);
      Tensor both = torch.cat(new TensorVector(labels, labels), 0);
      Tensor logits;
      Tensor reconstruction;
      try (Autocast autocast = Autocast.to(precision)) {
        ModernDiscriminator.Output evaluation = discriminator.forward(seen, both);
        logits = evaluation.logits().to(ScalarType.Float);
        reconstruction =
            discriminator.decode(evaluation.features().narrow(0, 0, n)).to(ScalarType.Float);
      }
      Tensor realLogits = logits.narrow(0, 0, n);
      Tensor fakeLogits = logits.narrow(0, n, n);
      Tensor d = loss.ofDiscriminator(realLogits, fakeLogits);
      Tensor g = loss.ofGenerator(realLogits.detach(), fakeLogits);
      Tensor small =
          torch.adaptive_avg_pool2d(seenReal, reconstruction.size(2), reconstruction.size(3));
      Tensor error = reconstruction.sub(small).abs().mean();
      Tensor whole = d.add(error.mul(new Scalar(parameters.reconstructionWeight())));
      OptionalDouble penalty = OptionalDouble.empty();
      if (parameters.gamma().isPresent()) {
        Tensor squares = squaredGradients(seen, both);
        penalty = OptionalDouble.of(squares.item_double());
        whole =
            whole.add(
                squares.mul(
                    new Scalar(
                        ModernNetworks.PENALTY_EVERY * parameters.gamma().getAsDouble() / 2)));
      }
      TensorVector and = vector(ofDiscriminator.parameters());
      and.push_back(leaf);
      boolean again = !loss.slopesAreProportional();
      TensorVector found = gradients(whole, and, again);
      ofDiscriminator.keep(found);
      Tensor push =
          again
              ? gradients(g, new TensorVector(leaf), false).get(0)
              : found
                  .get(found.size() - 1)
                  .mul(
                      loss.ratioOfSlopes(realLogits.detach(), fakeLogits.detach())
                          .view(n, 1, 1, 1));
      double spectrum = 0;
      if (parameters.spectralWeight() > 0) {
        Tensor apart = spectra.get(parameters.level()).of(generator.asMade(leaf, input), labels);
        spectrum = apart.item_double();
        Tensor towards = gradients(apart, new TensorVector(leaf), false).get(0);
        push = push.add(towards, new Scalar(parameters.spectralWeight()));
      }
      ofGenerator.keep(
          torch.grad(
              new TensorVector(fake),
              vector(ofGenerator.parameters()),
              new TensorVector(push),
              new BoolOptional(false),
              false,
              false));
      return new StepStatistics(
          d.item_double(),
          g.item_double(),
          penalty,
          realLogits.mean().item_double(),
          fakeLogits.mean().item_double(),
          error.item_double(),
          spectrum);
    }
  }

  /**
   * Sum of the logits of images that are augmented as those of a step.
   *
   * @param images (N, C, H, W) in -1..1
   * @param labels their classes (N)
   */
  double sumOfLogits(Tensor images, Tensor labels, double probability, RandomStream random) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false);
        Autocast autocast = Autocast.to(precision)) {
      Tensor seen = augmentation.apply(images, probability, random);
      return discriminator.forward(seen, labels).logits().to(ScalarType.Float).sum().item_double();
    }
  }

  private Tensor generate(GeneratorInput input, int level) {
    try (Autocast autocast = Autocast.to(precision)) {
      return generator.forward(input, level);
    }
  }

  /**
   * R1 + R2 (Mescheder et al., 1801.04406) on a half of the images: mean over images of the squared
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
    return discriminator.seenGradient(gradient).square().sum().mul(new Scalar(2.0 / half.size(0)));
  }

  private static TensorVector gradients(Tensor value, TensorVector parameters, boolean keepGraph) {
    return torch.grad(
        new TensorVector(value),
        parameters,
        new TensorVector(),
        new BoolOptional(keepGraph),
        false,
        false);
  }

  private static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(new Tensor[0]));
  }
}
