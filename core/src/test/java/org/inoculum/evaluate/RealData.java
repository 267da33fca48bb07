package org.inoculum.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Assumptions;

/** Real images for tests, and what generators do wrong, done to them on purpose. */
final class RealData {
  private RealData() {}

  /** The folder named by INOCULUM_DATA; without it the test is skipped and says so. */
  static Path folder() {
    String data = System.getenv("INOCULUM_DATA");
    Assumptions.assumeTrue(data != null, "set INOCULUM_DATA to run tests on real images");
    return Path.of(Objects.requireNonNull(data));
  }

  static List<Image> images(String below) {
    return DataSetReader.read(folder().resolve(below), ReadOptions.DEFAULT).samples().stream()
        .map(Sample::image)
        .toList();
  }

  static List<Image> shuffled(List<Image> images, long seed) {
    List<Image> result = new ArrayList<>();
    for (int i :
        Subsets.some(images.size(), images.size(), RandomStream.of(seed, Purpose.CHECKING, 0))) {
      result.add(images.get(i));
    }
    return result;
  }

  /** Gaussian blur; the borders go on as their last pixel. */
  static Image blurred(Image image, double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = Math.exp(-0.5 * Math.pow((i - reach) / sigma, 2));
      sum += kernel[i];
    }
    int side = image.width();
    short[] samples = new short[side * side * 3];
    for (int c = 0; c < 3; c++) {
      double[][] rows = new double[side][side];
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          for (int k = 0; k < kernel.length; k++) {
            int from = Math.max(0, Math.min(side - 1, x + k - reach));
            rows[y][x] += kernel[k] / sum * image.sample(from, y, c);
          }
        }
      }
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double value = 0;
          for (int k = 0; k < kernel.length; k++) {
            value += kernel[k] / sum * rows[Math.max(0, Math.min(side - 1, y + k - reach))][x];
          }
          samples[(y * side + x) * 3 + c] = (short) Math.round(value);
        }
      }
    }
    return new Image(side, side, 3, 8, samples);
  }

  /** White noise of a standard deviation in grey levels. */
  static Image noisy(Image image, double deviation, int number) {
    RandomStream random = RandomStream.of(1, Purpose.CHECKING, number);
    short[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      long value = Math.round((samples[i] & 0xFFFF) + deviation * random.nextGaussian());
      samples[i] = (short) Math.max(0, Math.min(255, value));
    }
    return new Image(image.width(), image.height(), 3, 8, samples);
  }
}
