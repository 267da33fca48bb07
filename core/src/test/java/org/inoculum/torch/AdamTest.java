package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;

class AdamTest extends TorchTest {
  @Test
  void stepsAreThoseOfThePaperWithKerasEpsilon() {
    Adam.Options options = new Adam.Options(2e-4, 0.5, 0.999, 1e-7);
    float[] start = {0.5f, -1f, 2f, 1e-3f};
    float[][] gradients = {
      {0.1f, -2f, 1e-6f, 0f}, {0.3f, 1f, 1e-7f, 0f}, {-0.2f, 1f, -1e-6f, 0.5f}
    };
    double[] p = {start[0], start[1], start[2], start[3]};
    double[] m = new double[4];
    double[] v = new double[4];
    try (Weights weights = new Weights();
        PointerScope scope = new PointerScope()) {
      weights.add("w", start, 2, 2);
      try (Adam adam = new Adam(weights, options)) {
        for (int t = 1; t <= gradients.length; t++) {
          adam.step(new TensorVector(Tensor.create(gradients[t - 1], 2, 2)));
          double rate =
              options.learningRate() * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.5, t));
          for (int i = 0; i < 4; i++) {
            double g = gradients[t - 1][i];
            m[i] = 0.5 * m[i] + 0.5 * g;
            v[i] = 0.999 * v[i] + 0.001 * g * g;
            p[i] -= rate * m[i] / (Math.sqrt(v[i]) + 1e-7);
          }
        }
      }
      float[] found = Tensors.toFloats(weights.get("w"));
      for (int i = 0; i < 4; i++) {
        // A 32-bit weight near 2 cannot hold a step more finely than this.
        assertThat((double) found[i] - start[i]).isCloseTo(p[i] - start[i], within(5e-7));
      }
    }
  }

  /**
   * After many small gradients a large one would be a step of ten learning rates, sqrt(1 / (1 -
   * 0.99)).
   */
  @Test
  void aStepIsNoLongerThanItsLimit() {
    assertThat(stepAfterASpike(Double.POSITIVE_INFINITY)).isCloseTo(-1e-2, within(1e-4));
    assertThat(stepAfterASpike(1)).isCloseTo(-1e-3, within(1e-6));
    assertThat(stepAfterASpike(3)).isCloseTo(-3e-3, within(1e-6));
  }

  private static double stepAfterASpike(double limit) {
    try (Weights weights = new Weights();
        PointerScope scope = new PointerScope()) {
      weights.add("w", new float[] {0, 0}, 2);
      try (Adam adam = new Adam(weights, new Adam.Options(1e-3, 0, 0.99, 1e-8, limit))) {
        for (int t = 0; t < 1000; t++) {
          adam.step(new TensorVector(Tensor.create(new float[] {1e-4f, 1e-4f}, 2)));
        }
        double before = Tensors.toFloats(weights.get("w"))[0];
        adam.step(new TensorVector(Tensor.create(new float[] {1, 1}, 2)));
        return Tensors.toFloats(weights.get("w"))[0] - before;
      }
    }
  }
}
