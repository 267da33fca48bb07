package org.inoculum.image;

import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Rasters as {@link Image}s, sample by sample. Colour conversion, as in {@code getRGB}, would turn
 * a grey of 100 into 168.
 */
final class RasterImages {
  private RasterImages() {}

  /**
   * A raster of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha) bands of 1, 2, 4, 8 or 16
   * bits.
   *
   * @param transparent the stored samples of the one colour that is transparent; empty for none
   */
  static Image ofSamples(Raster raster, int... transparent) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    int channels = bands <= 2 ? 1 : 3;
    boolean alpha = bands > channels;
    int storedBits = raster.getSampleModel().getSampleSize(0);
    int bitDepth = storedBits == 16 ? 16 : 8;
    int max = (1 << bitDepth) - 1;
    int scale = max / ((1 << storedBits) - 1); // 255, 85, 17 or 1: exact
    short[] samples = new short[Math.multiplyExact(width * channels, height)];
    int[] row = new int[width * bands];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int from = x * bands;
        int opacity = alpha ? row[from + channels] * scale : max;
        if (Arrays.equals(row, from, from + bands, transparent, 0, transparent.length)) {
          opacity = 0;
        }
        for (int c = 0; c < channels; c++) {
          samples[to++] = (short) onWhite(row[from + c] * scale, opacity, max);
        }
      }
    }
    return new Image(width, height, channels, bitDepth, samples);
  }

  /** A raster of palette indices; becomes 8-bit RGB. */
  static Image ofPalette(Raster raster, IndexColorModel colours) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] argb = new int[colours.getMapSize()];
    colours.getRGBs(argb);
    short[] samples = new short[Math.multiplyExact(width * 3, height)];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int index : row) {
        int opacity = argb[index] >>> 24;
        for (int shift = 16; shift >= 0; shift -= 8) {
          samples[to++] = (short) onWhite(argb[index] >>> shift & 0xFF, opacity, 255);
        }
      }
    }
    return new Image(width, height, 3, 8, samples);
  }

  /** A sample of the given opacity over white, rounded; an opaque one stays exactly as it is. */
  private static int onWhite(int sample, int opacity, int max) {
    long mixed = (long) sample * opacity + (long) max * (max - opacity);
    return (int) ((mixed + max / 2) / max);
  }
}
