package org.inoculum.train;

import static org.inoculum.model.ClassicShape.MAP_CHANNELS;
import static org.inoculum.model.ClassicShape.START_CHANNELS;

import org.inoculum.model.ClassicShape;

/**
 * Additions and multiplications that the mathematics of the classic recipe asks for. Only the
 * layers are counted (activations, losses and the optimiser are below a hundredth), and no gradient
 * that nobody needs: none of the discriminator's weights while the generator learns, none of the
 * pixels of real images or of latents.
 */
public final class ClassicWork {
  private static final int UP_AND_DOWN = 4 * 4;
  private static final int LAST = 3 * 3;

  private ClassicWork() {}

  /** One iteration: half a batch of real images, half a batch of fakes, a batch of latents. */
  public static double ofIteration(ClassicShape shape, int batch) {
    double g = ofGenerator(shape);
    double d = ofDiscriminator(shape);
    double fakes = batch / 2.0 * g;
    double ofDiscriminator = batch * (3 * d - firstConvolution(shape));
    double ofGenerator = batch * (3 * g - firstDense(shape) + 2 * d);
    return fakes + ofDiscriminator + ofGenerator;
  }

  /** Making one image. */
  public static double ofGenerator(ClassicShape shape) {
    double sum = firstDense(shape);
    for (int block = 1; block <= shape.blocks(); block++) {
      double pixels = square(shape.start() << (block - 1)); // that each weight is multiplied with
      sum += 2 * pixels * (block == 1 ? START_CHANNELS : MAP_CHANNELS) * MAP_CHANNELS * UP_AND_DOWN;
    }
    return sum + 2 * square(shape.size()) * MAP_CHANNELS * shape.channels() * LAST;
  }

  /** Evaluating one image. */
  static double ofDiscriminator(ClassicShape shape) {
    double sum = firstConvolution(shape);
    for (int block = 2; block <= shape.blocks(); block++) {
      sum += 2 * square(shape.size() >> block) * MAP_CHANNELS * MAP_CHANNELS * UP_AND_DOWN;
    }
    return sum + 2 * square(shape.start()) * MAP_CHANNELS;
  }

  private static double firstDense(ClassicShape shape) {
    return 2 * square(shape.start()) * START_CHANNELS * shape.latentSize();
  }

  private static double firstConvolution(ClassicShape shape) {
    return 2 * square(shape.size() >> 1) * shape.channels() * MAP_CHANNELS * UP_AND_DOWN;
  }

  private static double square(int side) {
    return (double) side * side;
  }
}
