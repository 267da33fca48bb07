package org.inoculum.model;

import org.bytedeco.pytorch.Tensor;
import org.inoculum.torch.Weights;

/** A network that turns latents into images. */
public sealed interface Generator extends AutoCloseable permits ClassicGenerator, ModernGenerator {
  /**
   * Makes images.
   *
   * @return (N, channels, size, size); -1..1 is black to white, and what lies outside is clipped
   *     when it becomes pixels
   */
  Tensor forward(GeneratorInput input);

  /** Length of a latent. */
  int latentSize();

  /** Numbers of per-pixel noise that one image takes; 0 where there is none. */
  int noise();

  /** How many classes it makes, at least 1. */
  int classes();

  /** The parameters, which this network owns. */
  Weights weights();

  /** Frees the parameters. */
  @Override
  default void close() {
    weights().close();
  }
}
