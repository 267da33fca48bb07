package org.inoculum.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.inoculum.image.Image;

/** Checks whether generated images are all alike, which is how a generator collapses. */
final class ModeCollapseCheck {
  /** Below this share of the real images' spread, the eye sees the same image again and again. */
  static final double COLLAPSED = 0.02;

  private ModeCollapseCheck() {}

  /**
   * How much images differ: the standard deviation of a sample over the images, as a root mean
   * square over all samples of the image.
   *
   * @param images at least one, of one shape and 8 bits
   * @return 0 for equal images, up to 127.5
   */
  static double spread(List<Image> images) {
    int length = images.get(0).samples().length;
    double[] sums = new double[length];
    double[] squares = new double[length];
    for (Image image : images) {
      short[] samples = image.samples(); // a copy: once an image
      for (int i = 0; i < length; i++) {
        double value = samples[i];
        sums[i] += value;
        squares[i] += value * value;
      }
    }
    double variance = 0;
    for (int i = 0; i < length; i++) {
      double mean = sums[i] / images.size();
      variance += Math.max(0, squares[i] / images.size() - mean * mean);
    }
    return Math.sqrt(variance / length);
  }

  /** What to say of a sample grid, if anything. */
  static Optional<String> warning(long iteration, double generated, double real) {
    if (real == 0 || generated >= COLLAPSED * real) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the generated images are all alike at iteration %d: they differ by %.2f levels, the real ones by %.2f."
                + " The generator has collapsed; if the next sample grids are no better, use an earlier snapshot and train anew"
                + " with another --seed, a smaller --set learningRate or more images",
            iteration,
            generated,
            real));
  }
}
