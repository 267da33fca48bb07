package org.inoculum.export;

import static org.inoculum.export.OnnxGraph.FREE;
import static org.inoculum.export.OnnxGraph.integersAttribute;
import static org.inoculum.export.OnnxGraph.wordAttribute;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.detect.Detector;
import org.inoculum.detect.Detector.Convolution;
import org.inoculum.detect.DetectorFile;
import org.inoculum.export.OnnxGraph.Element;
import org.inoculum.files.OwnFile;
import org.inoculum.files.Storage;

/**
 * A detector as an ONNX file of opset {@value OnnxGraph#OPSET} and 32-bit floats. Input: {@code
 * density} (N, 3, H, W), the optical density against the field's median colour at the detector's
 * scale, sides multiples of 8. Outputs: {@code heat} (N, K, H/4, W/4), 0..1, whose local maxima are
 * cells; {@code box} (N, 4, H/4, W/4): log width, log height and the way to the centre, in
 * quarters.
 */
public final class DetectorOnnx {
  private static final String DENSITY = "density";
  private static final int HEAD_BYTES = 1 << 16;

  private final OnnxGraph graph = new OnnxGraph("detector");
  private final Map<String, Convolution> convolutions = new HashMap<>();

  private DetectorOnnx(Detector detector) {
    detector.convolutions().forEach(one -> convolutions.put(one.name(), one));
  }

  /**
   * Exports a detector's file.
   *
   * @param overwrite whether an earlier export at {@code out} is replaced; anything else never is
   * @return bytes of the file
   * @throws org.inoculum.UserException of kind USAGE if something is in the way, BAD_DATA if {@code
   *     file} is no detector or damaged
   */
  public static long write(Path file, Path out, boolean overwrite) {
    new OwnFile(out, "an export", Detector.NOTICE, HEAD_BYTES).requireFree(overwrite);
    try (Detector detector = DetectorFile.read(file)) {
      byte[] content = encode(detector);
      Storage.writeFile(out, content);
      return content.length;
    }
  }

  /** The file. */
  static byte[] encode(Detector detector) {
    DetectorOnnx onnx = new DetectorOnnx(detector);
    onnx.draw(detector.info().classes().size());
    Map<String, String> facts = new LinkedHashMap<>(DetectorFile.facts(detector.info()));
    facts.put("input", "log((median + 8) / (level + 8)) of each channel, levels of 0 to 255");
    return onnx.graph.toBytes(Detector.NOTICE, facts);
  }

  private void draw(int classes) {
    String x = graph.input(DENSITY, Element.FLOAT, 3, FREE, FREE);
    String fine = layer("fine", layer("stem2", layer("stem1", x)));
    String wide = layer("wide2", layer("wide1", layer("down", fine)));
    graph.constant("twice", new float[] {1, 1, 2, 2}, 4);
    String up =
        graph.node(
            "Resize",
            "doubled",
            List.of(layer("up", wide), "", "twice"), // no region of interest
            wordAttribute("coordinate_transformation_mode", "asymmetric"),
            wordAttribute("mode", "nearest"),
            wordAttribute("nearest_mode", "floor"));
    String joined = layer("join", graph.node("Add", "sum", List.of(fine, up)));
    graph.node("Sigmoid", "heat", List.of(convolution("heat_out", layer("heat", joined))));
    graph.node("Identity", "box", List.of(convolution("box_out", layer("box", joined))));
    graph.output("heat", classes, FREE, FREE);
    graph.output("box", 4, FREE, FREE);
  }

  private String layer(String name, String x) {
    return graph.node("Relu", name + "_active", List.of(convolution(name, x)));
  }

  private String convolution(String name, String x) {
    Convolution one = convolutions.get(name);
    if (one == null) {
      throw new IllegalStateException("no convolution is called " + name);
    }
    long kernel = one.shape()[2];
    long padding = kernel / 2;
    return graph.node(
        "Conv",
        name + "_sum",
        List.of(
            x,
            graph.constant(name + "_weight", one.weight(), one.shape()),
            graph.constant(name + "_bias", one.bias(), one.bias().length)),
        integersAttribute("kernel_shape", kernel, kernel),
        integersAttribute("strides", one.stride(), one.stride()),
        integersAttribute("pads", padding, padding, padding, padding));
  }
}
