package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16, 31, 32, 49, 150, 256, 4096})
  void piecesAreSmallAndCoverTheBatchInItsOrder(int images) {
    Parts parts = Parts.of(images);
    assertThat(parts.count()).isBetween(1, 8);
    int next = 0;
    for (int part = 0; part < parts.count(); part++) {
      for (int chunk = 0; chunk < parts.chunks(part); chunk++) {
        Parts.Range range = parts.chunk(part, chunk);
        assertThat(range.from()).isEqualTo(next);
        assertThat(range.count()).isBetween(1, 4);
        next += range.count();
      }
    }
    assertThat(next).isEqualTo(images);
  }
}
