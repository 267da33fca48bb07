package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Image;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;

class HeldOutScoreTest extends TorchTest {
  private final List<Image> heldOut = drawn(1000, 64);
  private final List<Image> others = drawn(2000, 32);

  @Test
  void otherImagesOfTheSameKindScoreTheirFloor() {
    try (HeldOutScore score = new HeldOutScore(heldOut)) {
      HeldOutScore.Result result = score.of(others);
      assertThat(result.kid()).isCloseTo(result.kidFloor(), within(0.6));
      assertThat(result.coverage()).isCloseTo(result.coverageFloor(), within(0.15));
      assertThat(result.recall()).isCloseTo(result.recallFloor(), within(0.2));
      assertThat(result.precision()).isCloseTo(result.precisionFloor(), within(0.2));
      assertThat(List.of(result.nReal(), result.nGenerated(), result.drawn()))
          .containsExactly(64, 32, 32);
    }
  }

  @Test
  void worseImagesScoreWorseAndATensorScoresAsItsImages() {
    try (HeldOutScore score = new HeldOutScore(heldOut)) {
      HeldOutScore.Result good = score.of(others);
      HeldOutScore.Result blurred =
          score.of(others.stream().map(image -> RealData.blurred(image, 1.5)).toList());
      HeldOutScore.Result collapsed = score.of(Collections.nCopies(32, others.get(0)));
      assertThat(blurred.kid()).isGreaterThan(good.kid() + 0.2);
      assertThat(blurred.coverage()).isLessThan(good.coverage() / 2);
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

  private static List<Image> drawn(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> DrawnBacilli.draw(0, i, 64))
        .toList();
  }
}
