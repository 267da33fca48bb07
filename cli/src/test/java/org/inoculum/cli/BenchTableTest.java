package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inoculum.torch.Engine;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.train.MachineSpeed;
import org.junit.jupiter.api.Test;

class BenchTableTest {
  @Test
  void saysWhatWasMeasuredAndHowOften() {
    MachineSpeed speed =
        new MachineSpeed(
            new MachineSpeed.Gemm(2048, 150),
            new MachineSpeed.Classic(128, 32, 3, 5000, 92.1, 0.614),
            List.of(new MachineSpeed.OfPreset("modern", 128, 16, 24, 21.5, 77.5)));
    String table = String.join("\n", BenchTable.of(speed, Engine.inspect(1, PrecisionChoice.F32)));
    assertThat(table)
        .contains("150 GFLOP/s (f32, 1 threads)")
        .contains("5000 ms, 92 GFLOP/s, 61 % of GEMM (128 pixels, batch 32, median of 3)")
        .contains("modern        128     16        21.5                 78");
  }
}
