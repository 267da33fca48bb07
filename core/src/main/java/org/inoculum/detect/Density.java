package org.inoculum.detect;

import java.util.Arrays;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;

/**
 * A field as the detector sees it: at the detector's scale, in optical density against the field's
 * own median colour, log((median + s) / (intensity + s)) with s = {@value #SOFTENING} of 255, so
 * that neither the stain of the ground nor the exposure matters. Cells in bright fields are above
 * 0, fluorescent ones below.
 *
 * <p>Levels are kept in 8 bits; their densities come from a table.
 */
final class Density {
  static final int CHANNELS = 3;

  /** Of 255; keeps the logarithm of dark pixels finite and their noise small. */
  static final double SOFTENING = 8;

  private static final int LEVELS = 256;

  final int width;
  final int height;
  private final byte[][] levels = new byte[CHANNELS][];
  private final float[][] table = new float[CHANNELS][LEVELS];

  private Density(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * Of an image, grey or coloured.
   *
   * @param scale pixels of the result for one of the image
   */
  static Density of(Image image, double scale) {
    Image small =
        Resize.to(
            image,
            Math.max(1, (int) Math.round(image.width() * scale)),
            Math.max(1, (int) Math.round(image.height() * scale)));
    Density density = new Density(small.width(), small.height());
    int pixels = small.width() * small.height();
    short[] samples = small.samples();
    double white = image.bitDepth() == 8 ? 255 : brightest(samples);
    for (int c = 0; c < CHANNELS; c++) {
      int from = Math.min(c, small.channels() - 1);
      byte[] plane = new byte[pixels];
      int[] histogram = new int[LEVELS];
      for (int i = 0; i < pixels; i++) {
        double level = (samples[i * small.channels() + from] & 0xFFFF) * 255 / white;
        int rounded = (int) Math.min(255, Math.round(level));
        plane[i] = (byte) rounded;
        histogram[rounded]++;
      }
      density.levels[c] = plane;
      int median = 0;
      for (int below = histogram[0]; 2 * below < pixels; below += histogram[median]) {
        median++;
      }
      for (int level = 0; level < LEVELS; level++) {
        density.table[c][level] =
            (float) StrictMath.log((median + SOFTENING) / (level + SOFTENING));
      }
    }
    return density;
  }

  /** Of samples of 16 bits, whose range a camera seldom fills: all but the brightest 0.1 %. */
  private static double brightest(short[] samples) {
    int[] sorted = new int[samples.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = samples[i] & 0xFFFF;
    }
    Arrays.sort(sorted);
    return Math.max(1, sorted[(int) ((sorted.length - 1) * 0.999)]);
  }

  /** The density at a pixel; beyond the border lies the field's mirror image. */
  float at(int channel, int x, int y) {
    int position = mirrored(y, height) * width + mirrored(x, width);
    return table[channel][levels[channel][position] & 0xFF];
  }

  /**
   * The share of pixels, of every seventh row and column, whose levels are the same within 1 in all
   * channels: near 0 for two fields, near 1 for one field with cells laid on it. 0 where sizes
   * differ.
   */
  double sameAs(Density other) {
    if (width != other.width || height != other.height) {
      return 0;
    }
    int same = 0;
    int seen = 0;
    for (int y = 3; y < height; y += 7) {
      for (int x = 3; x < width; x += 7) {
        boolean equal = true;
        for (int c = 0; c < CHANNELS; c++) {
          int own = levels[c][y * width + x] & 0xFF;
          equal &= Math.abs(own - (other.levels[c][y * width + x] & 0xFF)) <= 1;
        }
        same += equal ? 1 : 0;
        seen++;
      }
    }
    return seen == 0 ? 0 : (double) same / seen;
  }

  private static int mirrored(int position, int side) {
    int period = Math.floorMod(position, 2 * side);
    return period < side ? period : 2 * side - 1 - period;
  }
}
