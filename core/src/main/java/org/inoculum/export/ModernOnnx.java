package org.inoculum.export;

import static org.inoculum.model.ModernShape.MARGIN;
import static org.inoculum.model.ModernShape.NOISE_MAPS;
import static org.inoculum.model.ModernShape.ORIENTATION;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.export.OnnxGraph.Element;
import org.inoculum.model.FoldedUpsampling;
import org.inoculum.model.ModernGenerator;
import org.inoculum.model.ModernShape;
import org.inoculum.torch.Weights;

/**
 * {@link ModernGenerator#forward} as ONNX nodes. What depends on no input is computed now: kernels
 * are folded, the embedding of a class and the mapping's share of it are one row of a table, and
 * the 1 of a gain is in its bias. At the end pixels are clipped to -1..1, as they are where they
 * become levels of grey.
 */
final class ModernOnnx {
  private final ModernShape shape;
  private final Weights weights;
  private final OnnxGraph graph;
  private final OnnxLayers layers;

  ModernOnnx(ModernGenerator generator, OnnxGraph graph) {
    this.shape = generator.shape();
    this.weights = generator.weights();
    this.graph = graph;
    this.layers = new OnnxLayers(graph, weights);
  }

  void draw() {
    String z = graph.input("z", Element.FLOAT, shape.latentSize());
    String noise = graph.input("noise", Element.FLOAT, shape.noise());
    String mapping = mapping(z); // (N, STYLE)
    long side = shape.start() + 2L * MARGIN;
    String x = layers.reshape("start_map", layers.dense("start", mapping), 0, width(0), side, side);
    x = finish(x, 0, noiseOf(noise, 0, 0, side), mapping);
    long used = NOISE_MAPS * side * side;
    String image = "";
    for (int block = 1; block <= shape.upsamplings(); block++) {
      x = upsampled("up" + block, x);
      side = 2 * (side - MARGIN);
      x = finish(x, block, noiseOf(noise, block, used, side), mapping); // (N, width, side, side)
      used += NOISE_MAPS * side * side;
      image = added(image, x, block);
    }
    image = shape.d4Symmetry() ? placed(image, noise) : image;
    graph.node(
        "Clip",
        OnnxGenerator.IMAGES,
        List.of(
            image,
            graph.constant("black", new float[] {-1}),
            graph.constant("white", new float[] {1})));
    graph.output(OnnxGenerator.IMAGES, shape.channels(), shape.size(), shape.size());
  }

  /** Each image in the position that the last numbers of its noise say. */
  private String placed(String image, String noise) {
    long last = shape.noise();
    String zero = graph.constant("zero", new float[] {0});
    String placed = image;
    for (int i = 0; i < ORIENTATION; i++) {
      String number =
          layers.columns("position" + i, noise, last - ORIENTATION + i, last - ORIENTATION + i + 1);
      String sign = layers.both("Greater", "position" + i + "_sign", number, zero);
      String choice = layers.reshape("position" + i + "_map", sign, 0, 1, 1, 1);
      String other =
          i < 2
              ? layers.reversed("reversed" + i, placed, 3 - i)
              : layers.transposed("transposed", placed);
      placed = graph.node("Where", "placed" + i, List.of(choice, other, placed));
    }
    return placed;
  }

  /** The sum of what the resolutions up to this one add to the image; the last cuts the margins. */
  private String added(String image, String x, int block) {
    if (block == 1) {
      return layers.conv("rgb1", x, 0);
    }
    String twice = layers.doubled("double" + block, image);
    if (block < shape.upsamplings()) {
      String inner = layers.crop("inner" + block, twice, MARGIN);
      return layers.both("Add", "image" + block, inner, layers.conv("rgb" + block, x, 0));
    }
    String inner = layers.crop("inner" + block, twice, 2L * MARGIN);
    return layers.both("Add", "image" + block, inner, layers.conv("out", x, 0));
  }

  private String upsampled(String name, String x) {
    return layers.convTranspose(
        name, x, FoldedUpsampling.fold(weights.get(name + ".weight")), FoldedUpsampling.CROPPED);
  }

  private String mapping(String z) {
    Tensor weight = weights.get("map1.weight"); // (STYLE, latent + EMBEDDING)
    long latentSize = shape.latentSize();
    Tensor ofLatent = weight.narrow(1, 0, latentSize);
    Tensor ofEmbedding = weight.narrow(1, latentSize, weight.size(1) - latentSize);
    Tensor embedding = weights.get("embed.weight").t().add(weights.get("embed.bias"));
    Tensor ofClass = torch.matmul(embedding, ofEmbedding.t()); // (classes, STYLE)
    Tensor bias = weights.get("map1.bias");
    String x;
    if (shape.classes() == 1) {
      x = layers.dense("map1", z, ofLatent, ofClass.flatten().add(bias));
    } else {
      String label = graph.input("label", Element.INT64);
      String table = layers.constant("classes", ofClass);
      x = layers.dense("map1_latent", z, ofLatent, bias);
      x = layers.both("Add", "map1", x, layers.both("Gather", "map1_class", table, label));
    }
    x = layers.dense("map2", layers.activate("map1_active", x, ModernGenerator.SLOPE));
    return layers.activate("style", x, ModernGenerator.SLOPE);
  }

  /** The numbers from {@code used} on as maps: (N, NOISE_MAPS, side, side). */
  private String noiseOf(String noise, int block, long used, long side) {
    String own = layers.columns("noise" + block, noise, used, used + NOISE_MAPS * side * side);
    return layers.reshape("noise" + block + "_map", own, 0, NOISE_MAPS, side, side);
  }

  /** Noise, gain, bias, ReLU. */
  private String finish(String x, int block, String noise, String mapping) {
    long width = width(block);
    String grain = layers.conv("grain" + block, noise, strengths(block), 0);
    String noisy = layers.both("Add", "noisy" + block, x, grain);
    String gained =
        layers.both(
            "Mul", "gained" + block, noisy, modulation("gain" + block, block, 0, 1, mapping));
    String biased =
        layers.both(
            "Add", "biased" + block, gained, modulation("bias" + block, block, width, 0, mapping));
    return layers.activate("block" + block, biased, ModernGenerator.SLOPE);
  }

  /** Noise map c modulo their number goes into channel c: (width, NOISE_MAPS, 1, 1). */
  private Tensor strengths(int block) {
    Tensor map = torch.eye(NOISE_MAPS).repeat(width(block) / NOISE_MAPS, 1);
    return map.mul(weights.get("noise" + block).unsqueeze(1)).unsqueeze(2).unsqueeze(3);
  }

  /** Half of what a style says to a block, plus a number: (N, width, 1, 1). */
  private String modulation(String name, int block, long from, double plus, String mapping) {
    long width = width(block);
    Tensor weight = weights.get("style" + block + ".weight").narrow(0, from, width);
    Tensor bias = weights.get("style" + block + ".bias").narrow(0, from, width);
    String of = layers.dense(name, mapping, weight, bias.add(new Scalar(plus)));
    return layers.reshape(name + "_map", of, 0, width, 1, 1);
  }

  private long width(int block) {
    return shape.channelsAfter(block);
  }
}
