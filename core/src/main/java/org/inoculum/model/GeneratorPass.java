package org.inoculum.model;

import static org.inoculum.model.ClassicDiscriminator.KERNEL;
import static org.inoculum.model.ClassicDiscriminator.PADDING;
import static org.inoculum.model.ClassicDiscriminator.STRIDE;
import static org.inoculum.model.ClassicGenerator.SLOPE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Im2col;

/** Latents on their way through a classic generator and back, like {@link DiscriminatorPass}. */
public final class GeneratorPass {
  private static final int LAST_KERNEL = 3;

  private final ClassicGenerator generator;
  private final Tensor z;

  /** What each block was given; the last is what the images are made of. */
  private final List<Tensor> maps = new ArrayList<>();

  private final Tensor images;

  /**
   * Forward.
   *
   * @param z (N, latent)
   */
  public GeneratorPass(ClassicGenerator generator, Tensor z) {
    this.generator = generator;
    this.z = z;
    Tensor x = generator.begin(z);
    maps.add(x);
    for (int block = 1; block <= generator.shape().blocks(); block++) {
      x = generator.up(block, x);
      maps.add(x);
    }
    images = generator.finish(x);
  }

  /** (N, channels, size, size) in -1..1. */
  public Tensor images() {
    return images;
  }

  /**
   * Gradients of the weights, in their order.
   *
   * @param gradient of the images (N, channels, size, size)
   */
  public List<Tensor> wgrads(Tensor gradient) {
    List<Tensor> found = new ArrayList<>(); // backwards
    int blocks = generator.shape().blocks();
    Tensor last = maps.get(blocks);
    Tensor y =
        torch
            .tanh_backward(gradient.to(ScalarType.Float), images)
            .to(last.scalar_type())
            .contiguous(MemoryFormat.ChannelsLast);
    found.add(bias(y));
    found.add(Im2col.wgrad(last, y, LAST_KERNEL, 1, 1));
    y = ofLastMaps(y);
    for (int block = blocks; block >= 1; block--) {
      y = beforeRelu(block, y);
      found.add(bias(y));
      found.add(Im2col.wgrad(y, maps.get(block - 1), KERNEL, STRIDE, PADDING));
      y =
          Convolutions.transposeDgrad(
              y, generator.weights().get("up" + block + ".weight"), STRIDE, PADDING);
    }
    y = beforeRelu(0, y).to(ScalarType.Float).flatten(1, -1); // (N, 1024 start start)
    found.add(y.sum(0));
    found.add(torch.mm(y.t(), z));
    Collections.reverse(found);
    return found;
  }

  /** The last convolution back to what it was given: few channels to many. */
  private Tensor ofLastMaps(Tensor y) {
    Tensor weight = generator.weights().get("out.weight");
    return Im2col.isFloat(y)
        ? Im2col.convolve(y, weight.flip(2, 3).transpose(0, 1), 1, 1)
        : Convolutions.dgrad(y, weight, 1, 1);
  }

  private Tensor beforeRelu(int block, Tensor y) {
    return torch.leaky_relu_backward_out(y, y, maps.get(block), new Scalar(SLOPE), true);
  }

  private static Tensor bias(Tensor y) {
    return y.to(ScalarType.Float).sum(0, 2, 3);
  }
}
