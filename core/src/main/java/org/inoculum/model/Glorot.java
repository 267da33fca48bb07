package org.inoculum.model;

import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Weights;

/**
 * Glorot uniform initialisation with zero biases (Glorot &amp; Bengio 2010, equation 16; the
 * default of Keras): uniform in ±sqrt(6 / (fan in + fan out)), where a convolution's fans count the
 * positions of its kernel.
 */
final class Glorot {
  private final Weights weights = new Weights();
  private final long seed;
  private long layers;

  Glorot(long seed) {
    this.seed = seed;
  }

  /** A dense layer: weight (out, in), bias (out). */
  Glorot dense(String name, int in, int out) {
    return layer(name, out, in, out, out, in);
  }

  /** A convolution: weight (out, in, kernel, kernel), bias (out). */
  Glorot conv(String name, int in, int out, int kernel) {
    return layer(name, out, in * kernel * kernel, out * kernel * kernel, out, in, kernel, kernel);
  }

  /** A transposed convolution: weight (in, out, kernel, kernel), bias (out). */
  Glorot convTranspose(String name, int in, int out, int kernel) {
    return layer(name, out, in * kernel * kernel, out * kernel * kernel, in, out, kernel, kernel);
  }

  Weights weights() {
    return weights;
  }

  private Glorot layer(String name, int biases, int fanIn, int fanOut, long... shape) {
    int count = 1;
    for (long side : shape) {
      count = Math.toIntExact(count * side);
    }
    RandomStream random = RandomStream.of(seed, Purpose.WEIGHTS, layers++);
    double limit = Math.sqrt(6.0 / ((double) fanIn + fanOut));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-limit, limit);
    }
    weights.add(name + ".weight", values, shape);
    weights.add(name + ".bias", new float[biases], biases);
    return this;
  }
}
