package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

class PyramidDistanceTest {
  private final List<double[][][]> real = images(24, 0, 0);

  @Test
  void blurIsClearlySeen() {
    PyramidDistance honest = PyramidDistance.of(real, images(24, 100, 0), 2, 0);
    PyramidDistance blurred = PyramidDistance.of(real, images(24, 100, 2), 2, 0);

    assertThat(honest.levels()).hasSize(2); // 32 and 16
    assertThat(blurred.levels().get(0).mean()).isGreaterThan(2 * honest.levels().get(0).mean());
    assertThat(blurred.average().mean()).isGreaterThan(honest.average().mean());
    assertThat(honest).isEqualTo(PyramidDistance.of(real, images(24, 100, 0), 2, 0));
  }

  @Test
  void constantImagesGiveZero() {
    List<double[][][]> flat = List.of(new double[1][32][32], new double[1][32][32]);

    assertThat(PyramidDistance.of(flat, flat, 1, 0).average().mean()).isZero();
  }

  @Test
  void imagesOfDifferentShapesAreRefused() {
    assertThatThrownBy(
            () -> PyramidDistance.of(real, List.<double[][][]>of(new double[1][64][64]), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 x 32 x 1 and 64 x 64 x 1");
    assertThatThrownBy(() -> PyramidDistance.of(real, List.of(), 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LaplacianPyramid.of(new double[8][8], 16))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPyramidAddsUpToItsImage() {
    double[][] image = real.get(0)[0];
    List<double[][]> levels = LaplacianPyramid.of(image, 4);

    assertThat(levels.stream().map(level -> level.length)).containsExactly(32, 16, 8, 4);
    double[][] sum = levels.get(3);
    for (int level = 2; level >= 0; level--) {
      double[][] enlarged = LaplacianPyramid.enlarge(sum);
      double[][] detail = levels.get(level);
      for (int y = 0; y < detail.length; y++) {
        for (int x = 0; x < detail.length; x++) {
          enlarged[y][x] += detail[y][x];
        }
      }
      sum = enlarged;
    }
    for (int y = 0; y < 32; y++) {
      assertThat(sum[y]).containsExactly(image[y], within(1e-12));
    }
  }

  @Test
  void oddSizesEndThePyramid() {
    assertThat(LaplacianPyramid.of(new double[36][36], 8)).hasSize(3); // 36, 18, 9
    assertThat(LaplacianPyramid.of(new double[20][17], 4)).hasSize(1);
  }

  /** Grey noise of 32 x 32, smoothed {@code blurs} times over neighbours. */
  private static List<double[][][]> images(int count, int firstIndex, int blurs) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              RandomStream random = RandomStream.of(5, Purpose.CHECKING, firstIndex + i);
              double[][] plane = new double[32][32];
              for (double[] row : plane) {
                for (int x = 0; x < 32; x++) {
                  row[x] = random.nextGaussian();
                }
              }
              double[][] blurred = plane;
              for (int b = 0; b < blurs; b++) {
                blurred = averaged(blurred);
              }
              return new double[][][] {blurred};
            })
        .toList();
  }

  private static double[][] averaged(double[][] plane) {
    double[][] result = new double[32][32];
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        result[y][x] = (2 * plane[y][x] + plane[(y + 1) % 32][x] + plane[y][(x + 1) % 32]) / 4;
      }
    }
    return result;
  }
}
