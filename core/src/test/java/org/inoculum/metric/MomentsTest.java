package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static Features drawn(int count, int dimension, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.CHECKING, 0);
    double[][] rows = new double[count][dimension];
    for (double[] row : rows) {
      for (int j = 0; j < dimension; j++) {
        row[j] = 100 + random.nextGaussian() * (j + 1) + (j > 0 ? row[j - 1] / 2 : 0);
      }
    }
    return Features.of(rows, "drawn");
  }

  /** However a set is cut, and in whatever order the parts are joined. */
  @Test
  void partsGiveTheDistanceOfTheWhole() {
    Features real = drawn(300, 20, 1);
    Features generated = drawn(1000, 20, 2);
    Moments sum = Moments.none(20);
    for (int[] part : new int[][] {{700, 1000}, {0, 1}, {1, 650}, {650, 700}}) {
      int[] places = new int[part[1] - part[0]];
      Arrays.setAll(places, i -> part[0] + i);
      Moments one = Moments.of(generated.select(places));
      sum = sum.with(Moments.ofNumbers(one.numbers(), 20));
    }
    assertThat(sum.count()).isEqualTo(1000);
    double expected = Fid.of(real, generated).value();
    assertThat(expected).isGreaterThan(0.1);
    assertThat(Fid.of(Moments.of(real), sum).value()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void fewerImagesThanFeaturesAreFineToo() {
    Features real = drawn(15, 40, 1);
    Features generated = drawn(100, 40, 2);
    double expected = Fid.of(real, generated).value();
    assertThat(Fid.of(Moments.of(real), Moments.of(generated)).value())
        .isCloseTo(expected, within(1e-6 * expected));
  }
}
