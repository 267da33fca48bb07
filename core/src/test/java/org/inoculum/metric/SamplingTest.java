package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private final Features real = Sets.normal(64, 6, 0, 1, 1);
  private final Features other = Sets.normal(70, 6, 1, 1, 2);

  @Test
  void intervalsHoldTheEstimateAndRepeat() {
    double[] half = new double[100];
    Arrays.fill(half, 0, 50, 1);
    Interval share = Bootstrap.DEFAULT.ofMean(half);

    // Normal approximation of a binomial share: 0.5 ± 1.96 * 0.05.
    assertThat(share.low()).isCloseTo(0.402, within(0.02));
    assertThat(share.high()).isCloseTo(0.598, within(0.02));
    assertThat(share).isEqualTo(Bootstrap.DEFAULT.ofMean(half));
    assertThat(Bootstrap.DEFAULT.ofPairedDifference(new double[] {3, 4}, new double[] {1, 2}))
        .isEqualTo(new Interval(2, 2, 0.95));
  }

  /** Worked by hand from Wilson's formula with z = 1.96: 64 / (64 + z²), and 10 of 40. */
  @Test
  void sharesOfAllOrNothingAreNotKnownExactly() {
    assertThat(Interval.ofShare(1, 64).low()).isCloseTo(0.9434, within(1e-4));
    assertThat(Interval.ofShare(1, 64).high()).isEqualTo(1);
    assertThat(Interval.ofShare(0, 64).high()).isCloseTo(0.0566, within(1e-4));
    assertThat(Interval.ofShare(0.25, 40).low()).isCloseTo(0.1419, within(1e-4));
    assertThat(Interval.ofShare(0.25, 40).high()).isCloseTo(0.4019, within(1e-4));
  }

  @Test
  void intervalOfKidSurroundsTheEstimate() {
    Bootstrap bootstrap = new Bootstrap(500, 0.95, 3);
    double kid = Kid.of(real, other).unbiased();

    Interval interval = Kid.interval(real, other, bootstrap);

    assertThat(interval.contains(kid)).isTrue();
    assertThat(interval.low()).isPositive(); // these sets differ
    assertThat(interval).isEqualTo(Kid.interval(real, other, bootstrap));
    assertThatThrownBy(() -> Kid.interval(real, Sets.normal(2049, 6, 0, 1, 1), bootstrap))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("2049");
  }

  @Test
  void anyStatisticOfTwoSetsHasAnInterval() {
    Interval interval =
        new Bootstrap(50, 0.9, 0).of(real, other, (a, b) -> Fid.of(a, b).meanTerm());

    assertThat(interval.contains(Fid.of(real, other).meanTerm())).isTrue();
  }

  @Test
  void subsetsOfKidScatterAroundTheEstimate() {
    Spread spread = Kid.subsets(real, other, Kid.SUBSET_SIZE, Kid.SUBSETS, 0);

    assertThat(spread.repeats()).isEqualTo(100);
    assertThat(spread.standardDeviation()).isPositive();
    assertThat(spread.mean())
        .isCloseTo(Kid.of(real, other).unbiased(), within(spread.standardDeviation()));
    assertThat(spread).isEqualTo(Kid.subsets(real, other, 50, 100, 0));
    // Both sets whole in each subset: nothing scatters (but for rounding in another order).
    assertThat(Kid.subsets(real.first(50), other.first(50), 50, 3, 0).standardDeviation())
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void drawsAreOfDifferentImages() {
    Features drawn = real.draw(64, RandomStream.of(1, Purpose.CHECKING, 0));

    assertThat(Arrays.asList(drawn.rows())).containsExactlyInAnyOrder(real.rows());
  }

  @Test
  void quantilesInterpolate() {
    assertThat(Bootstrap.quantile(new double[] {1, 2, 4}, 0.75)).isEqualTo(3);
    assertThat(Bootstrap.quantile(new double[] {1, 2, 4}, 1)).isEqualTo(4);
  }

  @Test
  void wassersteinDistanceTakesUnequalCounts() {
    assertThat(SlicedWasserstein.wasserstein(new double[] {2, 0}, new double[] {1, 4}))
        .isEqualTo(1.5);
    // Quantile functions: 0 against 0, 3 in thirds and halves.
    assertThat(SlicedWasserstein.wasserstein(new double[] {0, 3}, new double[] {0, 3, 3}))
        .isCloseTo(0.5, within(1e-15));
  }

  @Test
  void copiesAreSeenUnderAnySymmetryAndBesideDuplicates() {
    Features train = Features.of(new double[][] {{0, 0}, {3, 0}, {3, 0}, {9, 0}}, "train");
    Features upright = Features.of(new double[][] {{1, 0}, {50, 50}, {6, 0}}, "upright");
    Features turned = Features.of(new double[][] {{0, 1}, {3, 0.3}, {6, 6}}, "turned");

    CopyRatio ratio = CopyRatio.of(train, List.of(upright, turned));

    assertThat(ratio.symmetry()).containsExactly(0, 1, 0);
    assertThat(ratio.nearest()).containsExactly(0, 1, 1);
    assertThat(ratio.ratios().get(0)).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(ratio.ratios().get(1)).isCloseTo(0.1, within(1e-15));
    assertThat(ratio.ratios().get(2)).isCloseTo(1, within(1e-15));
    assertThat(ratio.shareBelow(0.2)).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(ratio.threshold(0)).isCloseTo(0.1, within(1e-15));
    assertThat(ratio.threshold(0.5)).isEqualTo(CopyRatio.DEFAULT_THRESHOLD);
  }

  @Test
  void copyRatioOfEqualTrainingImages() {
    Features flat = Sets.constant(3, 2, 1);

    CopyRatio ratio =
        CopyRatio.of(flat, List.of(Features.of(new double[][] {{1, 1}, {2, 1}}, "g")));

    assertThat(ratio.ratios()).containsExactly(0.0, Double.POSITIVE_INFINITY);
  }
}
