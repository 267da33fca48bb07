package org.inoculum.image;

import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.function.Consumer;

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
  static Image ofSamples(Raster raster, Consumer<DecodingNote> notes, int... transparent) {
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
    boolean nowhere = alpha && isZero(raster, channels);
    if (nowhere) {
      notes.accept(DecodingNote.TRANSPARENT_EVERYWHERE);
    }
    boolean clear = false;
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int from = x * bands;
        int opacity = alpha && !nowhere ? row[from + channels] * scale : max;
        if (Arrays.equals(row, from, from + bands, transparent, 0, transparent.length)) {
          opacity = 0;
        }
        clear |= opacity < max;
        for (int c = 0; c < channels; c++) {
          samples[to++] = (short) onWhite(row[from + c] * scale, opacity, max);
        }
      }
    }
    if (clear) {
      notes.accept(DecodingNote.LAID_ON_WHITE);
    }
    return new Image(width, height, channels, bitDepth, samples);
  }

  private static boolean isZero(Raster raster, int band) {
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, row);
      for (int sample : row) {
        if (sample != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** A raster of palette indices; becomes 8-bit RGB. */
  static Image ofPalette(Raster raster, IndexColorModel colours, Consumer<DecodingNote> notes) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] argb = new int[colours.getMapSize()];
    colours.getRGBs(argb);
    short[] samples = new short[Math.multiplyExact(width * 3, height)];
    int[] row = new int[width];
    boolean nowhere = true;
    for (int y = 0; y < height && nowhere; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int index : row) {
        nowhere &= argb[index] >>> 24 == 0;
      }
    }
    if (nowhere) {
      notes.accept(DecodingNote.TRANSPARENT_EVERYWHERE);
    }
    boolean clear = false;
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int index : row) {
        int opacity = nowhere ? 255 : argb[index] >>> 24;
        clear |= opacity < 255;
        for (int shift = 16; shift >= 0; shift -= 8) {
          samples[to++] = (short) onWhite(argb[index] >>> shift & 0xFF, opacity, 255);
        }
      }
    }
    if (clear) {
      notes.accept(DecodingNote.LAID_ON_WHITE);
    }
    return new Image(width, height, 3, 8, samples);
  }

  /**
   * A JPEG's raster of four bands.
   *
   * @param adobeTransform of its Adobe segment: 2 for YCCK; with such a segment, which most
   *     programs write, ink is stored inverted; -1 without
   */
  static Image ofCmyk(Raster raster, int adobeTransform) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    short[] samples = new short[Math.multiplyExact(Math.multiplyExact(width, height), 4)];
    int[] row = new int[width * 4];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        samples[y * row.length + i] = (short) row[i];
      }
    }
    if (adobeTransform == 2) {
      for (int i = 0; i < samples.length; i += 4) {
        fromYcc(samples, i);
      }
    }
    return new Image(width, height, 3, 8, ofCmyk(samples, 4, adobeTransform >= 0));
  }

  /**
   * CMYK as RGB: (255 - ink) x (255 - black) / 255, rounded; no colour profile.
   *
   * @param stored pixels of at least 4 samples, 0..255
   * @param kept samples of a pixel
   * @param inverted whether 255 is no ink
   */
  static short[] ofCmyk(short[] stored, int kept, boolean inverted) {
    int pixels = stored.length / kept;
    short[] rgb = new short[Math.multiplyExact(pixels, 3)];
    for (int i = 0; i < pixels; i++) {
      int black = stored[i * kept + 3];
      int white = inverted ? black : 255 - black;
      for (int c = 0; c < 3; c++) {
        int ink = stored[i * kept + c];
        int paper = inverted ? ink : 255 - ink;
        rgb[3 * i + c] = (short) ((paper * white + 127) / 255);
      }
    }
    return rgb;
  }

  /**
   * Y, Cb, Cr at a position become the three colours that they stand for (JFIF 1.02, section 7).
   */
  private static void fromYcc(short[] samples, int at) {
    double y = samples[at];
    double cb = samples[at + 1] - 128;
    double cr = samples[at + 2] - 128;
    samples[at] = level(y + 1.402 * cr);
    samples[at + 1] = level(y - 0.344136 * cb - 0.714136 * cr);
    samples[at + 2] = level(y + 1.772 * cb);
  }

  private static short level(double value) {
    return (short) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }

  /** A sample of the given opacity over white, rounded; an opaque one stays exactly as it is. */
  static int onWhite(int sample, int opacity, int max) {
    long mixed = (long) sample * opacity + (long) max * (max - opacity);
    return (int) ((mixed + max / 2) / max);
  }
}
