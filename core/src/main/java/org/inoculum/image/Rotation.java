package org.inoculum.image;

/**
 * Rotation by any angle about the centre, at the same size and without black corners: what would
 * come from outside is the image's own mirror image. Bicubic interpolation (see {@link Resize})
 * keeps fine structure that bilinear would blur.
 */
public final class Rotation {
  private Rotation() {}

  /** The image turned counter-clockwise by an angle in degrees. */
  public static Image by(Image image, double degrees) {
    // StrictMath: the same bits on every processor.
    double cos = StrictMath.cos(StrictMath.toRadians(degrees));
    double sin = StrictMath.sin(StrictMath.toRadians(degrees));
    int width = image.width();
    int height = image.height();
    int channels = image.channels();
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    short[] samples = new short[width * height * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        // Rows run downwards, so that counter-clockwise on the screen is this sign of sin.
        double u = centreX + cos * (x - centreX) - sin * (y - centreY);
        double v = centreY + sin * (x - centreX) + cos * (y - centreY);
        interpolate(image, u, v, samples, (y * width + x) * channels);
      }
    }
    return new Image(width, height, channels, image.bitDepth(), samples);
  }

  /** Writes all channels at the point (u, v), from its 4 x 4 neighbours. */
  private static void interpolate(Image image, double u, double v, short[] samples, int to) {
    int left = (int) Math.floor(u) - 1;
    int top = (int) Math.floor(v) - 1;
    double[] weightX = new double[4];
    double[] weightY = new double[4];
    for (int k = 0; k < 4; k++) {
      weightX[k] = Cubic.weight(left + k - u);
      weightY[k] = Cubic.weight(top + k - v);
    }
    for (int c = 0; c < image.channels(); c++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        int row = Mirror.index(top + j, image.height());
        for (int i = 0; i < 4; i++) {
          int column = Mirror.index(left + i, image.width());
          sum += weightY[j] * weightX[i] * image.sample(column, row, c);
        }
      }
      double rounded = Math.floor(sum + 0.5);
      samples[to + c] = (short) Math.max(0, Math.min(image.maxSample(), rounded));
    }
  }
}
