package org.inoculum.model;

import static org.inoculum.model.ClassicShape.WIDTH;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Weights;

/**
 * The article's discriminator: convolutions of stride 2 that halve the picture, dropout, and one
 * dense unit. The unit's sigmoid is left to the loss, which needs the logit.
 *
 * @param shape sizes
 * @param weights parameters: {@code down1} … {@code downN}, {@code dense}
 */
public record ClassicDiscriminator(ClassicShape shape, Weights weights) implements AutoCloseable {
  private static final double SLOPE = 0.02;

  /** A discriminator with Glorot weights drawn from the seed. */
  public static ClassicDiscriminator initialise(ClassicShape shape, long seed) {
    InitialWeights glorot = InitialWeights.glorot(seed);
    for (int block = 1; block <= shape.blocks(); block++) {
      glorot.conv("down" + block, block == 1 ? shape.channels() : WIDTH, WIDTH, 4);
    }
    return new ClassicDiscriminator(shape, glorot.dense("dense", features(shape), 1).weights());
  }

  /** Numbers that the dense unit sees, of one image: the length of a row of a dropout mask. */
  public int features() {
    return features(shape);
  }

  /**
   * Judges images.
   *
   * @param images (N, channels, size, size) in -1..1
   * @param dropoutMask factors (N, {@link #features}) to multiply the features with, or nothing
   *     outside training
   * @return logits (N): above 0 where the image is taken for real
   */
  public Tensor forward(Tensor images, Optional<Tensor> dropoutMask) {
    Tensor x = images.contiguous(MemoryFormat.ChannelsLast); // saves oneDNN most of its reordering
    for (int block = 1; block <= shape.blocks(); block++) {
      String layer = "down" + block;
      x =
          Convolutions.conv2d(
              x, weights.get(layer + ".weight"), weights.get(layer + ".bias"), 2, 1);
      x = torch.leaky_relu_(x, new Scalar(SLOPE)); // (N, 128, size 2^-block, size 2^-block)
    }
    x = x.flatten(1, -1); // (N, features)
    if (dropoutMask.isPresent()) {
      x = x.mul(dropoutMask.get());
    }
    x = torch.linear(x, weights.get("dense.weight"), new TensorOptional(weights.get("dense.bias")));
    return x.flatten(); // (N)
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    weights.close();
  }

  private static int features(ClassicShape shape) {
    return WIDTH * shape.start() * shape.start();
  }
}
