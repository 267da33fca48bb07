package org.inoculum.evaluate;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.image.Image;
import org.inoculum.metric.Features;

/**
 * The output of a network in an ONNX file that the user names, run on the CPU. One input of 32-bit
 * floats, which says size, channels and layout; of several outputs the first is taken, and
 * flattened. Features are used as they come: their scale belongs to the network and to the numbers
 * that others publish with it.
 */
public final class OnnxFeatures implements FeatureSpace {
  private static final int BATCH = 16;

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxInput input;
  private final ValueRange range;

  private OnnxFeatures(
      String name,
      OrtEnvironment environment,
      OrtSession session,
      OnnxInput input,
      ValueRange range) {
    this.name = name;
    this.environment = environment;
    this.session = session;
    this.input = input;
    this.range = range;
  }

  /**
   * Opens a network.
   *
   * @param range what black and white are for it
   * @param threads intra-op threads
   * @throws UserException of kind BAD_DATA if the file is not a network that takes images; of kind
   *     FAILURE if ONNX Runtime does not load on this machine
   */
  public static OnnxFeatures open(Path file, ValueRange range, int threads) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw UserException.badData(file + ": expected an ONNX file, found no file that can be read");
    }
    OrtEnvironment environment = environment();
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL); // errors are thrown too
      session = environment.createSession(file.toString(), options);
      OnnxInput input = input(session, file);
      String name = String.valueOf(file.getFileName());
      OrtSession opened = session;
      session = null;
      return new OnnxFeatures(name, environment, opened, input, range);
    } catch (OrtException e) {
      throw UserException.badData(
          file + ": expected an ONNX network, found something else: " + firstLine(e), e);
    } finally {
      close(session);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Features of(List<Image> images) {
    int rows = input.batch() > 0 ? input.batch() : BATCH;
    double[][] features = new double[images.size()][];
    for (int from = 0; from < images.size(); from += rows) {
      List<Image> batch = images.subList(from, Math.min(from + rows, images.size()));
      double[][] some = run(batch, input.batch() > 0 ? rows : batch.size());
      System.arraycopy(some, 0, features, from, batch.size());
    }
    return Features.of(features, name);
  }

  /** As they are. */
  @Override
  public Scaling scalingFor(Features real) {
    return Scaling.none(real);
  }

  @Override
  public void close() {
    close(session);
  }

  private double[][] run(List<Image> batch, int rows) {
    FloatBuffer pixels = input.tensor(batch, rows, range);
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, pixels, input.shape(rows));
        OrtSession.Result result =
            session.run(
                Map.of(session.getInputNames().iterator().next(), tensor),
                Set.of(session.getOutputNames().iterator().next()))) {
      if (!(result.get(0) instanceof OnnxTensor output)
          || output.getInfo().type != OnnxJavaType.FLOAT) {
        throw UserException.badData(
            name + ": expected an output of 32-bit floats, found " + result.get(0).getInfo());
      }
      float[] values = new float[output.getFloatBuffer().remaining()];
      output.getFloatBuffer().get(values);
      long[] shape = output.getInfo().getShape();
      if (shape.length < 2 || shape[0] != rows || values.length < rows) {
        throw UserException.badData(
            "%s: expected an output with a row for each of %d images, found the shape %s"
                .formatted(name, rows, Arrays.toString(shape)));
      }
      return rows(values, rows);
    } catch (OrtException e) {
      throw UserException.badData(
          "%s does not run on images of %d x %d: %s"
              .formatted(name, input.width(), input.height(), firstLine(e)),
          e);
    }
  }

  private static double[][] rows(float[] values, int rows) {
    int dimension = values.length / rows;
    double[][] features = new double[rows][dimension];
    for (int i = 0; i < values.length; i++) {
      features[i / dimension][i % dimension] = values[i];
    }
    return features;
  }

  private static OnnxInput input(OrtSession session, Path file) throws OrtException {
    if (session.getNumInputs() != 1) {
      throw UserException.badData(
          "%s: expected a network with one input, found %d: %s"
              .formatted(file, session.getNumInputs(), session.getInputNames()));
    }
    NodeInfo info = session.getInputInfo().values().iterator().next();
    if (!(info.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw UserException.badData(
          file + ": expected an input of 32-bit floats, found " + info.getInfo());
    }
    return OnnxInput.of(tensor.getShape(), file.toString());
  }

  private static OrtEnvironment environment() {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | OrtException | IllegalStateException e) {
      throw UserException.failure(
          "ONNX Runtime does not load on this machine ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + "); use --features random or pixels",
          e);
    }
  }

  private static void close(@org.jspecify.annotations.Nullable OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime does not close a network", e);
      }
    }
  }

  private static String firstLine(OrtException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
