package org.inoculum.detect;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.UserException;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;

/**
 * The training of a detector: {@link TrainingCrops} with AdamW (Loshchilov &amp; Hutter,
 * 1711.05101) under one cycle of the learning rate (Smith &amp; Topin, 1708.07120), by the calling
 * thread alone. The result is the EMA of the weights. A function of (sets, steps, seed, precision),
 * whatever runs beside it.
 */
final class DetectorTraining {
  private static final double LEARNING_RATE = 2e-3;
  private static final double DECAY = 0.01;
  private static final Adam.Options ADAM = new Adam.Options(LEARNING_RATE, 0.9, 0.99, 1e-8);

  /** Share of the steps in which the learning rate rises. */
  private static final double RISING = 0.25;

  private static final double FIRST_RATE = 0.04;
  private static final double LAST_RATE = 0.001;
  private static final double EMA = 0.98;

  private DetectorTraining() {}

  /**
   * Trains.
   *
   * @param sets of fields, which crops are taken from in equal shares
   * @param stop asked at every step
   * @throws UserException of kind FAILURE if it was stopped
   */
  static DetectorNetwork train(
      List<List<DetectorField>> sets,
      int classes,
      int steps,
      long seed,
      Precision precision,
      BooleanSupplier stop) {
    TrainingCrops crops = new TrainingCrops(sets, classes);
    DetectorNetwork average = new DetectorNetwork(classes, seed);
    try (DetectorNetwork network = new DetectorNetwork(classes, seed);
        Adam optimiser = new Adam(network.weights(), ADAM)) {
      for (int step = 0; step < steps; step++) {
        if (stop.getAsBoolean()) {
          throw UserException.failure("stopped at step " + step + " of a detector");
        }
        double rate = rate((step + 0.5) / steps);
        step(network, optimiser, crops.draw(seed, step), rate, precision);
        average.follow(network, 1 - Math.min(EMA, (1.0 + step) / (10 + step)));
      }
    } catch (RuntimeException | Error e) {
      average.close();
      throw e;
    }
    return average;
  }

  private static void step(
      DetectorNetwork network,
      Adam optimiser,
      TrainingCrops.Batch batch,
      double rate,
      Precision precision) {
    try (PointerScope scope = new PointerScope()) {
      Tensor density =
          Tensor.create(
              batch.density(),
              TrainingCrops.BATCH,
              Density.CHANNELS,
              TrainingCrops.SIDE,
              TrainingCrops.SIDE);
      DetectorNetwork.Output output;
      try (Autocast autocast = Autocast.to(precision)) {
        output = network.forward(density, true);
      }
      Tensor loss = DetectorLoss.of(output, batch, network.classes());
      TensorVector gradients =
          torch.grad(
              new TensorVector(loss),
              network.weights().vector(),
              new TensorVector(),
              new BoolOptional(false),
              false,
              false);
      decay(network.weights().all(), rate * LEARNING_RATE * DECAY);
      optimiser.step(gradients, rate);
    }
  }

  /** Of the kernels only. */
  private static void decay(Map<String, Tensor> weights, double share) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      weights.forEach(
          (name, weight) -> {
            if (name.endsWith(".weight")) {
              weight.mul_(new Scalar(1 - share));
            }
          });
    }
  }

  /** The learning rate at a share of the training, in units of its greatest. */
  static double rate(double done) {
    return done < RISING
        ? between(FIRST_RATE, 1, done / RISING)
        : between(1, LAST_RATE, (done - RISING) / (1 - RISING));
  }

  /** Half a cosine. */
  private static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
