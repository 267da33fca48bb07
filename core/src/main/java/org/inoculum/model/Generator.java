package org.inoculum.model;

import org.bytedeco.pytorch.Tensor;
import org.inoculum.torch.Weights;

/** A network that turns latents into images. */
public sealed interface Generator extends AutoCloseable permits ClassicGenerator {
  /**
   * Makes images.
   *
   * @param z latents (N, latent)
   * @return (N, channels, size, size) in -1..1
   */
  Tensor forward(Tensor z);

  /** Length of a latent. */
  int latent();

  /** The parameters, which this network owns. */
  Weights weights();

  /** Frees the parameters. */
  @Override
  default void close() {
    weights().close();
  }
}
