package org.inoculum.image;

import java.io.IOException;

/**
 * Stored samples of at most 16 bits as grey or RGB: palettes looked up, inverted grey turned, CMYK
 * mixed, opacity laid on white. Below 8 bits the range is spread to 0..255; 9 to 16 bits stay as
 * they are stored.
 */
final class TiffColours {
  private TiffColours() {}

  /** The image; {@code stored} is (height, width, kept) and may become the image's own array. */
  static Image image(TiffLayout layout, short[] stored, int kept) throws IOException {
    int depth = layout.bits <= 8 ? 8 : 16;
    if (layout.photometric == TiffLayout.PALETTE) {
      return palette(layout, stored, kept);
    }
    int storedMax = (1 << layout.bits) - 1;
    int max = layout.bits <= 8 ? 255 : storedMax;
    if (layout.bits < 8) {
      for (int i = 0; i < stored.length; i++) {
        stored[i] = (short) ((stored[i] * 255 + storedMax / 2) / storedMax);
      }
    }
    if (layout.photometric == TiffLayout.WHITE_IS_ZERO) {
      for (int i = 0; i < stored.length; i++) {
        stored[i] = i % kept == 0 ? (short) (max - (stored[i] & 0xFFFF)) : stored[i];
      }
    }
    int channels = layout.colours == 1 ? 1 : 3;
    if (layout.photometric == TiffLayout.CMYK) {
      return new Image(layout.width, layout.height, 3, 8, RasterImages.ofCmyk(stored, kept, false));
    }
    if (layout.alpha == 0) {
      return new Image(layout.width, layout.height, channels, depth, stored);
    }
    short[] laid = new short[stored.length / kept * channels];
    for (int i = 0; i < laid.length; i++) {
      int pixel = i / channels * kept;
      int opacity = stored[pixel + channels] & 0xFFFF;
      int sample = stored[pixel + i % channels] & 0xFFFF;
      laid[i] =
          (short)
              (layout.alpha == 2
                  ? RasterImages.onWhite(sample, opacity, max)
                  : Math.min(max, sample + max - opacity));
    }
    return new Image(layout.width, layout.height, channels, depth, laid);
  }

  private static Image palette(TiffLayout layout, short[] stored, int kept) throws IOException {
    long[] colours = layout.colourMap();
    int size = 1 << layout.bits;
    short[] rgb = new short[Math.multiplyExact(stored.length / kept, 3)];
    for (int i = 0; i < rgb.length; i++) {
      int index = stored[i / 3 * kept];
      rgb[i] = (short) (colours[i % 3 * size + index] >> 8);
    }
    return new Image(layout.width, layout.height, 3, 8, rgb);
  }
}
