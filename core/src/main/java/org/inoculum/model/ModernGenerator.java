package org.inoculum.model;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Weights;

/**
 * A small generator that is steered by its latent at every resolution.
 *
 * <p>Each block is: {@link FoldedUpsampling}, per-pixel noise with a learnt strength for each
 * channel (Karras et al., 1812.04948, section 3.2: sensor grain and texture need not be made from
 * the latent), normalisation of every pixel's features (layer normalisation, Ba et al. 1607.06450,
 * over channels: unlike batch normalisation it makes an image depend on its own latent alone), a
 * gain and a bias for each channel that are functions of the latent and the class (self-modulation,
 * Chen et al., 1810.01365) and a leaky rectifier. A 3 x 3 convolution on the finest map makes the
 * image.
 *
 * @param shape sizes
 * @param weights parameters: {@code embed}, {@code start}, {@code up1} … {@code upN}, {@code
 *     noise0} …, {@code style0} …, {@code out}
 */
public record ModernGenerator(ModernShape shape, Weights weights) implements Generator {
  private static final double SLOPE = 0.2;
  private static final int EMBEDDING = 32;
  private static final double EPSILON = 1e-5;

  /** A generator with weights drawn from the seed, which adds no noise yet. */
  public static ModernGenerator initialise(ModernShape shape, long seed) {
    InitialWeights initial = InitialWeights.he(seed, SLOPE);
    int start = shape.start();
    int code = shape.latent() + EMBEDDING;
    initial.dense("embed", shape.classes(), EMBEDDING);
    initial.dense("start", code, shape.widthAfter(0) * start * start);
    for (int block = 0; block <= shape.doublings(); block++) {
      int width = shape.widthAfter(block);
      if (block > 0) {
        initial.convTranspose("up" + block, shape.widthAfter(block - 1), width, 3);
      }
      initial.constant("noise" + block, 0, width);
      initial.zeroDense("style" + block, code, 2 * width);
    }
    initial.conv("out", ModernShape.FINEST_WIDTH, shape.channels(), 3);
    return new ModernGenerator(shape, initial.weights());
  }

  @Override
  public int latent() {
    return shape.latent();
  }

  @Override
  public int noise() {
    return shape.noise();
  }

  @Override
  public int classes() {
    return shape.classes();
  }

  @Override
  public Tensor forward(GeneratorInput input) {
    long n = input.z().size(0);
    Tensor embedding =
        torch
            .embedding(weights.get("embed.weight").t(), input.labels())
            .add(weights.get("embed.bias")); // (N, EMBEDDING)
    Tensor code = torch.cat(new TensorVector(input.z(), embedding), 1); // (N, latent + EMBEDDING)
    int side = shape.start();
    Tensor x = dense("start", code).view(n, shape.widthAfter(0), side, side);
    x = x.contiguous(MemoryFormat.ChannelsLast); // saves oneDNN most of its reordering
    long used = 0;
    for (int block = 0; block <= shape.doublings(); block++) {
      if (block > 0) {
        side *= 2;
        x =
            FoldedUpsampling.apply(
                x, weights.get("up" + block + ".weight"), weights.get("up" + block + ".bias"));
      }
      long pixels = (long) side * side;
      Tensor noise = input.noise().narrow(1, used, pixels).view(n, 1, side, side);
      used += pixels;
      x = finish(x, block, noise, code); // (N, width, side, side)
    }
    x = Convolutions.conv2d(x, weights.get("out.weight"), weights.get("out.bias"), 1, 1);
    return x.to(ScalarType.Float);
  }

  /** Noise, normalisation, modulation, rectifier. */
  private Tensor finish(Tensor x, int block, Tensor noise, Tensor code) {
    long width = x.size(1);
    Tensor strength = weights.get("noise" + block).view(1, width, 1, 1);
    Tensor noisy = torch.addcmul(x, noise.to(x.scalar_type()), strength.to(x.scalar_type()));
    Tensor normal =
        torch
            .layer_norm(
                noisy.permute(0, 2, 3, 1),
                new long[] {width},
                new TensorOptional(),
                new TensorOptional(),
                EPSILON,
                false)
            .permute(0, 3, 1, 2);
    Tensor style = dense("style" + block, code).to(normal.scalar_type()); // (N, 2 width)
    Tensor gain = style.narrow(1, 0, width).add(new Scalar(1)).view(-1, width, 1, 1);
    Tensor bias = style.narrow(1, width, width).view(-1, width, 1, 1);
    return torch.leaky_relu_(torch.addcmul(bias, normal, gain), new Scalar(SLOPE));
  }

  private Tensor dense(String name, Tensor x) {
    return torch.linear(
        x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
  }
}
