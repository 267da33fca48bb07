package org.inoculum.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GradeAgreementTest {
  private static final double[] BOUNDS = {0.01, 0.1, 1, 10};

  @Test
  void aMeanCountHasTheGradeWhoseBoundItReaches() {
    assertThat(GradeAgreement.grade(0, BOUNDS)).isZero();
    assertThat(GradeAgreement.grade(0.01, BOUNDS)).isEqualTo(1);
    assertThat(GradeAgreement.grade(0.99, BOUNDS)).isEqualTo(2);
    assertThat(GradeAgreement.grade(12, BOUNDS)).isEqualTo(4);
  }

  /** By hand: grades 0 1 2 2 against 0 1 1 2, so that apart is 1/4 and by chance 20/16. */
  @Test
  void kappaHasQuadraticWeights() {
    GradeAgreement agreement =
        GradeAgreement.of(
            new double[] {0, 2, 6, 7}, new double[] {0, 2, 3, 9}, new double[] {1, 5});
    assertThat(agreement.same()).isCloseTo(0.75, within(1e-12));
    assertThat(agreement.kappa()).isCloseTo(1 - (1.0 / 4) / (20.0 / 16), within(1e-12));
  }

  @Test
  void oneGradeAloneHasNoKappa() {
    GradeAgreement agreement =
        GradeAgreement.of(new double[] {3, 3}, new double[] {2, 4}, new double[] {1});
    assertThat(agreement.same()).isEqualTo(1);
    assertThat(agreement.kappa()).isNull();
  }
}
