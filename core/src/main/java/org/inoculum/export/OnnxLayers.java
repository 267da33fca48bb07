package org.inoculum.export;

import static org.inoculum.export.OnnxGraph.floatAttribute;
import static org.inoculum.export.OnnxGraph.integerAttribute;
import static org.inoculum.export.OnnxGraph.integersAttribute;
import static org.inoculum.export.OnnxGraph.wordAttribute;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.files.Protobuf;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.Weights;

/**
 * The layers that our generators are made of, as ONNX nodes.
 *
 * @param graph that they are appended to
 * @param weights that they take their parameters from, by the layer's name
 */
record OnnxLayers(OnnxGraph graph, Weights weights) {
  /** A parameter, or a tensor made of some, as a constant. */
  String constant(String name, Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      return graph.constant(name.replace('.', '_'), Tensors.toFloats(tensor), tensor.shape());
    }
  }

  /** x · weightᵀ + bias: (N, in) to (N, out). */
  String dense(String name, String x) {
    return dense(name, x, weights.get(name + ".weight"), weights.get(name + ".bias"));
  }

  /** The same with these parameters: (out, in) and (out). */
  String dense(String name, String x, Tensor weight, Tensor bias) {
    return graph.node(
        "Gemm",
        name,
        List.of(x, constant(name + ".weight", weight), constant(name + ".bias", bias)),
        integerAttribute("transB", 1));
  }

  /** A convolution of stride 1: (N, in, H, W) to (N, out, H + 2 padding - k + 1, …). */
  String conv(String name, String x, long padding) {
    String bias = constant(name + ".bias", weights.get(name + ".bias"));
    return conv(name, x, weights.get(name + ".weight"), List.of(bias), padding);
  }

  /** The same with this weight, (out, in, k, k), and no bias. */
  String conv(String name, String x, Tensor weight, long padding) {
    return conv(name, x, weight, List.of(), padding);
  }

  private String conv(String name, String x, Tensor weight, List<String> bias, long padding) {
    List<String> inputs = new ArrayList<>(List.of(x, constant(name + ".weight", weight)));
    inputs.addAll(bias);
    return graph.node(
        "Conv",
        name,
        inputs,
        integersAttribute("kernel_shape", weight.size(2), weight.size(3)),
        pads(padding));
  }

  /**
   * A transposed convolution of stride 2.
   *
   * @param weight (in, out, 4, 4)
   * @return (N, out, 2 H + 2 - 2 padding, …)
   */
  String convTranspose(String name, String x, Tensor weight, long padding) {
    return graph.node(
        "ConvTranspose",
        name,
        List.of(
            x,
            constant(name + ".weight", weight),
            constant(name + ".bias", weights.get(name + ".bias"))),
        integersAttribute("kernel_shape", 4, 4),
        pads(padding),
        integersAttribute("strides", 2, 2));
  }

  /** A leaky ReLU. */
  String activate(String name, String x, double slope) {
    return graph.node("LeakyRelu", name, List.of(x), floatAttribute("alpha", (float) slope));
  }

  /** Another shape; 0 is a side that stays. */
  String reshape(String name, String x, long... shape) {
    return graph.node("Reshape", name, List.of(x, graph.integers(shape)));
  }

  /** Columns of a matrix: (N, columns) to (N, to - from). */
  String columns(String name, String x, long from, long to) {
    return graph.node(
        "Slice", name, List.of(x, graph.integers(from), graph.integers(to), graph.integers(1)));
  }

  /** Without so many pixels on each side. */
  String crop(String name, String x, long pixels) {
    return graph.node(
        "Slice",
        name,
        List.of(
            x,
            graph.integers(pixels, pixels),
            graph.integers(-pixels, -pixels),
            graph.integers(2, 3)));
  }

  /** In the opposite order along one axis. */
  String reversed(String name, String x, long axis) {
    return graph.node(
        "Slice",
        name,
        List.of(
            x,
            graph.integers(-1),
            graph.integers(Long.MIN_VALUE + 1),
            graph.integers(axis),
            graph.integers(-1)));
  }

  /** Images with their rows as columns. */
  String transposed(String name, String x) {
    return graph.node("Transpose", name, List.of(x), integersAttribute("perm", 0, 1, 3, 2));
  }

  /** Bilinear upsampling with the pixels' centres at halves. */
  String doubled(String name, String x) {
    String scales = name + "_scales";
    graph.constant(scales, new float[] {1, 1, 2, 2}, 4);
    return graph.node(
        "Resize",
        name,
        List.of(x, "", scales), // no region of interest
        wordAttribute("coordinate_transformation_mode", "half_pixel"),
        wordAttribute("mode", "linear"));
  }

  /** A product, a sum or another operator of two values without attributes. */
  String both(String operator, String name, String one, String other) {
    return graph.node(operator, name, List.of(one, other));
  }

  private static Protobuf pads(long padding) {
    return integersAttribute("pads", padding, padding, padding, padding);
  }
}
