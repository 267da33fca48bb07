package org.inoculum.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  /** Pinned: these numbers decide every result that was ever published with a seed. */
  @Test
  void theFirstDrawsNeverChange() {
    RandomStream random = RandomStream.of(0, Purpose.WEIGHTS, 0);
    assertThat(random.nextLong()).isEqualTo(6041841281161245920L);
    assertThat(random.nextDouble()).isEqualTo(0x1.9a295b40a392ap-1);
    assertThat(random.nextGaussian()).isEqualTo(0x1.e2586bc12931p-1);
  }

  @Test
  void seedsPurposesAndIndicesHaveStreamsOfTheirOwn() {
    Set<Long> firsts = new HashSet<>();
    for (long seed = -2; seed < 3; seed++) {
      for (Purpose purpose : Purpose.values()) {
        for (long index = -50; index < 50; index++) {
          firsts.add(RandomStream.of(seed, purpose, index).nextLong());
        }
      }
    }
    assertThat(firsts).hasSize(5 * Purpose.values().length * 100);
  }

  @Test
  void momentsAreThoseOfTheDistributions() {
    RandomStream random = RandomStream.of(1, Purpose.CHECKING, 0);
    int n = 200_000;
    double uniform = 0;
    double gaussian = 0;
    double square = 0;
    int[] counts = new int[3];
    for (int i = 0; i < n; i++) {
      uniform += random.nextDouble();
      double g = random.nextGaussian();
      gaussian += g;
      square += g * g;
      counts[random.nextInt(3)]++;
    }
    // Five standard errors of each mean.
    assertThat(uniform / n).isBetween(0.5 - 0.0033, 0.5 + 0.0033);
    assertThat(gaussian / n).isBetween(-0.0112, 0.0112);
    assertThat(square / n).isBetween(1 - 0.0159, 1 + 0.0159);
    for (int count : counts) {
      assertThat((double) count / n).isBetween(1 / 3.0 - 0.0053, 1 / 3.0 + 0.0053);
    }
  }

  @Test
  void aBoundBelowOneIsAnError() {
    RandomStream random = RandomStream.of(1, Purpose.CHECKING, 0);
    assertThatThrownBy(() -> random.nextInt(0)).hasMessageContaining("at least 1");
  }
}
