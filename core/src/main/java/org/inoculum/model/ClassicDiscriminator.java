package org.inoculum.model;

import static org.inoculum.model.ClassicShape.MAP_CHANNELS;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Im2col;
import org.inoculum.torch.Weights;

/**
 * The article's discriminator: convolutions of stride 2 that halve the image, dropout, and one
 * dense unit. The unit's sigmoid is left to the loss, which needs the logit.
 *
 * @param shape sizes
 * @param weights parameters: {@code down1} … {@code downN}, {@code dense}
 */
public record ClassicDiscriminator(ClassicShape shape, Weights weights) implements AutoCloseable {
  static final double SLOPE = 0.02;
  static final int KERNEL = 4;
  static final int STRIDE = 2;
  static final int PADDING = 1;

  /** A discriminator with Glorot weights drawn from the seed. */
  public static ClassicDiscriminator initialise(ClassicShape shape, long seed) {
    InitialWeights glorot = InitialWeights.glorot(seed);
    for (int block = 1; block <= shape.blocks(); block++) {
      glorot.conv(
          "down" + block, block == 1 ? shape.channels() : MAP_CHANNELS, MAP_CHANNELS, KERNEL);
    }
    return new ClassicDiscriminator(shape, glorot.dense("dense", features(shape), 1).weights());
  }

  /** Numbers that the dense unit sees, of one image: the length of a row of a dropout mask. */
  public int features() {
    return features(shape);
  }

  /**
   * Evaluates images, outside the gradient graph ({@link DiscriminatorPass} has gradients).
   *
   * @param images (N, channels, size, size) in -1..1
   * @param dropoutMask factors (N, {@link #features}) to multiply the features with, or nothing
   *     outside training
   * @return logits (N): above 0 where the image is taken for real
   */
  public Tensor forward(Tensor images, Optional<Tensor> dropoutMask) {
    return new DiscriminatorPass(this, images, dropoutMask).logits();
  }

  /** One block: (N, 128, side / 2, side / 2). */
  Tensor down(int block, Tensor x) {
    Tensor weight = weights.get("down" + block + ".weight");
    Tensor bias = weights.get("down" + block + ".bias");
    Tensor y =
        block == 1 && !Autocast.isOn()
            ? Im2col.convolve(x, weight, STRIDE, PADDING).add_(bias.view(1, MAP_CHANNELS, 1, 1))
            : Convolutions.conv2d(x, weight, bias, STRIDE, PADDING);
    return torch.leaky_relu_(y, new Scalar(SLOPE));
  }

  /** Logits of features (N, {@link #features}). */
  Tensor logits(Tensor features) {
    return torch
        .linear(
            features, weights.get("dense.weight"), new TensorOptional(weights.get("dense.bias")))
        .flatten(); // (N)
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    weights.close();
  }

  private static int features(ClassicShape shape) {
    return MAP_CHANNELS * shape.start() * shape.start();
  }
}
