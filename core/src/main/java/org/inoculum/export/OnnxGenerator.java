package org.inoculum.export;

import static org.inoculum.model.ClassicShape.START_CHANNELS;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.inoculum.export.OnnxGraph.Element;
import org.inoculum.model.ClassicGenerator;
import org.inoculum.model.Generator;
import org.inoculum.model.ModernGenerator;

/**
 * A generator as an ONNX file of opset {@value OnnxGraph#OPSET} and 32-bit floats that computes
 * what {@link Generator#forward} does.
 *
 * <p>Inputs: {@code z} (N, latent), standard normal; where the generator takes noise, {@code noise}
 * (N, noise), standard normal; where it makes several classes, {@code label} (N), 64-bit integers
 * from 0. Output: {@code images} (N, channels, size, size), -1 is black and 1 is white. N is free.
 */
public final class OnnxGenerator {
  static final String IMAGES = "images";

  private OnnxGenerator() {}

  /**
   * The file.
   *
   * @param description one or two sentences for who looks into the file
   * @param metadata names and texts that go with it; they are sorted
   * @throws org.inoculum.UserException of kind FAILURE if it would have 2 GiB or more
   */
  public static byte[] encode(
      Generator generator, String description, Map<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph("generator");
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      if (generator instanceof ModernGenerator modern) {
        new ModernOnnx(modern, graph).draw();
      } else {
        classic((ClassicGenerator) generator, graph);
      }
    }
    return graph.toBytes(description, metadata);
  }

  /** {@link ClassicGenerator#forward}. */
  private static void classic(ClassicGenerator generator, OnnxGraph graph) {
    OnnxLayers layers = new OnnxLayers(graph, generator.weights());
    long start = generator.shape().start();
    String z = graph.input("z", Element.FLOAT, generator.latentSize());
    String x = layers.activate("dense_active", layers.dense("dense", z), ClassicGenerator.SLOPE);
    x = layers.reshape("start", x, 0, START_CHANNELS, start, start); // (N, 1024, start, start)
    for (int block = 1; block <= generator.shape().blocks(); block++) {
      String up = "up" + block;
      x = layers.convTranspose(up, x, generator.weights().get(up + ".weight"), 1);
      x = layers.activate(up + "_active", x, ClassicGenerator.SLOPE);
    }
    x = layers.conv("out", x, 1);
    long size = generator.shape().size();
    graph.node("Tanh", IMAGES, List.of(x));
    graph.output(IMAGES, generator.shape().channels(), size, size);
  }
}
