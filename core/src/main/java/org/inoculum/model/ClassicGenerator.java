package org.inoculum.model;

import static org.inoculum.model.ClassicShape.MAP_CHANNELS;
import static org.inoculum.model.ClassicShape.START_CHANNELS;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Weights;

/**
 * The article's generator, a DCGAN without normalisation (Radford, Metz &amp; Chintala,
 * 1511.06434): a dense layer to 1024 maps, transposed convolutions that double the image, and a
 * last convolution with tanh.
 *
 * @param shape sizes
 * @param weights parameters: {@code dense}, {@code up1} … {@code upN}, {@code out}
 */
public record ClassicGenerator(ClassicShape shape, Weights weights) implements Generator {
  /** Of the leaky ReLUs. */
  public static final double SLOPE = 0.2;

  /** A generator with Glorot weights drawn from the seed. */
  public static ClassicGenerator initialise(ClassicShape shape, long seed) {
    InitialWeights glorot = InitialWeights.glorot(seed);
    glorot.dense("dense", shape.latentSize(), START_CHANNELS * shape.start() * shape.start());
    for (int block = 1; block <= shape.blocks(); block++) {
      glorot.convTranspose(
          "up" + block, block == 1 ? START_CHANNELS : MAP_CHANNELS, MAP_CHANNELS, 4);
    }
    return new ClassicGenerator(
        shape, glorot.conv("out", MAP_CHANNELS, shape.channels(), 3).weights());
  }

  @Override
  public Tensor forward(GeneratorInput input) {
    return forward(input.z());
  }

  /**
   * Makes images of latents (N, latent) alone: this generator knows neither classes nor noise.
   *
   * @return (N, channels, size, size) in -1..1
   */
  public Tensor forward(Tensor z) {
    Tensor x = begin(z);
    for (int block = 1; block <= shape.blocks(); block++) {
      x = up(block, x);
    }
    return finish(x);
  }

  /** The smallest maps: (N, 1024, start, start). */
  Tensor begin(Tensor z) {
    long start = shape.start();
    Tensor x =
        torch.linear(z, weights.get("dense.weight"), new TensorOptional(weights.get("dense.bias")));
    x = activate(x).view(z.size(0), START_CHANNELS, start, start);
    return x.contiguous(MemoryFormat.ChannelsLast); // saves oneDNN most of its reordering
  }

  /** One block: (N, 128, 2 side, 2 side). */
  Tensor up(int block, Tensor x) {
    String layer = "up" + block;
    return activate(
        Convolutions.convTranspose2d(
            x,
            weights.get(layer + ".weight"),
            weights.get(layer + ".bias"),
            ClassicDiscriminator.STRIDE,
            ClassicDiscriminator.PADDING));
  }

  /** The images: (N, channels, size, size). */
  Tensor finish(Tensor x) {
    Tensor y = Convolutions.conv2d(x, weights.get("out.weight"), weights.get("out.bias"), 1, 1);
    // In 16 bits tanh rounds to 1 from about 3.5 on, where its gradient is then exactly 0 and white
    // stays white.
    return torch.tanh(y.to(ScalarType.Float));
  }

  @Override
  public int latentSize() {
    return shape.latentSize();
  }

  @Override
  public int noise() {
    return 0;
  }

  @Override
  public int classes() {
    return 1;
  }

  /**
   * In place: the layer's own output is not needed for its gradient, and the largest maps fill most
   * of the memory.
   */
  private static Tensor activate(Tensor x) {
    return torch.leaky_relu_(x, new Scalar(SLOPE));
  }
}
