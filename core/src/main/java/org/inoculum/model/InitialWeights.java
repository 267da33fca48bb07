package org.inoculum.model;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Weights;

/**
 * Layers with weights drawn from a uniform distribution around 0 and biases of 0. A convolution's
 * fans count the positions of its kernel.
 */
final class InitialWeights {
  private final Weights weights = new Weights();
  private final long seed;
  private final DoubleBinaryOperator limit;
  private long layers;

  private InitialWeights(long seed, DoubleBinaryOperator limit) {
    this.seed = seed;
    this.limit = limit;
  }

  /**
   * ±sqrt(6 / (fan in + fan out)) (Glorot &amp; Bengio 2010, equation 16; the default of Keras).
   */
  static InitialWeights glorot(long seed) {
    return new InitialWeights(seed, (in, out) -> Math.sqrt(6 / (in + out)));
  }

  /**
   * ±sqrt(6 / ((1 + slope²) fan in)), which keeps the size of activations through leaky ReLUs of
   * that slope (He et al., 1502.01852, equation 15).
   */
  static InitialWeights he(long seed, double slope) {
    return new InitialWeights(seed, (in, out) -> Math.sqrt(6 / ((1 + slope * slope) * in)));
  }

  /** A dense layer: weight (out, in), bias (out). */
  InitialWeights dense(String name, int in, int out) {
    return layer(name, out, in, out, out, in);
  }

  /** A convolution: weight (out, in, kernel, kernel), bias (out). */
  InitialWeights conv(String name, int in, int out, int kernel) {
    return layer(name, out, in * kernel * kernel, out * kernel * kernel, out, in, kernel, kernel);
  }

  /** A convolution whose weights are so much smaller. */
  InitialWeights scaledConv(String name, int in, int out, int kernel, double scale) {
    conv(name, in, out, kernel);
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      weights.get(name + ".weight").mul_(new Scalar(scale));
    }
    return this;
  }

  /** A transposed convolution: weight (in, out, kernel, kernel), bias (out). */
  InitialWeights convTranspose(String name, int in, int out, int kernel) {
    return layer(name, out, in * kernel * kernel, out * kernel * kernel, in, out, kernel, kernel);
  }

  /** A layer whose weights and biases are all zero: it does nothing until it has learnt to. */
  InitialWeights zeroDense(String name, int in, int out) {
    weights.add(name + ".weight", new float[in * out], out, in);
    weights.add(name + ".bias", new float[out], out);
    return this;
  }

  /** Numbers that all start at one value, without a bias. */
  InitialWeights constant(String name, float value, int... shape) {
    int count = 1;
    for (int side : shape) {
      count = Math.multiplyExact(count, side);
    }
    float[] values = new float[count];
    Arrays.fill(values, value);
    weights.add(name, values, Arrays.stream(shape).asLongStream().toArray());
    return this;
  }

  Weights weights() {
    return weights;
  }

  private InitialWeights layer(String name, int biases, int fanIn, int fanOut, long... shape) {
    int count = 1;
    for (long side : shape) {
      count = Math.toIntExact(count * side);
    }
    RandomStream random = RandomStream.of(seed, Purpose.WEIGHTS, layers++);
    double bound = limit.applyAsDouble(fanIn, fanOut);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    weights.add(name + ".weight", values, shape);
    weights.add(name + ".bias", new float[biases], biases);
    return this;
  }
}
