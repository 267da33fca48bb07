package org.inoculum.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.image.Image;
import org.inoculum.metric.PyramidDistance;
import org.inoculum.metric.Spread;

/** The sliced Wasserstein distance of the images themselves, whatever the feature space. */
final class PatchScore {
  /** It takes 128 patches of each level of each image. */
  static final int MOST_IMAGES = 128;

  private static final int REPEATS = 2;

  /** Random halves that the interval comes from. */
  private static final int HALVES = 8;

  private PatchScore() {}

  /**
   * The score, with an interval over images: the delete-half jackknife of {@link Scores}, each half
   * with patches and directions of its own.
   */
  static Score of(Comparison images, Subsets draw, String space) {
    ImageSet train = images.train();
    List<double[][][]> real = planes(images.real(), draw.real());
    List<double[][][]> generated = planes(images.generated(), draw.generated());
    List<double[][][]> baseline = planes(train == null ? images.real() : train, draw.baseline());
    double value = PyramidDistance.of(real, generated, REPEATS, 0).average().mean();
    int size = real.size();
    Double reach = size < 4 ? null : Scores.Z95 * error(real, generated, size);
    return new Score(
        "swd",
        value,
        reach == null ? null : Math.max(0, value - reach),
        reach == null ? null : value + reach,
        size,
        size,
        space,
        "Laplacian pyramid, mean of the levels, %d repeats".formatted(REPEATS),
        PyramidDistance.of(real, baseline, REPEATS, 0).average().mean());
  }

  private static double error(List<double[][][]> real, List<double[][][]> generated, int size) {
    List<Subsets> halves = Subsets.of(size, 0, size, size / 2, HALVES);
    double[] values =
        IntStream.range(0, HALVES)
            .mapToDouble(
                i ->
                    PyramidDistance.of(
                            some(real, halves.get(i).real()),
                            some(generated, halves.get(i).generated()),
                            1,
                            i)
                        .average()
                        .mean())
            .toArray();
    return Spread.of(values).standardDeviation();
  }

  private static <T> List<T> some(List<T> all, int[] places) {
    return Arrays.stream(places).mapToObj(all::get).toList();
  }

  private static List<double[][][]> planes(ImageSet set, int[] places) {
    return Arrays.stream(places).mapToObj(i -> planes(set.images().get(i))).toList();
  }

  /** (channel, y, x). */
  private static double[][][] planes(Image image) {
    double[][][] planes = new double[3][image.height()][image.width()];
    for (int c = 0; c < planes.length; c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          planes[c][y][x] = image.sample(x, y, image.channels() == 1 ? 0 : c);
        }
      }
    }
    return planes;
  }
}
