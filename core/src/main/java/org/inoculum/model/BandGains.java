package org.inoculum.model;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Tensors;

/**
 * Transforms the 2 x 2 blocks of an image for a discriminator: as wavelets (Haar) of opponent
 * colours (sum, red - blue, green - both), each amplified until it varies as much over the real
 * images as the strongest does, up to a highest gain. A camera's grain is a few levels of 255 where
 * a stain is a hundred: without this, a few thousand steps are too few for a discriminator to take
 * notice of it, and a gradient penalty on pixels keeps it from doing so, because it prices every
 * change by the same measure. The penalty is measured on what is seen here instead, which is the
 * choice of another norm (Adler &amp; Lunz, 1806.06621).
 *
 * @param basis orthonormal (4 C, 4 C): a row for each component
 * @param gains (4 C), at least 1
 */
public record BandGains(Tensor basis, Tensor gains) implements AutoCloseable {
  private static final double[][] HAAR = {
    {1, 1, 1, 1}, {1, -1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}
  };
  private static final double[][] OPPONENT = {{1, 1, 1}, {1, 0, -1}, {1, -2, 1}};
  private static final double[][] GREY = {{1}};

  /**
   * As much of each component as these images call for.
   *
   * @param images (N, C, H, W), H and W even
   * @param maxGain the highest gain; 1 leaves every component as it is
   */
  public static BandGains of(Tensor images, double maxGain) {
    Tensor basis = basis((int) images.size(1));
    // Summed here, in one order, so that no number of threads makes other gains.
    float[] seen = Tensors.toFloats(torch.matmul(blocks(images), basis.t()));
    Tensor gains = Tensor.create(gains(seen, (int) basis.size(0), maxGain));
    basis.retainReference();
    gains.retainReference();
    return new BandGains(basis, gains);
  }

  private static float[] gains(float[] seen, int components, double maxGain) {
    double[] deviations = new double[components];
    double n = (double) seen.length / components;
    for (int component = 0; component < components; component++) {
      double sum = 0;
      double squares = 0;
      for (int i = component; i < seen.length; i += components) {
        sum += seen[i];
        squares += (double) seen[i] * seen[i];
      }
      deviations[component] = Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
    }
    double strongest = Arrays.stream(deviations).max().orElseThrow();
    float[] gains = new float[components];
    for (int component = 0; component < components; component++) {
      double gain = strongest == 0 ? 1 : strongest / deviations[component];
      gains[component] = (float) Math.min(maxGain, gain);
    }
    return gains;
  }

  /**
   * What is seen of images.
   *
   * @param images (N, C, H, W)
   * @return (N, 4 C, H / 2, W / 2)
   */
  Tensor see(Tensor images) {
    try (Autocast full = Autocast.off()) {
      return torch.matmul(blocks(images), basis.t().mul(gains)).permute(0, 3, 1, 2);
    }
  }

  /**
   * The gradient with respect to what is seen, from that with respect to the image.
   *
   * @param gradient (N, C, H, W)
   * @return (N, H / 2, W / 2, 4 C)
   */
  public Tensor gradient(Tensor gradient) {
    return torch.matmul(blocks(gradient), basis.t()).div(gains);
  }

  /** (N, H / 2, W / 2, 4 C). */
  private static Tensor blocks(Tensor images) {
    return torch.pixel_unshuffle(images, 2).permute(0, 2, 3, 1).contiguous();
  }

  private static Tensor basis(int channels) {
    double[][] colours = channels == 1 ? GREY : OPPONENT;
    int size = 4 * channels;
    float[] values = new float[size * size];
    for (int colour = 0; colour < channels; colour++) {
      for (int wavelet = 0; wavelet < 4; wavelet++) {
        double[] row = new double[size];
        double squares = 0;
        for (int c = 0; c < channels; c++) {
          for (int p = 0; p < 4; p++) {
            row[4 * c + p] = colours[colour][c] * HAAR[wavelet][p];
            squares += row[4 * c + p] * row[4 * c + p];
          }
        }
        for (int i = 0; i < size; i++) {
          values[(4 * colour + wavelet) * size + i] = (float) (row[i] / Math.sqrt(squares));
        }
      }
    }
    return Tensor.create(values, size, size);
  }

  @Override
  public void close() {
    basis.releaseReference();
    gains.releaseReference();
  }
}
