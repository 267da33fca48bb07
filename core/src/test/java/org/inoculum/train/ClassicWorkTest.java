package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.inoculum.model.ClassicShape;
import org.junit.jupiter.api.Test;

class ClassicWorkTest {
  private static final ClassicShape ARTICLE = new ClassicShape(128, 3, 100);

  /** Products of weights and pixels for one image, layer by layer, by hand. */
  @Test
  void theLayersOfTheArticlesNetworksAddUp() {
    double dense = 100 * 16384;
    double up = 16 * (16 * 1024 * 128 + (64 + 256 + 1024 + 4096) * 128 * 128);
    double out = 128 * 128 * 128 * 3 * 9;
    assertThat(ClassicWork.ofGenerator(ARTICLE)).isEqualTo(2 * (dense + up + out));
    double down1 = 64 * 64 * 3 * 128 * 16;
    double down = 16 * (1024 + 256 + 64 + 16) * 128 * 128;
    assertThat(ClassicWork.ofDiscriminator(ARTICLE)).isEqualTo(2 * (down1 + down + 2048));
  }

  /**
   * The iteration has 483 GFLOP if the weights' gradients of the discriminator are counted where
   * the generator learns (measured by others so), and those are 24 of them.
   */
  @Test
  void anIterationOfTheArticleIs460GigaflopAtBatch32() {
    assertThat(ClassicWork.ofIteration(ARTICLE, 32) / 1e9).isCloseTo(460.4, within(0.1));
  }

  @Test
  void workIsInProportionToTheBatch() {
    assertThat(ClassicWork.ofIteration(ARTICLE, 64))
        .isEqualTo(2 * ClassicWork.ofIteration(ARTICLE, 32));
  }
}
