package org.inoculum.utility;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.Weights;

/**
 * A small convolutional classifier: four 3 x 3 convolutions of stride 2 (32, 64, 64, 64 channels)
 * with leaky ReLUs, mean over the places, one dense layer; about 95,000 parameters, 32-bit floats.
 * Trained with Adam on the cross-entropy; evaluated with the mean of its weights over the last
 * third of the steps (Polyak &amp; Juditsky 1992), which is steadier than the last step's.
 */
final class Classifier implements AutoCloseable {
  private static final int[] WIDTHS = {3, 32, 64, 64, 64};
  private static final double SLOPE = 0.1;
  private static final Adam.Options ADAM = new Adam.Options(1e-3, 0.9, 0.999, 1e-8);

  private final Weights weights;
  private final Weights average;
  private final Adam optimiser;

  Classifier(int classes, long seed) {
    weights = initialised(classes, seed);
    average = initialised(classes, seed);
    optimiser = new Adam(weights, ADAM);
  }

  /**
   * Trains.
   *
   * @param batches where step's batch comes from, drawn with {@code seed}
   */
  void train(Batches batches, int steps, long seed) {
    int averagedFrom = steps - Math.max(1, steps / 3);
    for (int step = 0; step < steps; step++) {
      Batches.Batch batch = batches.draw(seed, step);
      try (PointerScope scope = new PointerScope()) {
        Tensor images = tensor(batch.images(), batch.labels().length);
        Tensor loss =
            torch.cross_entropy_loss(forward(images, weights), Tensor.create(batch.labels()));
        optimiser.step(
            torch.grad(
                new TensorVector(loss),
                weights.vector(),
                new TensorVector(),
                new BoolOptional(false),
                false,
                false));
        if (step >= averagedFrom) {
          take(1.0 / (step - averagedFrom + 1));
        }
      }
    }
  }

  /**
   * The most likely class of each image.
   *
   * @param images each (3, 64, 64)
   */
  int[] classify(List<float[]> images) {
    int[] found = new int[images.size()];
    for (int first = 0; first < found.length; first += Batches.SIZE) {
      int count = Math.min(Batches.SIZE, found.length - first);
      float[] values = new float[count * Scale.VALUES];
      for (int i = 0; i < count; i++) {
        System.arraycopy(images.get(first + i), 0, values, i * Scale.VALUES, Scale.VALUES);
      }
      try (PointerScope scope = new PointerScope();
          AutoGradMode noGradients = new AutoGradMode(false)) {
        float[] logits = Tensors.toFloats(forward(tensor(values, count), average));
        int classes = logits.length / count;
        for (int i = 0; i < count; i++) {
          int best = 0;
          for (int k = 1; k < classes; k++) {
            best = logits[i * classes + k] > logits[i * classes + best] ? k : best;
          }
          found[first + i] = best;
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    optimiser.close();
    weights.close();
    average.close();
  }

  private static Tensor forward(Tensor images, Weights weights) {
    Tensor x = images.contiguous(MemoryFormat.ChannelsLast); // (N, 3, 64, 64)
    for (int layer = 1; layer < WIDTHS.length; layer++) {
      x =
          Convolutions.conv2d(
              x,
              weights.get("conv" + layer + ".weight"),
              weights.get("conv" + layer + ".bias"),
              2,
              1);
      x = torch.leaky_relu_(x, new Scalar(SLOPE)); // (N, width, 64 / 2^layer, …)
    }
    x = x.mean(2, 3); // (N, 64)
    return torch.linear(
        x, weights.get("dense.weight"), new TensorOptional(weights.get("dense.bias"))); // (N, K)
  }

  /** Moves the average towards the weights. */
  private void take(double share) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      List<Tensor> means = average.tensors();
      List<Tensor> now = weights.tensors();
      for (int i = 0; i < means.size(); i++) {
        means.get(i).lerp_(now.get(i), new Scalar(share));
      }
    }
  }

  private static Tensor tensor(float[] values, int count) {
    return Tensor.create(values, count, 3, UtilityData.SIZE, UtilityData.SIZE);
  }

  /** He initialisation for ReLUs (He et al. 1502.01852), uniform; biases zero. */
  private static Weights initialised(int classes, long seed) {
    Weights weights = new Weights();
    for (int layer = 1; layer < WIDTHS.length; layer++) {
      add(weights, "conv" + layer, seed, layer, WIDTHS[layer], WIDTHS[layer - 1], 3, 3);
    }
    add(weights, "dense", seed, WIDTHS.length, classes, WIDTHS[WIDTHS.length - 1]);
    return weights;
  }

  private static void add(Weights weights, String name, long seed, int stream, long... shape) {
    int count = 1;
    for (long side : shape) {
      count = Math.toIntExact(count * side);
    }
    RandomStream random = RandomStream.of(seed, Purpose.WEIGHTS, stream);
    double limit = Math.sqrt(6.0 * shape[0] / count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-limit, limit);
    }
    weights.add(name + ".weight", values, shape);
    weights.add(name + ".bias", new float[Math.toIntExact(shape[0])], shape[0]);
  }
}
