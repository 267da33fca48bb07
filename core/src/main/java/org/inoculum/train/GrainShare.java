package org.inoculum.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.torch.Tensors;

/**
 * The grain share of a set of images: how much of its fine detail is grain that lies everywhere, as
 * on a slide under a microscope of high power, and not the outlines of objects on plain ground. It
 * is the mean power of fine detail in the quieter half of an image's windows, divided by that in
 * all of them; the median over images. 1 is even grain, 0 is detail in a few places only.
 *
 * <p>The {@link SpectralLoss} knows the mean power of a set, and the cheapest way to it is noise
 * everywhere. That is right where the real images have grain, and wrong where they are smooth:
 * there the loss spoils the images (docs/explanation/method.md). So its weight follows this share.
 *
 * @param value 0..1
 */
record GrainShare(double value) {
  /** Below it the spectral loss is off. */
  static final double NONE = 0.6;

  /** From it on the spectral loss has its whole weight. */
  static final double WHOLE = 0.7;

  /** Pixels of a window's side, and from one window to the next. */
  private static final int WINDOW = 16;

  private static final int STRIDE = 8;

  /** Windows fade to their middle, or outlines would leak into all frequencies (Hann). */
  private static final double FADING = 0.5;

  /**
   * Measures it.
   *
   * @param images of each class (n, C, side, side), in -1..1, sides of at least 16 pixels; a class
   *     may be without any
   */
  static GrainShare of(List<Tensor> images) {
    double[] shares =
        images.stream()
            .flatMapToDouble(
                ofClass ->
                    IntStream.range(0, (int) ofClass.size(0))
                        .mapToDouble(i -> ofImage(ofClass.narrow(0, i, 1))))
            .sorted()
            .toArray();
    return new GrainShare(shares.length == 0 ? 0 : shares[shares.length / 2]);
  }

  private static double ofImage(Tensor image) {
    if (image.size(2) < 2 * WINDOW) {
      return 0;
    }
    double[] power = powers(image);
    Arrays.sort(power);
    double all = Arrays.stream(power).average().orElseThrow();
    double quiet = Arrays.stream(power, 0, power.length / 2).average().orElseThrow();
    return all > 0 ? quiet / all : 0;
  }

  /** Of fine detail in each window, less what rounding to 8 bits alone has. */
  private static double[] powers(Tensor image) {
    try (PointerScope scope = new PointerScope();
        FrequencyBands bands = FrequencyBands.of(WINDOW, FADING)) {
      long channels = image.size(1);
      Tensor windows =
          image
              .to(ScalarType.Double)
              .unfold(2, WINDOW, STRIDE)
              .unfold(3, WINDOW, STRIDE) // (1, C, rows, columns, WINDOW, WINDOW)
              .permute(0, 2, 3, 1, 4, 5)
              .reshape(-1, channels, WINDOW, WINDOW);
      Tensor power =
          bands
              .covariances(windows)
              .diagonal(0, 2, 3)
              .mean(new long[] {2}) // (windows, bands)
              .sub(new Scalar(SpectralLoss.ROUNDING))
              .clamp_min(new Scalar(0.0));
      double cycles = SpectralLoss.OBJECTS * WINDOW / image.size(2); // over a window
      Tensor fine = Tensor.create(FrequencyBands.fromCycles(WINDOW, cycles)).to(ScalarType.Double);
      float[] sums = Tensors.toFloats(power.matmul(fine).to(ScalarType.Float));
      return IntStream.range(0, sums.length).mapToDouble(i -> sums[i]).toArray();
    }
  }

  /** What the spectral loss's weight is multiplied with: from 0 to 1. */
  double weight() {
    return Math.max(0, Math.min(1, (value - NONE) / (WHOLE - NONE)));
  }

  /** A line for the log. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "grain share of the training images %.2f: spectral loss %s",
        value,
        weight() == 0
            ? "off and augmentation rare (the images are smooth)"
            : weight() == 1 ? "on" : String.format(Locale.ROOT, "at %.0f %%", 100 * weight()));
  }
}
