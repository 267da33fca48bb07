package org.inoculum.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.inoculum.detect.Detector;
import org.inoculum.detect.TestDetector;
import org.inoculum.torch.LibTorch;
import org.junit.jupiter.api.Test;

/** ONNX Runtime computes what libtorch does, at a size that the file does not fix. */
class DetectorOnnxTest {
  private static final int HEIGHT = 48;
  private static final int WIDTH = 72;

  @Test
  void theFileComputesWhatTheDetectorDoes() throws OrtException {
    LibTorch.load(1);
    float[] density = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < density.length; i++) {
      density[i] = (float) Math.cos(0.37 * i) * (i % 7) / 7;
    }
    try (Detector detector = TestDetector.create()) {
      float[][] expected = TestDetector.answer(detector, density, HEIGHT, WIDTH);
      byte[] file = DetectorOnnx.encode(detector);
      try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
          OrtSession session = environment.createSession(file);
          OnnxTensor input =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(density), new long[] {1, 3, HEIGHT, WIDTH});
          OrtSession.Result result = session.run(Map.of("density", input))) {
        assertThat(session.getMetadata().getDescription()).contains("no medical device");
        assertThat(session.getMetadata().getCustomMetadata()).containsKeys("info", "notice");
        assertClose(result, "heat", expected[0]);
        assertClose(result, "box", expected[1]);
      }
    }
  }

  private static void assertClose(OrtSession.Result result, String output, float[] expected) {
    OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
    FloatBuffer values = tensor.getFloatBuffer();
    assertThat(values.remaining()).isEqualTo(expected.length);
    for (float number : expected) {
      assertThat(values.get()).isCloseTo(number, within(1e-4f));
    }
  }
}
