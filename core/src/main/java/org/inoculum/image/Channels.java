package org.inoculum.image;

/** Conversions of channels and bit depth. Each returns the image itself where nothing is to do. */
public final class Channels {
  private Channels() {}

  /** Grey as three equal channels. */
  public static Image toRgb(Image image) {
    if (image.channels() == 3) {
      return image;
    }
    short[] grey = image.samples();
    short[] rgb = new short[Math.multiplyExact(grey.length, 3)];
    for (int i = 0; i < grey.length; i++) {
      rgb[3 * i] = grey[i];
      rgb[3 * i + 1] = grey[i];
      rgb[3 * i + 2] = grey[i];
    }
    return new Image(image.width(), image.height(), 3, image.bitDepth(), rgb);
  }

  /** Whether the channels of every pixel are equal. */
  public static boolean isGrey(Image image) {
    int channels = image.channels();
    int values = image.width() * image.height() * channels;
    for (int i = 0; i < values; i++) {
      if (image.value(i) != image.value(i / channels * channels)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Luma of ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, in 16-bit fixed point and rounded, as Pillow
   * does it.
   */
  public static Image toGrey(Image image) {
    if (image.channels() == 1) {
      return image;
    }
    short[] rgb = image.samples();
    short[] grey = new short[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      long luma =
          19595L * (rgb[3 * i] & 0xFFFF)
              + 38470L * (rgb[3 * i + 1] & 0xFFFF)
              + 7471L * (rgb[3 * i + 2] & 0xFFFF);
      grey[i] = (short) ((luma + 0x8000) >> 16);
    }
    return new Image(image.width(), image.height(), 1, image.bitDepth(), grey);
  }

  /** 16 bits as 8: v x 255 / 65,535, rounded. */
  public static Image toEightBit(Image image) {
    if (image.bitDepth() == 8) {
      return image;
    }
    short[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (((samples[i] & 0xFFFF) + 128) / 257);
    }
    return new Image(image.width(), image.height(), image.channels(), 8, samples);
  }
}
