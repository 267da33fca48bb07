package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

class EnergyDistanceTest {
  @Test
  void threePointsAgainstTwoByHand() {
    Features real = features(new double[][] {{0}, {2}});
    Features generated = features(new double[][] {{1}, {3}, {7}});
    // 2 mean(1, 3, 7, 1, 1, 5) - 2 - mean(2, 6, 4)
    assertThat(EnergyDistance.of(real, generated).value()).isCloseTo(6 - 2 - 4, within(1e-12));
  }

  @Test
  void theErrorIsThatOfLeavingEachGeneratedImageOut() {
    double[][] rows = {{1, 0}, {3, 1}, {7, 5}, {2, 2}};
    Features real = features(new double[][] {{0, 0}, {2, 1}, {4, 4}});
    double[] without = new double[rows.length];
    double mean = 0;
    for (int i = 0; i < rows.length; i++) {
      double[][] others = new double[rows.length - 1][];
      for (int j = 0, k = 0; j < rows.length; j++) {
        if (j != i) {
          others[k++] = rows[j];
        }
      }
      without[i] = EnergyDistance.of(real, features(others)).value();
      mean += without[i] / rows.length;
    }
    double squares = 0;
    for (double value : without) {
      squares += (value - mean) * (value - mean);
    }
    assertThat(EnergyDistance.of(real, features(rows)).error())
        .isCloseTo(Math.sqrt(squares * 3 / 4), within(1e-12));
  }

  @Test
  void oneDistributionIsAtDistanceZeroAndAnotherIsFar() {
    assertThat(EnergyDistance.of(normal(0, 200, 0), normal(1, 200, 0)).value())
        .isCloseTo(0, within(0.01));
    assertThat(EnergyDistance.of(normal(0, 200, 0), normal(1, 200, 1)).value()).isGreaterThan(0.2);
  }

  /** KID's cubic kernel puts the set with one broken image far behind the other. */
  @Test
  void oneBrokenImageAmongManyChangesNoOrder() {
    Features real = normal(0, 200, 0);
    double[][] good = normal(1, 128, 0.2).rows();
    good[5] = new double[good[5].length];
    Arrays.fill(good[5], 40);
    Features worse = normal(2, 128, 0.8);
    assertThat(EnergyDistance.of(real, features(good)).value())
        .isLessThan(EnergyDistance.of(real, worse).value() + 0.7);
    assertThat(Kid.of(real, features(good)).unbiased())
        .isGreaterThan(10 * Kid.of(real, worse).unbiased());
    // With features clipped to three standard deviations, as those of images are.
    Arrays.fill(good[5], 3);
    assertThat(EnergyDistance.of(real, features(good)).value())
        .isLessThan(EnergyDistance.of(real, worse).value() / 2);
  }

  @Test
  void twoGeneratedImagesAreTooFew() {
    assertThatThrownBy(() -> EnergyDistance.of(normal(0, 5, 0), normal(1, 2, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the energy distance");
  }

  private static Features features(double[][] rows) {
    return Features.of(rows, "test");
  }

  private static Features normal(int stream, int count, double mean) {
    RandomStream random = RandomStream.of(0, Purpose.CHECKING, stream);
    double[][] rows = new double[count][8];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = mean + random.nextGaussian();
      }
    }
    return Features.of(rows, "test");
  }
}
