package org.inoculum.image;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Stored samples of at most 16 bits as grey or RGB: palettes looked up, inverted grey turned, CMYK
 * mixed, opacity laid on white. Below 8 bits the range is spread to 0..255; 9 to 16 bits stay as
 * they are stored.
 *
 * <p>Fluorescence of several channels is often written with tags that make its last channel an
 * opacity, or a sample of no known meaning behind a colour. Such a sample is passed over only where
 * it says nothing; where it may be an image, the user chooses.
 */
final class TiffColours {
  private final TiffLayout layout;
  private final short[] stored;
  private final int kept;
  private final Consumer<DecodingNote> notes;
  private final int depth;
  private final int max;

  /** Of (height, width, kept) stored samples, which may become the image's own array. */
  TiffColours(TiffLayout layout, short[] stored, int kept, Consumer<DecodingNote> notes) {
    this.layout = layout;
    this.stored = stored;
    this.kept = kept;
    this.notes = notes;
    this.depth = layout.bits <= 8 ? 8 : 16;
    this.max = layout.bits <= 8 ? 255 : (1 << layout.bits) - 1;
  }

  /** The remedy of a file whose samples may mean several things. */
  static String choose(TiffLayout layout) {
    return "choose one with --channel 1 to " + layout.samples;
  }

  /** The one kept sample of a pixel, which has that number, as grey. */
  Image sample(int number) {
    spread();
    if (layout.photometric == TiffLayout.WHITE_IS_ZERO && number == 0) {
      invert();
    }
    return new Image(layout.width, layout.height, 1, depth, stored);
  }

  /** All that make the colour. */
  Image image() throws IOException {
    boolean opaque = kept == layout.colours || passesOver();
    if (layout.photometric == TiffLayout.PALETTE) {
      short[] rgb = palette();
      if (!opaque) {
        spread();
      }
      return new Image(layout.width, layout.height, 3, 8, opaque ? rgb : onWhite(rgb, 3, 3));
    }
    spread();
    if (layout.photometric == TiffLayout.WHITE_IS_ZERO) {
      invert();
    }
    int channels = layout.colours == 1 ? 1 : 3;
    if (layout.photometric == TiffLayout.CMYK) {
      notes.accept(DecodingNote.INKS);
      short[] rgb = RasterImages.ofCmyk(stored, kept, false);
      return new Image(layout.width, layout.height, 3, 8, opaque ? rgb : onWhite(rgb, 3, 3));
    }
    if (kept == layout.colours) {
      return new Image(layout.width, layout.height, channels, depth, stored);
    }
    short[] laid = opaque ? withoutLast(channels) : onWhite(stored, channels, kept);
    return new Image(layout.width, layout.height, channels, depth, laid);
  }

  /**
   * Whether the sample behind the colour says nothing, so that the colour is taken alone; false
   * where it is an opacity to be applied.
   *
   * @throws UnsupportedImageException where it may be an image
   */
  private boolean passesOver() throws UnsupportedImageException {
    int first = stored[layout.colours] & 0xFFFF;
    boolean constant = true;
    for (int i = layout.colours; i < stored.length && constant; i += kept) {
      constant = (stored[i] & 0xFFFF) == first;
    }
    if (layout.alpha == 0) {
      if (!constant) {
        throw new UnsupportedImageException(
            "holds " + layout.samplesNamed() + ", more than make a colour; " + choose(layout));
      }
      notes.accept(DecodingNote.CONSTANT_SAMPLE);
      return true;
    }
    if (constant && first == 0) {
      notes.accept(DecodingNote.TRANSPARENT_EVERYWHERE);
      return true;
    }
    if (constant && first == (1 << layout.bits) - 1) {
      return true;
    }
    if (layout.bits > 8) {
      throw new UnsupportedImageException(
          "holds %s of %d bits; the last is marked as opacity but may be a channel, as in fluorescence; %s, or save it without opacity"
              .formatted(layout.samplesNamed(), layout.bits, choose(layout)));
    }
    notes.accept(DecodingNote.LAID_ON_WHITE);
    return false;
  }

  private void spread() {
    if (layout.bits < 8) {
      int storedMax = (1 << layout.bits) - 1;
      for (int i = 0; i < stored.length; i++) {
        stored[i] = (short) ((stored[i] * 255 + storedMax / 2) / storedMax);
      }
    }
  }

  private void invert() {
    for (int i = 0; i < stored.length; i += kept) {
      stored[i] = (short) (max - (stored[i] & 0xFFFF));
    }
  }

  private short[] withoutLast(int channels) {
    short[] colour = new short[stored.length / kept * channels];
    for (int i = 0; i < colour.length; i++) {
      colour[i] = stored[i / channels * kept + i % channels];
    }
    return colour;
  }

  /** Colours with the opacity that is stored behind them on white. */
  private short[] onWhite(short[] colour, int channels, int step) {
    short[] laid = new short[stored.length / kept * channels];
    for (int i = 0; i < laid.length; i++) {
      int pixel = i / channels;
      int opacity = stored[pixel * kept + layout.colours] & 0xFFFF;
      int sample = colour[pixel * step + i % channels] & 0xFFFF;
      laid[i] =
          (short)
              (layout.alpha == 2
                  ? RasterImages.onWhite(sample, opacity, max)
                  : Math.min(max, sample + max - opacity));
    }
    return laid;
  }

  private short[] palette() throws IOException {
    long[] colours = layout.colourMap();
    int size = 1 << layout.bits;
    short[] rgb = new short[Math.multiplyExact(stored.length / kept, 3)];
    for (int i = 0; i < rgb.length; i++) {
      int index = stored[i / 3 * kept];
      rgb[i] = (short) (colours[i % 3 * size + index] >> 8);
    }
    return rgb;
  }
}
