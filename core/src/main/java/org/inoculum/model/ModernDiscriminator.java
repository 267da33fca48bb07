package org.inoculum.model;

import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Weights;

/**
 * A residual discriminator without normalisation (as R3GAN, 2501.05441): a stem on the image's 2 x
 * 2 blocks of pixels taken as channels, stages that halve the map (a 4 x 4 convolution of stride 2
 * and a 3 x 3 one, beside average pooling and a 1 x 1 convolution), and a projection head for
 * classes (Miyato &amp; Koyama, 1802.05637). A small decoder rebuilds the image from the maps of 8
 * x 8 or so, which keeps the features useful when there are few images (Liu et al., 2101.04775,
 * section 3.2). An image's logit is a function of that image and its class alone: nothing is
 * measured over the batch, which the relativistic loss makes needless (2501.05441, section 2.1).
 *
 * <p>For each of {@link ModernShape#level} a further stem sees the image at half the resolution of
 * the one before, and is added after the stage that halves the map, which begins by adding nothing.
 * So smaller images can be evaluated too, and training can go on at the next side without a jump.
 *
 * @param shape sizes
 * @param weights parameters
 * @param inputTransform how it sees images; closed with it
 */
public record ModernDiscriminator(ModernShape shape, Weights weights, InputTransform inputTransform)
    implements AutoCloseable {
  private static final double SLOPE = 0.2;
  private static final int HEAD = 128;
  private static final int[] WIDTHS = {32, 64, 96, 128, 128, 128};

  /** Upsamplings of the decoder: from the map after all but one stage. */
  private static final int DECODER_UPSAMPLINGS = 2;

  private static final int[] DECODER_WIDTHS = {64, 32};

  /**
   * The output of a discriminator.
   *
   * @param logits (N): the more, the more real
   * @param features (N, width, 2 start, 2 start): the map before the last stage
   */
  public record Output(Tensor logits, Tensor features) {}

  /** A discriminator with weights drawn from the seed, which takes over {@code inputTransform}. */
  public static ModernDiscriminator initialise(
      ModernShape shape, long seed, InputTransform inputTransform) {
    InitialWeights initial = InitialWeights.he(seed, SLOPE);
    for (int level = 0; level <= shape.maxLevel(); level++) {
      initial.conv("stem" + level, 4 * shape.channels(), WIDTHS[level], 3);
    }
    int width = WIDTHS[0];
    for (int stage = 1; stage < shape.upsamplings(); stage++) {
      int next = WIDTHS[stage];
      initial.conv("down" + stage, width, next, 4);
      double scale = stage <= shape.maxLevel() ? 0 : 1;
      initial.scaledConv("mix" + stage, next, next, 3, scale);
      initial.scaledConv("skip" + stage, width, next, 1, scale);
      width = next;
    }
    initial.conv("last", width, HEAD, 3);
    initial.dense("hidden", HEAD * shape.start() * shape.start(), HEAD);
    initial.dense("logit", HEAD, 1);
    if (shape.classes() > 1) {
      initial.zeroDense("classes", HEAD, shape.classes());
    }
    int features = WIDTHS[shape.upsamplings() - 2];
    for (int block = 0; block < DECODER_UPSAMPLINGS; block++) {
      initial.convTranspose("decode" + (block + 1), features, DECODER_WIDTHS[block], 3);
      features = DECODER_WIDTHS[block];
    }
    initial.conv("decoded", features, shape.channels(), 3);
    return new ModernDiscriminator(shape, initial.weights(), inputTransform);
  }

  /**
   * Evaluates images.
   *
   * @param images (N, channels, size, size), or of a resolution level up to {@link
   *     ModernShape#level} times
   * @param labels (N), 64-bit integers
   */
  public Output forward(Tensor images, Tensor labels) {
    int level = level(images);
    Tensor smaller = images;
    Tensor x = activate(stem(level, images));
    Tensor features = x;
    for (int stage = level + 1; stage < shape.upsamplings(); stage++) {
      features = x;
      x = stage(stage, x); // (N, width, side / 2, side / 2)
      if (stage <= shape.maxLevel()) {
        smaller = torch.avg_pool2d(smaller, 2);
        x = x.add(stem(stage, smaller));
      }
      x = activate(x);
    }
    x = activate(conv("last", x, 1, 1)).flatten(1, -1);
    x = activate(dense("hidden", x)); // (N, HEAD)
    Tensor logits = dense("logit", x).flatten(); // (N)
    if (shape.classes() > 1) {
      Tensor byClass = dense("classes", x).gather(1, labels.unsqueeze(1)); // (N, 1)
      logits = logits.add(byClass.flatten());
    }
    return new Output(logits, features);
  }

  /** The highest resolution level at which a parameter takes part. */
  public int maxLevel(String name) {
    for (int level = 0; level < shape.maxLevel(); level++) {
      int stage = level + 1;
      if (name.startsWith("stem" + level + ".")
          || Stream.of("down", "mix", "skip")
              .anyMatch(kind -> name.startsWith(kind + stage + "."))) {
        return level;
      }
    }
    return shape.maxLevel();
  }

  /**
   * Rebuilds images from their features.
   *
   * @return (N, channels, 8 start, 8 start)
   */
  public Tensor decode(Tensor features) {
    Tensor x = features;
    for (int block = 1; block <= DECODER_UPSAMPLINGS; block++) {
      String name = "decode" + block;
      x =
          activate(
              FoldedUpsampling.apply(
                  x, weights.get(name + ".weight"), weights.get(name + ".bias")));
    }
    return conv("decoded", x, 1, 1);
  }

  /** The resolution level of these. */
  private int level(Tensor images) {
    return Long.numberOfTrailingZeros(shape.size() / images.size(3));
  }

  /** Before the ReLU: (N, width, side / 2, side / 2). */
  private Tensor stem(int level, Tensor images) {
    return conv("stem" + level, inputTransform.of().get(level).see(images), 1, 1);
  }

  /** The gradient with respect to what is seen of images, from that with respect to the images. */
  public Tensor seenGradient(Tensor gradient) {
    return inputTransform.of().get(level(gradient)).gradient(gradient);
  }

  /** Halves a map, before the ReLU. */
  private Tensor stage(int stage, Tensor x) {
    Tensor main = addend("mix" + stage, activate(conv("down" + stage, x, 2, 1)), 1);
    return main.add(addend("skip" + stage, torch.avg_pool2d(x, 2), 0));
  }

  /** A convolution times the root of 1/2: its weights, because they are fewer than its results. */
  private Tensor addend(String name, Tensor x, int padding) {
    Scalar share = new Scalar(Math.sqrt(0.5));
    return Convolutions.conv2d(
        x,
        weights.get(name + ".weight").mul(share),
        weights.get(name + ".bias").mul(share),
        1,
        padding);
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
    inputTransform.close();
  }
}
