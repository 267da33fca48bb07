package org.inoculum.export;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.model.ClassicGenerator;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.ModernGenerator;
import org.inoculum.model.ModernShape;

/** Generators every weight of which is drawn, those too that begin at zero or at one value. */
final class DrawnGenerators {
  /** Standard deviation of the pixels before they are limited: most of the range, little beyond. */
  private static final double CONTRAST = 0.3;

  private DrawnGenerators() {}

  static Generator modern(int size, int channels, int classes, boolean d4Symmetry) {
    return drawn(
        ModernGenerator.initialise(
            new ModernShape(size, channels, classes, 16, 32, d4Symmetry), 0));
  }

  static Generator classic(int size, int channels) {
    return drawn(ClassicGenerator.initialise(new ClassicShape(size, channels, 10), 0));
  }

  private static Generator drawn(Generator generator) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      generator
          .weights()
          .all()
          .forEach(
              (name, weight) ->
                  weight.normal_(
                      0,
                      deviation(name, weight),
                      new GeneratorOptional(torch.make_generator_cpu(name.hashCode()))));
      scaleImages(generator, 1e-3); // where tanh is the identity
      Tensor images = generator.forward(GeneratorInput.of(generator, 0, 0, 0, 0, 0, 0));
      scaleImages(generator, CONTRAST / images.std().item_double());
    }
    return generator;
  }

  private static double deviation(String name, Tensor weight) {
    if (weight.dim() == 1) {
      return 0.2; // biases and the noise's strength
    }
    long in = weight.size(name.startsWith("up") ? 0 : 1);
    return Math.sqrt(1.0 / in / (weight.dim() == 4 ? weight.size(2) * weight.size(3) : 1));
  }

  private static void scaleImages(Generator generator, double factor) {
    generator
        .weights()
        .all()
        .forEach(
            (name, weight) -> {
              if (name.startsWith("rgb") || name.startsWith("out")) {
                weight.mul_(new Scalar(factor));
              }
            });
  }
}
