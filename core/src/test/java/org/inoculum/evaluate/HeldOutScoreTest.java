package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Image;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;

class HeldOutScoreTest extends TorchTest {
  private static final int SEEDS = 6;

  private final List<Image> heldOut = drawn(1000, 64);
  private final List<Image> others = drawn(2000, 32);

  /** The distance of a score to its baseline is 0 within what it scatters by over other images. */
  @Test
  void otherImagesOfTheSameKindScoreTheirBaseline() {
    List<HeldOutScore.Result> results = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      try (HeldOutScore score = new HeldOutScore(drawn(1000 + 200 * seed, 64))) {
        results.add(score.of(drawn(10_000 + 200 * seed, 32)));
      }
    }
    assertAtItsBaseline(results, 0.05, r -> r.energyDistance() - r.energyDistanceBaseline());
    assertAtItsBaseline(results, 0.15, r -> r.coverage() - r.coverageBaseline());
    assertAtItsBaseline(results, 0.15, r -> r.recall() - r.recallBaseline());
    assertAtItsBaseline(results, 0.15, r -> r.precision() - r.precisionBaseline());
    HeldOutScore.Result first = results.get(0);
    assertThat(List.of(first.nReal(), first.nGenerated(), first.drawn()))
        .containsExactly(64, 32, 32);
  }

  @Test
  void worseImagesScoreWorseAndATensorScoresAsItsImages() {
    try (HeldOutScore score = new HeldOutScore(heldOut)) {
      HeldOutScore.Result good = score.of(others);
      HeldOutScore.Result blurred =
          score.of(others.stream().map(image -> RealData.blurred(image, 1.5)).toList());
      HeldOutScore.Result collapsed = score.of(Collections.nCopies(32, others.get(0)));
      HeldOutScore.Result noisy =
          score.of(
              IntStream.range(0, 32).mapToObj(i -> RealData.noisy(others.get(i), 10, i)).toList());
      for (HeldOutScore.Result worse : List.of(blurred, noisy)) {
        assertThat(worse.energyDistance()).isGreaterThan(good.energyDistance() + 0.3);
        assertThat(worse.coverage()).isLessThan(good.coverage() / 2);
        assertThat(worse.precision()).isLessThan(good.precision() * 0.6);
      }
      assertThat(collapsed.recall()).isZero();
      assertThat(collapsed.coverage()).isLessThan(good.coverage() / 2);
      assertThat(score.of(Tensors.toUnitRange(Tensors.ofImages(others)))).isEqualTo(good);
    }
  }

  @Test
  void fewHeldOutImagesAreRefused() {
    assertThatThrownBy(() -> new HeldOutScore(heldOut.subList(0, 11)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("at least 12 held-out images");
  }

  /**
   * @param mostSpread standard deviation over seeds: beyond it the score would tell nothing
   */
  private static void assertAtItsBaseline(
      List<HeldOutScore.Result> results,
      double mostSpread,
      ToDoubleFunction<HeldOutScore.Result> aboveBaseline) {
    double[] above = results.stream().mapToDouble(aboveBaseline).toArray();
    double mean = Arrays.stream(above).average().orElseThrow();
    double squares = Arrays.stream(above).map(a -> (a - mean) * (a - mean)).sum();
    double deviation = Math.sqrt(squares / (above.length - 1));
    assertThat(deviation).isLessThan(mostSpread);
    assertThat(Math.abs(mean)).isLessThan(3 * deviation / Math.sqrt(above.length));
  }

  private static List<Image> drawn(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> DrawnBacilli.draw(0, i, 64))
        .toList();
  }
}
