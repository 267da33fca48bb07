package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
  @BeforeAll
  static void load() {
    LibTorch.load(2);
  }

  @Test
  void guardedConvolutionsHaveTheGradientsOfPlainCode() {
    SelfCheck check = SelfCheck.run();
    System.err.println(check + " " + Processor.find());
    assertThat(check.passes(Precision.F32)).isTrue();
    assertThat(check.passes(Precision.BF16)).isTrue();
  }
}
