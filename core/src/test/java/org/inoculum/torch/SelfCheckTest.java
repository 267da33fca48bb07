package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inoculum.UserException;
import org.junit.jupiter.api.Test;

class SelfCheckTest extends TorchTest {
  @Test
  void guardedConvolutionsHaveTheGradientsOfPlainCode() {
    SelfCheck check = SelfCheck.run();
    assertThat(check.f32Error()).isLessThan(1e-5);
    assertThat(check.bf16Error()).isLessThan(SelfCheck.BF16_TOLERANCE);
    assertThatCode(() -> check.require(Precision.BF16)).doesNotThrowAnyException();
  }

  @Test
  void wrongGradientsAreRefused() {
    SelfCheck wrong = new SelfCheck(0.28, 0.4, 0.28);
    assertThatThrownBy(() -> wrong.require(Precision.F32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("0.28")
        .hasMessageContaining("inoculum doctor");
  }

  @Test
  void wrongShortFloatsStillLeaveTheLongOnes() {
    SelfCheck half = new SelfCheck(1e-7, 0.4, 0.3);
    assertThat(half.passes(Precision.F32)).isTrue();
    assertThat(half.passes(Precision.BF16)).isFalse();
  }

  /**
   * A machine whose unguarded convolutions are right makes the guard superfluous, not wrong:
   * nothing to assert there.
   */
  @Test
  void theCheckSeesTheFaultItIsThereFor() {
    SelfCheck check = SelfCheck.run();
    org.junit.jupiter.api.Assumptions.assumeTrue(
        check.unguardedError() > SelfCheck.F32_TOLERANCE,
        "this CPU computes narrow convolutions right (error " + check.unguardedError() + ")");
    assertThat(check.unguardedError()).isGreaterThan(0.01);
  }
}
