package org.inoculum.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.inoculum.bench.protocol.Work;
import org.inoculum.torch.Precision;
import org.inoculum.train.ClassicIteration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineComparisonTest {
  @TempDir private Path folder;

  @Test
  void anEngineThatComputesSomethingElseDoesNotAgree() {
    double[] expected = {0.7, 1e-5};
    assertThat(EngineComparison.agree(new double[] {0.7001, 1e-5}, expected)).isTrue();
    assertThat(EngineComparison.agree(new double[] {0.703, 1e-5}, expected)).isFalse();
    assertThat(EngineComparison.agree(new double[] {0.7, 2e-5}, expected)).isFalse();
    assertThat(EngineComparison.agree(new double[] {0.7, Double.NaN}, expected)).isFalse();
    assertThat(EngineComparison.agree(new double[] {0.7}, expected)).isFalse();
  }

  /** The losses have all weights in them, so that the files hold what our own side starts from. */
  @Test
  void ourSideComputesWhatItHasWritten() throws IOException {
    Work work = new Work(folder, 16, 3, 100, 4, 2);
    ClassicIteration.write(work);
    assertThat(Work.read(folder)).isEqualTo(work);
    assertThat(work.floats("reals")).hasSize(2 * 3 * 16 * 16);
    try (ClassicIteration iteration = ClassicIteration.of(folder, Precision.F32, 1)) {
      double[] first = iteration.step();
      double[] second = iteration.step();
      assertThat(first).hasSize(3);
      assertThat(second[0]).isLessThan(first[0]); // it has learnt the same images
    }
  }
}
