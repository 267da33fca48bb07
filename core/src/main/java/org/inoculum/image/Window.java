package org.inoculum.image;

/**
 * The range of measured values that becomes black to white, the same for every image of a data set:
 * a window of each image's own would make a dim cell look like a bright one.
 *
 * @param low the value that becomes 0
 * @param high the value that becomes the largest sample; above low
 */
public record Window(double low, double high) {
  private static final int MAX = 65_535;

  /** What 16-bit samples can be. */
  public static final Window SIXTEEN_BITS = new Window(0, MAX);

  /** Finite, and not empty. */
  public Window {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException("no window from " + low + " to " + high);
    }
  }

  /**
   * The image with 16 bits over this range, values outside clipped, NaN black. An image of 8 bits
   * is on the scale already and stays as it is.
   */
  public Image apply(DecodedImage decoded) {
    if (decoded instanceof Image image && (image.bitDepth() == 8 || equals(SIXTEEN_BITS))) {
      return image;
    }
    short[] samples = new short[decoded.width() * decoded.height() * decoded.channels()];
    double scale = MAX / (high - low);
    for (int i = 0; i < samples.length; i++) {
      double level = Math.floor((decoded.value(i) - low) * scale + 0.5);
      samples[i] = (short) (int) Math.max(0, Math.min(MAX, level)); // the cast makes NaN 0
    }
    return new Image(decoded.width(), decoded.height(), decoded.channels(), 16, samples);
  }

  /**
   * This range in the samples of 16-bit files, of which 0 and 65,535 stand for the ends of {@code
   * samples}: what {@link #apply} needs to bring such files to black and white.
   */
  public Window inSamplesOf(Window samples) {
    double scale = MAX / (samples.high - samples.low);
    return new Window((low - samples.low) * scale, (high - samples.low) * scale);
  }

  /** The measured value that a sample stands for: what {@link #apply} did, undone. */
  public double valueOf(int sample, int maxSample) {
    return low + (high - low) * sample / maxSample;
  }
}
