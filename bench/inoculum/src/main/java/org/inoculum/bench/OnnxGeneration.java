package org.inoculum.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.bench.protocol.Contestant;
import org.inoculum.model.Latents;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Tensors;

/** ONNX Runtime on the classic generator that we exported. */
final class OnnxGeneration implements Contestant, AutoCloseable {
  private static final int LATENT = 100;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxGeneration(Path file, int threads) throws OrtException {
    LibTorch.load(1); // which draws the latents
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    session = environment.createSession(file.toString(), options);
  }

  @Override
  public double[] step() {
    float[] z = Tensors.toFloats(Latents.of(OurGeneration.SEED, 0, OurGeneration.BATCH, LATENT));
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(z), new long[] {OurGeneration.BATCH, LATENT});
        OrtSession.Result result = session.run(Map.of("z", input))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return OurGeneration.numbers(values);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
