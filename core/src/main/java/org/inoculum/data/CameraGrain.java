package org.inoculum.data;

import org.inoculum.random.RandomStream;

/**
 * The noise of a colour camera whose image was compressed and enlarged: fine grain in the luma,
 * broad mottling in the chroma. Unlike all else in a drawn image it belongs to the pixels and is
 * not the same image at another size.
 */
final class CameraGrain {
  private static final double RED_LUMA = 0.299;
  private static final double GREEN_LUMA = 0.587;
  private static final double BLUE_LUMA = 0.114;

  private CameraGrain() {}

  /** Noise in samples, (channel, height, width), with the given deviation of the luma. */
  static double[][] draw(RandomStream random, int size, double deviation) {
    return draw(random, size, size, size, deviation);
  }

  /**
   * As {@link #draw(RandomStream, int, double)}, of a larger image.
   *
   * @param frame pixels of the frame that the rods are measured in
   */
  static double[][] draw(RandomStream random, int width, int height, int frame, double deviation) {
    double scale = Math.min(1, frame / 128.0); // a small image was never enlarged
    double[] luma = noise(random, width, height, 0.84 * scale, deviation);
    double[] red = noise(random, width, height, 1.7 * scale, 0.8 * deviation);
    double[] blue = noise(random, width, height, 1.7 * scale, 0.8 * deviation);
    double[][] grain = new double[3][width * height];
    for (int i = 0; i < luma.length; i++) {
      luma[i] += 0.13 * deviation * random.nextGaussian(); // after the enlargement
      grain[0][i] = luma[i] + red[i];
      grain[1][i] = luma[i] - (RED_LUMA * red[i] + BLUE_LUMA * blue[i]) / GREEN_LUMA;
      grain[2][i] = luma[i] + blue[i];
    }
    return grain;
  }

  private static double[] noise(
      RandomStream random, int width, int height, double sigma, double deviation) {
    double[] white = new double[width * height];
    double scale = deviation / Math.sqrt(GaussianBlur.noiseGain(sigma));
    for (int i = 0; i < white.length; i++) {
      white[i] = scale * random.nextGaussian();
    }
    return GaussianBlur.blur(white, width, height, sigma);
  }
}
