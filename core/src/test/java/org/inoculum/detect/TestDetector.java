package org.inoculum.detect;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Tensors;

/** Detectors for tests of other packages. */
public final class TestDetector {
  private TestDetector() {}

  /** One that has seen nothing but a few steps of noise, so that its normalisations are moved. */
  public static Detector create() {
    DetectorNetwork network = new DetectorNetwork(2, 5);
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (int step = 0; step < 5; step++) {
        float[] values = new float[2 * 3 * 64 * 64];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) Math.sin(i * (0.1 + step));
        }
        network.forward(Tensor.create(values, 2, 3, 64, 64), true);
      }
    }
    return new Detector(
        network,
        new DetectorInfo(
            List.of("a", "b"), 1, List.of(0.1, 0.1), 5, 5, "noise in a test", "nothing"));
  }

  /** The heat, 0..1, and then the box, of a density (1, 3, height, width). */
  public static float[][] answer(Detector detector, float[] density, int height, int width) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      DetectorNetwork.Output output =
          detector.network().forward(Tensor.create(density, 1, 3, height, width), false);
      return new float[][] {
        Tensors.toFloats(torch.sigmoid(output.heat())), Tensors.toFloats(output.box())
      };
    }
  }
}
