package org.inoculum.generate;

import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.data.HighBitDepthFiles;
import org.inoculum.data.Manifest;
import org.inoculum.data.WindowChoice;
import org.inoculum.image.Channels;
import org.inoculum.image.FloatImage;
import org.inoculum.image.Image;
import org.inoculum.image.Window;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of a generator's numbers, -1 black to 1 white, to samples of files: 8 bits, which
 * every program shows as they are meant, or on request, for a run that was trained on deeper files,
 * 16 bits, in which the window of its training images is undone.
 *
 * @param window the measured values of black and white; null where all training files had 8 bits
 * @param samples the measured values that 0 and 65,535 stand for in 16-bit files; null for 8 bits
 * @param grey whether files get one channel though the generator makes three, since every training
 *     image was grey
 */
record GreyLevels(@Nullable Window window, @Nullable Window samples, boolean grey) {
  /** Luma of ITU-R BT.601, as in {@link Channels#toGrey}. */
  private static final double RED = 0.299;

  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;
  private static final int MOST_8 = 255;
  private static final int MOST_16 = 65_535;

  /**
   * As asked for, else 8 bits.
   *
   * @throws UserException of kind USAGE if 16 bits are asked for and the run knows 8 bits only
   */
  static GreyLevels of(OptionalInt bits, Manifest trainedOn) {
    requireKnown(bits);
    Window window = trainedOn.window();
    HighBitDepthFiles highBitDepth = trainedOn.highBitDepth();
    boolean grey =
        (highBitDepth != null && highBitDepth.grey()) || Boolean.TRUE.equals(trainedOn.grey());
    if (bits.orElse(8) == 8) {
      return new GreyLevels(window, null, grey);
    }
    if (window == null) {
      throw UserException.usage(
          "--bits 16 is for runs that were trained on files of more than 8 bits, and all "
              + trainedOn.images()
              + " images of this one had 8; leave it out");
    }
    boolean whole = highBitDepth != null && highBitDepth.whole();
    return new GreyLevels(window, whole ? Window.SIXTEEN_BITS : window, grey);
  }

  /**
   * Refuses bits that no file has.
   *
   * @throws UserException of kind USAGE for anything but 8 and 16
   */
  static void requireKnown(OptionalInt bits) {
    if (bits.isPresent() && bits.getAsInt() != 8 && bits.getAsInt() != 16) {
      throw UserException.usage("--bits must be 8 or 16, was " + bits.getAsInt());
    }
  }

  /** 8 or 16. */
  int bits() {
    return samples == null ? 8 : 16;
  }

  /**
   * The number format to generate in: bfloat16 has 8 bits, which would be seen in 16.
   *
   * @throws UserException of kind USAGE if they are asked for by name
   */
  PrecisionChoice precision(PrecisionChoice wanted) {
    if (samples == null || wanted == PrecisionChoice.F32) {
      return wanted;
    }
    if (wanted == PrecisionChoice.BF16) {
      requireFine(Precision.BF16);
    }
    return PrecisionChoice.F32;
  }

  /**
   * Refuses a number format that is too coarse.
   *
   * @throws UserException of kind USAGE for bfloat16 and 16 bits
   */
  void requireFine(Precision precision) {
    if (samples != null && precision == Precision.BF16) {
      throw UserException.usage(
          "--precision bf16 computes with 8 bits, and files of 16 bits are to be written; leave it out, or ask for --bits 8");
    }
  }

  /** The image to be written. */
  Image of(FloatImage pixels) {
    if (window == null || samples == null) {
      Image image = Tensors.toEightBit(pixels);
      return grey ? Channels.toGrey(image) : image;
    }
    boolean luma = grey && pixels.channels() == 3;
    int stored = luma ? 1 : pixels.channels();
    short[] levels = new short[pixels.width() * pixels.height() * stored];
    double scale = MOST_16 / (samples.high() - samples.low());
    for (int i = 0; i < levels.length; i++) {
      double x =
          luma
              ? RED * number(pixels, 3 * i)
                  + GREEN * number(pixels, 3 * i + 1)
                  + BLUE * number(pixels, 3 * i + 2)
              : number(pixels, i);
      double value = window.low() + (window.high() - window.low()) * (x + 1) / 2; // as measured
      double level = Math.floor((value - samples.low()) * scale + 0.5);
      levels[i] = (short) (int) Math.max(0, Math.min(MOST_16, level));
    }
    return new Image(pixels.width(), pixels.height(), stored, 16, levels);
  }

  private static double number(FloatImage pixels, int place) {
    return Math.max(-1, Math.min(1, (double) pixels.value(place)));
  }

  /**
   * What an image that was {@linkplain #of written} looks like: 8 bits from black to white. Copies
   * are searched in this, which a generation that is resumed has again.
   */
  Image shown(Image written) {
    if (window == null || samples == null) {
      return written;
    }
    return Channels.toEightBit(window.inSamplesOf(samples).apply(written));
  }

  /** What samples mean, where that has to be said; empty for files that had 8 bits. */
  String describe() {
    if (window == null) {
      return "";
    }
    String ends = WindowChoice.values(window).label();
    if (samples == null) {
      return "0 and " + MOST_8 + " stand for the measured values " + ends;
    }
    return (samples.equals(Window.SIXTEEN_BITS)
            ? "samples are measured values"
            : "samples 0 and "
                + MOST_16
                + " stand for the measured values "
                + WindowChoice.values(samples).label())
        + "; black and white are "
        + ends;
  }
}
