package org.inoculum.data;

import org.inoculum.image.Image;
import org.inoculum.random.RandomStream;

/**
 * Light through a smear onto a camera: absorbed as Beer and Lambert say, blurred by the optics (see
 * {@link DrawnBacilli}), averaged over each pixel, with grain.
 *
 * @param stain of the slide
 * @param ground the colour of the empty ground, in samples
 * @param rodDensity optical density in the middle of a usual rod
 * @param columns points of the grid that densities are computed on
 * @param rows points down
 * @param perPixel points of a pixel's side
 */
record SmearOptics(
    SmearStain stain, Rgb ground, Rgb rodDensity, int columns, int rows, int perPixel) {
  /** What the narrow blur leaves of the middle of a usual rod. */
  private static final double PEAK_LEFT = 0.62;

  /** What fuchsin absorbs, in units of what it absorbs in green. */
  private static final Rgb FUCHSIN = new Rgb(0.3, 1, 0.55);

  private static final Rgb FRINGE = new Rgb(0.04, 0.14, 0.36);
  private static final double FRINGE_WIDTH = 10.0 / 128;

  /**
   * The photograph, columns / perPixel pixels wide.
   *
   * @param rods how much stain the light crosses in the rods, by point
   * @param focus standard deviation of the narrow blur, in points
   * @param unit points of a frame's side
   */
  Image photograph(RandomStream random, SmearGround under, double[] rods, double focus, int unit) {
    double[] sharp = GaussianBlur.blur(rods, columns, rows, focus);
    double[] fringe = GaussianBlur.blur(rods, columns, rows, FRINGE_WIDTH * unit);
    int width = columns / perPixel;
    int height = rows / perPixel;
    double[][] grain = CameraGrain.draw(random, width, height, unit / perPixel, stain.grain());
    short[] samples = new short[width * height * 3];
    double[] light = new double[columns * rows];
    for (int c = 0; c < 3; c++) {
      double fringeShare = FRINGE.channel(c);
      double rodScale = rodDensity.channel(c) / (PEAK_LEFT * (1 - 0.7 * fringeShare));
      for (int i = 0; i < light.length; i++) {
        double density =
            under.counterstain[i] * stain.counterstain().channel(c)
                + under.fuchsin[i] * FUCHSIN.channel(c)
                + under.neutral[i]
                + rodScale * ((1 - fringeShare) * sharp[i] + fringeShare * fringe[i]);
        light[i] = ground.channel(c) * StrictMath.exp(-density);
      }
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          int pixel = row * width + column;
          double value =
              mean(light, columns, row * perPixel, column * perPixel, perPixel) + grain[c][pixel];
          samples[pixel * 3 + c] = (short) Math.max(0, Math.min(255, Math.round(value)));
        }
      }
    }
    return new Image(width, height, 3, 8, samples);
  }

  /** The mean of a square of {@code side} points. */
  static double mean(double[] points, int columns, int top, int left, int side) {
    double sum = 0;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        sum += points[y * columns + x];
      }
    }
    return sum / (side * side);
  }
}
