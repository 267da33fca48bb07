package org.inoculum.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.model.GeneratorInput;
import org.inoculum.torch.Tensors;

/** An exported generator in ONNX Runtime, which knows nothing of us. */
final class OnnxRun implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxRun(byte[] file) throws OrtException {
    session = environment.createSession(file);
  }

  /** Values and shape of the images. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
  record Images(float[] values, long[] shape) {}

  Images images(GeneratorInput input) throws OrtException {
    long n = input.z().size(0);
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    for (var one : session.getInputInfo().entrySet()) {
      long[] shape = ((TensorInfo) one.getValue().getInfo()).getShape();
      shape[0] = n;
      given.put(
          one.getKey(),
          switch (one.getKey()) {
            case "z" -> tensor(Tensors.toFloats(input.z()), shape);
            case "noise" -> tensor(Tensors.toFloats(input.noise()), shape);
            case "label" -> {
              long[] labels = new long[(int) n];
              input.labels().data_ptr_long().get(labels);
              yield OnnxTensor.createTensor(environment, LongBuffer.wrap(labels), shape);
            }
            default -> throw new AssertionError("nobody asked for " + one.getKey());
          });
    }
    try (OrtSession.Result result = session.run(given)) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      float[] values = new float[output.getFloatBuffer().remaining()];
      output.getFloatBuffer().get(values);
      return new Images(values, output.getInfo().getShape());
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  OrtSession session() {
    return session;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private OnnxTensor tensor(float[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
  }
}
