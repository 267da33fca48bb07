package org.inoculum.model;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Weights;

/**
 * A residual discriminator without normalisation (as R3GAN, 2501.05441): a stem on the picture's 2
 * x 2 blocks of pixels taken as channels, stages that halve the map (a 4 x 4 convolution of stride
 * 2 and a 3 x 3 one, beside average pooling and a 1 x 1 convolution), the standard deviation over
 * small groups of images as an extra map (Karras et al., 1710.10196, section 3), and a projection
 * head for classes (Miyato &amp; Koyama, 1802.05637). A small decoder rebuilds the picture from the
 * maps of 8 x 8 or so, which keeps the features useful when there are few pictures (Liu et al.,
 * 2101.04775, section 3.2).
 *
 * @param shape sizes
 * @param weights parameters
 */
public record ModernDiscriminator(ModernShape shape, Weights weights) implements AutoCloseable {
  private static final double SLOPE = 0.2;
  private static final int GROUP = 4;
  private static final int HEAD = 128;
  private static final int[] WIDTHS = {32, 64, 96, 128, 128, 128};

  /** Doublings of the decoder: from the map after all but one stage. */
  private static final int DECODER_DOUBLINGS = 2;

  private static final int[] DECODER_WIDTHS = {64, 32};

  /**
   * What a discriminator says of images.
   *
   * @param logits (N): the more, the more real
   * @param features (N, width, 2 start, 2 start): the map before the last stage
   */
  public record Judgement(Tensor logits, Tensor features) {}

  /** A discriminator with weights drawn from the seed. */
  public static ModernDiscriminator initialise(ModernShape shape, long seed) {
    InitialWeights initial = InitialWeights.he(seed, SLOPE);
    int width = WIDTHS[0];
    initial.conv("stem", 4 * shape.channels(), width, 3);
    for (int stage = 1; stage < shape.doublings(); stage++) {
      int next = WIDTHS[stage];
      initial.conv("down" + stage, width, next, 4);
      initial.conv("mix" + stage, next, next, 3);
      initial.conv("skip" + stage, width, next, 1);
      width = next;
    }
    initial.conv("last", width + 1, HEAD, 3);
    initial.dense("hidden", HEAD * shape.start() * shape.start(), HEAD);
    initial.dense("logit", HEAD, 1);
    if (shape.classes() > 1) {
      initial.zeroDense("classes", HEAD, shape.classes());
    }
    int features = WIDTHS[shape.doublings() - 2];
    for (int block = 0; block < DECODER_DOUBLINGS; block++) {
      initial.convTranspose("decode" + (block + 1), features, DECODER_WIDTHS[block], 3);
      features = DECODER_WIDTHS[block];
    }
    initial.conv("decoded", features, shape.channels(), 3);
    return new ModernDiscriminator(shape, initial.weights());
  }

  /**
   * Judges images.
   *
   * @param images (N, channels, size, size)
   * @param labels (N), 64-bit integers
   */
  public Judgement forward(Tensor images, Tensor labels) {
    Tensor x = torch.pixel_unshuffle(images, 2); // (N, 4 channels, size / 2, size / 2)
    x = x.contiguous(MemoryFormat.ChannelsLast); // saves oneDNN most of its reordering
    x = activate(conv("stem", x, 1, 1));
    Tensor features = x;
    for (int stage = 1; stage < shape.doublings(); stage++) {
      features = x;
      Tensor main = conv("mix" + stage, activate(conv("down" + stage, x, 2, 1)), 1, 1);
      Tensor skip = conv("skip" + stage, torch.avg_pool2d(x, 2), 1, 0);
      x =
          activate(
              main.add(skip).mul(new Scalar(Math.sqrt(0.5)))); // (N, width, side / 2, side / 2)
    }
    x = torch.cat(new TensorVector(x, deviation(x)), 1);
    x = activate(conv("last", x, 1, 1)).flatten(1, -1);
    x = activate(dense("hidden", x)); // (N, HEAD)
    Tensor logits = dense("logit", x).flatten(); // (N)
    if (shape.classes() > 1) {
      Tensor byClass = dense("classes", x).gather(1, labels.unsqueeze(1)); // (N, 1)
      logits = logits.add(byClass.flatten());
    }
    return new Judgement(logits, features);
  }

  /**
   * Rebuilds pictures from their features.
   *
   * @return (N, channels, 8 start, 8 start)
   */
  public Tensor decode(Tensor features) {
    Tensor x = features;
    for (int block = 1; block <= DECODER_DOUBLINGS; block++) {
      String name = "decode" + block;
      x =
          activate(
              FoldedUpsampling.apply(
                  x, weights.get(name + ".weight"), weights.get(name + ".bias")));
    }
    return conv("decoded", x, 1, 1);
  }

  /** Mean over features and places of the standard deviation in a group, as one map. */
  private static Tensor deviation(Tensor x) {
    long n = x.size(0);
    long group = n % GROUP == 0 ? GROUP : n % 2 == 0 ? 2 : 1;
    Tensor groups = x.reshape(n / group, group, x.size(1), x.size(2), x.size(3));
    Tensor centred = groups.sub(groups.mean(new long[] {1}, true, new ScalarTypeOptional()));
    Tensor variance = centred.square().mean(new long[] {1}, false, new ScalarTypeOptional());
    Tensor mean =
        variance
            .add(new Scalar(1e-8))
            .sqrt()
            .mean(new long[] {1, 2, 3}, true, new ScalarTypeOptional()); // (n / group, 1, 1, 1)
    return mean.repeat_interleave(group, new LongOptional(0), new LongOptional())
        .expand(n, 1, x.size(2), x.size(3));
  }

  private Tensor conv(String name, Tensor x, int stride, int padding) {
    return Convolutions.conv2d(
        x, weights.get(name + ".weight"), weights.get(name + ".bias"), stride, padding);
  }

  private Tensor dense(String name, Tensor x) {
    return torch.linear(
        x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
  }

  private static Tensor activate(Tensor x) {
    return torch.leaky_relu_(x, new Scalar(SLOPE));
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    weights.close();
  }
}
