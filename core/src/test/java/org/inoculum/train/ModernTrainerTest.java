package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModernTrainerTest {
  /** One part alone is computed operation by operation on all cores, which is slower. */
  @ParameterizedTest
  @CsvSource({"2,1", "3,1", "4,2", "8,2", "16,2", "24,3", "64,8"})
  void aBatchHasTwoPartsAsSoonAsEachHasTwoImages(int batch, int parts) {
    assertThat(ModernTrainer.parts(batch)).isEqualTo(parts);
  }
}
