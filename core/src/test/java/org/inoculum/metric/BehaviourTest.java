package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;

/** What the metrics must say about sets whose answer is known. */
class BehaviourTest {
  private final Features real = Sets.normal(120, 8, 0, 1, 1);
  private final Features good = Sets.normal(120, 8, 0, 1, 2);

  @Test
  void identicalSetsAreAtDistanceZero() {
    FeatureMetrics metrics = FeatureMetrics.of(real, real, null, 3, 5);

    assertThat(metrics.kid().biased()).isCloseTo(0, within(1e-12));
    assertThat(metrics.kid().unbiased()).isNegative();
    assertThat(metrics.fid().value()).isCloseTo(0, within(1e-12));
    assertThat(metrics.precisionRecall().precision()).isOne();
    assertThat(metrics.precisionRecall().recall()).isOne();
    assertThat(metrics.densityCoverage().coverage()).isOne();
    // Each image lies in its own ball; ties at the ball's edge do not count.
    assertThat(metrics.authenticity().share()).isZero();
  }

  @Test
  void anExactCopyOfAnImageIsNotInTheBallThatTheImageBounds() {
    // In one dimension at 0, 1, 10, 11: with k = 1 each ball ends exactly at the other of its pair.
    Features pairs = Features.of(new double[][] {{0}, {1}, {10}, {11}}, "pairs");

    assertThat(DensityCoverage.of(pairs, pairs, 1).density()).isOne();
  }

  @Test
  void copiesAreFlagged() {
    Features heldOut = Sets.normal(100, 8, 0, 1, 3);

    assertThat(Authenticity.of(real, real).share()).isZero();
    assertThat(DensityCoverage.of(real, real, 5).coverage()).isOne();
    CopyTest copies = CopyTest.of(real, heldOut, real);
    assertThat(copies.zU()).isLessThan(-10);
    assertThat(copies.copying()).isTrue();
    assertThat(CopyTest.of(real, heldOut, good).copying()).isFalse();
    assertThat(CopyTest.of(real, heldOut, heldOut).zU()).isCloseTo(0, within(0.01));
  }

  @Test
  void copiesInOneOfTwoCellsAreFlaggedByCells() {
    Features train = twoClusters(100, 4);
    Features heldOut = twoClusters(100, 5);

    CopyTest honest = CopyTest.inCells(train, heldOut, twoClusters(100, 6), 2, 0);
    CopyTest copies = CopyTest.inCells(train, heldOut, train, 2, 0);

    assertThat(honest.cells()).isEqualTo(2);
    assertThat(honest.cT()).isBetween(-3.0, 3.0);
    assertThat(copies.cT()).isLessThan(-5);
    assertThat(copies).isEqualTo(CopyTest.inCells(train, heldOut, train, 2, 0));
    assertThatThrownBy(() -> CopyTest.inCells(train, heldOut, train.first(5), 2, 0))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> CopyTest.inCells(train, heldOut, train, 101, 0))
        .isInstanceOf(UserException.class);
  }

  @Test
  void collapseRaisesPrecisionAndLowersRecall() {
    Features collapsed = Sets.normal(120, 8, 0, 0.05, 4);

    PrecisionRecall of = PrecisionRecall.of(real, collapsed, 3);

    assertThat(of.precision()).isGreaterThan(PrecisionRecall.of(real, good, 3).precision());
    assertThat(of.recall()).isZero();
    assertThat(Vendi.of(Sets.constant(120, 8, 2)).value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void disjointSetsShareNothing() {
    Features far = Sets.normal(120, 8, 100, 1, 5);

    FeatureMetrics metrics = FeatureMetrics.of(real, far, null, 3, 5);

    assertThat(metrics.precisionRecall().precision()).isZero();
    assertThat(metrics.precisionRecall().recall()).isZero();
    assertThat(metrics.densityCoverage().density()).isZero();
    assertThat(metrics.authenticity().share()).isOne();
    assertThat(metrics.fid().value()).isCloseTo(80_000, within(1000.0));
  }

  @Test
  void twoImagesAreEnough() {
    Features two = real.first(2);

    FeatureMetrics metrics = FeatureMetrics.of(two, good.first(3), real, 1, 1);

    assertThat(metrics.kid().unbiased()).isFinite();
    assertThat(metrics.fid().fewImages()).isTrue();
    assertThat(Vendi.of(two).value()).isBetween(1.0, 2.0);
    assertThatThrownBy(() -> Kid.of(real.first(1), good)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Fid.of(real, good.first(1))).isInstanceOf(UserException.class);
  }

  @Test
  void constantFeaturesGiveNumbersNotNaN() {
    Features flat = Sets.constant(10, 4, 0);

    FeatureMetrics metrics = FeatureMetrics.of(flat, flat, flat, 3, 5);

    assertThat(metrics.precisionRecall().precision()).isZero(); // balls of radius 0 hold nothing
    assertThat(metrics.fid().value()).isZero();
    assertThat(metrics.kid().unbiased()).isZero();
    assertThat(metrics.vendi().value()).isCloseTo(1, within(1e-12));
    assertThat(Fid.of(real, Sets.constant(10, 8, 0)).value()).isFinite();
  }

  @Test
  void tooLargeANeighbourhoodIsRefusedInWords() {
    assertThatThrownBy(() -> PrecisionRecall.of(real, good.first(3), 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 to 2 images, because the set has 3, found k = 3");
    assertThatThrownBy(() -> DensityCoverage.of(real, good, 0)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Kid.of(real, Sets.normal(5, 9, 0, 1, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("8 and 9");
  }

  @Test
  void redrawsHaveEqualCountsAndRepeat() {
    PrecisionRecall.Redrawn redrawn = PrecisionRecall.redrawn(real, good.first(50), 3, 20, 7);

    assertThat(redrawn.count()).isEqualTo(50);
    assertThat(redrawn.precision().repeats()).isEqualTo(20);
    assertThat(redrawn.precision().mean()).isBetween(0.5, 1.0);
    assertThat(redrawn).isEqualTo(PrecisionRecall.redrawn(real, good.first(50), 3, 20, 7));
  }

  private static Features twoClusters(int count, long seed) {
    Features near = Sets.normal(count, 3, 0, 1, seed);
    return near.map(
        row -> row[0] > 0 ? IntStream.range(0, 3).mapToDouble(j -> row[j] + 50).toArray() : row);
  }
}
