package org.inoculum.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CountAgreementTest {
  @Test
  void biasAndLimitsByHand() {
    // Differences 1, -1, 3: mean 1, standard deviation 2.
    CountAgreement agreement = CountAgreement.of(new double[] {5, 4, 10}, new double[] {4, 5, 7});

    assertThat(agreement.bias()).isCloseTo(1, within(1e-9));
    assertThat(agreement.low()).isCloseTo(1 - 1.96 * 2, within(1e-9));
    assertThat(agreement.high()).isCloseTo(1 + 1.96 * 2, within(1e-9));
  }
}
