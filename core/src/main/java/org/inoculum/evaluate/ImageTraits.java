package org.inoculum.evaluate;

import java.util.Arrays;
import java.util.List;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.metric.LaplacianPyramid;

/**
 * The traits of one image that can be measured and named in plain words.
 *
 * @param fine logarithm of the root mean square of the finest level of the Laplacian pyramid
 * @param medium the same of the next level, half as fine
 * @param red mean of the channel, 0 to 1
 * @param green mean of the channel
 * @param blue mean of the channel
 */
record ImageTraits(double fine, double medium, double red, double green, double blue) {
  /** A tenth of a grey level of 255: nothing finer is looked at. */
  private static final double FAINTEST = 0.0004;

  private static final int SMALLEST_LEVEL = 8;

  static List<ImageTraits> of(ImageSet set) {
    return set.images().parallelStream().map(ImageTraits::of).toList();
  }

  static ImageTraits of(Image image) {
    Image grey = Channels.toGrey(image);
    double[][] plane = new double[image.height()][image.width()];
    double[] means = new double[3];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        plane[y][x] = (double) grey.sample(x, y, 0) / grey.maxSample();
        for (int c = 0; c < 3; c++) {
          means[c] += image.sample(x, y, image.channels() == 1 ? 0 : c);
        }
      }
    }
    double pixels = (double) image.width() * image.height() * image.maxSample();
    List<double[][]> levels = LaplacianPyramid.of(plane, SMALLEST_LEVEL);
    return new ImageTraits(
        logEnergy(levels.get(0)),
        logEnergy(levels.get(Math.min(1, levels.size() - 1))),
        means[0] / pixels,
        means[1] / pixels,
        means[2] / pixels);
  }

  private static double logEnergy(double[][] level) {
    double mean =
        Arrays.stream(level).flatMapToDouble(Arrays::stream).map(v -> v * v).average().orElse(0);
    return Math.log(Math.sqrt(mean) + FAINTEST);
  }
}
