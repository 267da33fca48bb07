package org.inoculum.detect;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.Weights;

/**
 * The centre-heatmap network (Zhou, Wang &amp; Krähenbühl, "Objects as points", 1904.07850), small:
 * about 400,000 parameters. Batch normalisation (Ioffe &amp; Szegedy, 1502.03167) and a ReLU follow
 * every convolution but the last of each head.
 *
 * <pre>
 * (N, 3, H, W) ─ stem1 (32), stem2 (64), both of stride 2 ─ a quarter: fine (64)
 *   ├─ down of stride 2 ─ an eighth: wide1, wide2 (96) ─ 1 x 1 (64) ─ doubled ─┐
 *   └──────────────────────────────────────────────────────────────────────────+─ join (64)
 *        heat (64) ─ (N, K, H/4, W/4): logits that a cell of class k has its centre there
 *        box (64)  ─ (N, 4, H/4, W/4): log width, log height, way to the centre, in quarters
 * </pre>
 */
final class DetectorNetwork implements AutoCloseable {
  /** Pixels of the input for one of the heatmap. */
  static final int STRIDE = 4;

  /** What the sides of the input are multiples of. */
  static final int MULTIPLE = 8;

  /** Numbers that describe a box. */
  static final int BOX = 4;

  /** A cell is rare: the heat begins at 0.05 everywhere. */
  private static final double FIRST_HEAT = -2.9;

  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  /** A convolution with its normalisation. */
  record Layer(String name, int in, int out, int kernel, int stride) {}

  static final List<Layer> LAYERS =
      List.of(
          new Layer("stem1", Density.CHANNELS, 32, 3, 2),
          new Layer("stem2", 32, 64, 3, 2),
          new Layer("fine", 64, 64, 3, 1),
          new Layer("down", 64, 96, 3, 2),
          new Layer("wide1", 96, 96, 3, 1),
          new Layer("wide2", 96, 96, 3, 1),
          new Layer("up", 96, 64, 1, 1),
          new Layer("join", 64, 64, 3, 1),
          new Layer("heat", 64, 64, 3, 1),
          new Layer("box", 64, 64, 3, 1));

  private final int classes;
  private final Weights weights = new Weights();

  /** Running means and variances of the normalisation: no parameters. */
  private final Weights statistics = new Weights();

  DetectorNetwork(int classes, long seed) {
    this.classes = classes;
    int stream = 0;
    for (Layer layer : LAYERS) {
      add(layer.name, seed, stream++, Math.sqrt(2), layer.out, layer.in, layer.kernel);
      weights.add(layer.name + ".gain", filled(layer.out, 1), layer.out);
      weights.add(layer.name + ".shift", new float[layer.out], layer.out);
      statistics.add(layer.name + ".mean", new float[layer.out], layer.out);
      statistics.add(layer.name + ".variance", filled(layer.out, 1), layer.out);
    }
    add("heat_out", seed, stream++, 0.1, classes, 64, 1);
    weights.add("heat_out.bias", filled(classes, FIRST_HEAT), classes);
    add("box_out", seed, stream, 0.1, BOX, 64, 1);
    weights.add("box_out.bias", new float[BOX], BOX);
    statistics.tensors().forEach(one -> one.set_requires_grad(false));
  }

  int classes() {
    return classes;
  }

  Weights weights() {
    return weights;
  }

  Weights statistics() {
    return statistics;
  }

  /**
   * The output.
   *
   * @param heat logits (N, K, H/4, W/4), 32 bits
   * @param box (N, 4, H/4, W/4), 32 bits
   */
  record Output(Tensor heat, Tensor box) {}

  /**
   * Looks.
   *
   * @param density (N, 3, H, W), sides multiples of {@link #MULTIPLE}
   * @param training whether the batch's own statistics normalise, and move the running ones
   */
  Output forward(Tensor density, boolean training) {
    Tensor x = density.contiguous(MemoryFormat.ChannelsLast);
    Tensor fine = layer(2, layer(1, layer(0, x, training), training), training); // H/4
    Tensor wide = layer(5, layer(4, layer(3, fine, training), training), training); // H/8
    Tensor up =
        torch.upsample_nearest2d(layer(6, wide, training), new long[] {fine.size(2), fine.size(3)});
    Tensor joined = layer(7, fine.add(up), training); // (N, 64, H/4, W/4)
    return new Output(
        out("heat_out", layer(8, joined, training)), out("box_out", layer(9, joined, training)));
  }

  private Tensor layer(int index, Tensor x, boolean training) {
    Layer layer = LAYERS.get(index);
    Tensor y =
        Convolutions.conv2d(
            x,
            weights.get(layer.name + ".weight"),
            torch.zeros(layer.out),
            layer.stride,
            layer.kernel / 2);
    y =
        torch.batch_norm(
            y,
            new TensorOptional(weights.get(layer.name + ".gain")),
            new TensorOptional(weights.get(layer.name + ".shift")),
            new TensorOptional(statistics.get(layer.name + ".mean")),
            new TensorOptional(statistics.get(layer.name + ".variance")),
            training,
            MOMENTUM,
            EPSILON,
            false);
    return torch.relu(y);
  }

  private Tensor out(String name, Tensor x) {
    return Convolutions.conv2d(x, weights.get(name + ".weight"), weights.get(name + ".bias"), 1, 0)
        .to(ScalarType.Float);
  }

  /** Moves these weights and statistics towards those of another network. */
  void follow(DetectorNetwork other, double share) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      follow(weights, other.weights, share);
      follow(statistics, other.statistics, share);
    }
  }

  private static void follow(Weights own, Weights other, double share) {
    for (Map.Entry<String, Tensor> one : own.all().entrySet()) {
      one.getValue().lerp_(other.get(one.getKey()), new Scalar(share));
    }
  }

  /** Takes weights and statistics of a file. */
  void set(Map<String, Safetensors.Entry> entries, String source) {
    for (Weights some : List.of(weights, statistics)) {
      for (String name : some.all().keySet()) {
        Safetensors.Entry entry = entries.get(name);
        if (entry == null) {
          throw org.inoculum.UserException.badData(source + " is no detector: it lacks " + name);
        }
        some.set(name, entry, source);
      }
    }
  }

  /**
   * A layer's convolution with its normalisation folded in.
   *
   * @return weight (out, in, k, k) and bias (out)
   */
  Tensor[] folded(Layer layer) {
    Tensor factor =
        weights
            .get(layer.name + ".gain")
            .div(statistics.get(layer.name + ".variance").add(new Scalar(EPSILON)).sqrt());
    Tensor weight = weights.get(layer.name + ".weight").mul(factor.reshape(layer.out, 1, 1, 1));
    Tensor bias =
        weights.get(layer.name + ".shift").sub(statistics.get(layer.name + ".mean").mul(factor));
    return new Tensor[] {weight, bias};
  }

  @Override
  public void close() {
    weights.close();
    statistics.close();
  }

  /** Normal, with the deviation gain / sqrt(inputs of a unit) (He et al., 1502.01852). */
  private void add(String name, long seed, int stream, double gain, int out, int in, int kernel) {
    RandomStream random = RandomStream.of(seed, Purpose.WEIGHTS, stream);
    float[] values = new float[out * in * kernel * kernel];
    double deviation = gain / Math.sqrt(in * kernel * kernel);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    weights.add(name + ".weight", values, out, in, kernel, kernel);
  }

  private static float[] filled(int count, double value) {
    float[] values = new float[count];
    java.util.Arrays.fill(values, (float) value);
    return values;
  }
}
