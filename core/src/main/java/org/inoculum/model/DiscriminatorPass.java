package org.inoculum.model;

import static org.inoculum.model.ClassicDiscriminator.KERNEL;
import static org.inoculum.model.ClassicDiscriminator.PADDING;
import static org.inoculum.model.ClassicDiscriminator.SLOPE;
import static org.inoculum.model.ClassicDiscriminator.STRIDE;
import static org.inoculum.model.ClassicShape.MAP_CHANNELS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Im2col;

/**
 * Images on their way through a classic discriminator and back: its chain rule, layer by layer,
 * because libtorch's own uses a slow gradient of weights ({@link Im2col}). Gradients are not
 * followed by libtorch here, and every method is called where the precision is set.
 */
public final class DiscriminatorPass {
  private final ClassicDiscriminator discriminator;
  private final Optional<Tensor> mask;

  /** What each block was given; the last are the features as maps. */
  private final List<Tensor> maps = new ArrayList<>();

  private final Tensor features;
  private final Tensor logits;

  /**
   * Forward.
   *
   * @param images (N, channels, size, size) in -1..1
   * @param mask of dropout: factors (N, features)
   */
  public DiscriminatorPass(
      ClassicDiscriminator discriminator, Tensor images, Optional<Tensor> mask) {
    this.discriminator = discriminator;
    this.mask = mask;
    Tensor x = images.contiguous(MemoryFormat.ChannelsLast); // saves oneDNN most of its reordering
    maps.add(x);
    for (int block = 1; block <= discriminator.shape().blocks(); block++) {
      x = discriminator.down(block, x); // (N, 128, size 2^-block, size 2^-block)
      maps.add(x);
    }
    features = masked(x.flatten(1, -1)); // (N, features)
    logits = discriminator.logits(features);
  }

  /** (N). */
  public Tensor logits() {
    return logits;
  }

  /**
   * Gradients of the weights, in their order.
   *
   * @param gradient of the logits (N), in 32-bit floats
   */
  public List<Tensor> wgrads(Tensor gradient) {
    List<Tensor> found = new ArrayList<>(); // backwards
    found.add(gradient.sum().view(1));
    found.add(torch.mm(gradient.view(1, -1), features.to(ScalarType.Float))); // (1, features)
    Tensor y = ofFeatures(gradient);
    for (int block = discriminator.shape().blocks(); block >= 1; block--) {
      y = beforeRelu(block, y);
      found.add(y.to(ScalarType.Float).sum(0, 2, 3));
      found.add(Im2col.wgrad(maps.get(block - 1), y, KERNEL, STRIDE, PADDING));
      if (block > 1) {
        y = ofInput(block, y);
      }
    }
    Collections.reverse(found);
    return found;
  }

  /**
   * The gradient of the images: (N, channels, size, size).
   *
   * @param gradient of the logits (N), in 32-bit floats
   */
  public Tensor imageDgrad(Tensor gradient) {
    Tensor y = ofFeatures(gradient);
    for (int block = discriminator.shape().blocks(); block >= 1; block--) {
      y = ofInput(block, beforeRelu(block, y));
    }
    return y;
  }

  /** (N, 128, start, start). */
  private Tensor ofFeatures(Tensor gradient) {
    long start = discriminator.shape().start();
    return masked(gradient.view(-1, 1).mul(discriminator.weights().get("dense.weight")))
        .view(-1, MAP_CHANNELS, start, start)
        .to(maps.get(maps.size() - 1).scalar_type())
        .contiguous(MemoryFormat.ChannelsLast);
  }

  private Tensor beforeRelu(int block, Tensor y) {
    return torch.leaky_relu_backward_out(y, y, maps.get(block), new Scalar(SLOPE), true);
  }

  private Tensor ofInput(int block, Tensor y) {
    return Convolutions.dgrad(
        y, discriminator.weights().get("down" + block + ".weight"), STRIDE, PADDING);
  }

  private Tensor masked(Tensor x) {
    return mask.isPresent() ? x.mul(mask.get()) : x;
  }
}
