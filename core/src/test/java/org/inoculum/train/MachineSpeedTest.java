package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.model.ClassicShape;
import org.inoculum.torch.Engine;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;

/** The whole measurement, at the smallest sizes. */
class MachineSpeedTest extends TorchTest {
  @Test
  void ratesAndTimesBelongTogether() {
    Engine engine = Engine.inspect(2, PrecisionChoice.F32);
    List<String> told = new ArrayList<>();
    MachineSpeed speed =
        MachineSpeed.measure(new MachineSpeed.Effort(64, 16, 2, 64, 0), engine, told::add);

    MachineSpeed.Classic classic = speed.classic();
    assertThat(classic.iterations()).isEqualTo(1);
    assertThat(classic.gflops() * 1e9 * classic.millisPerIteration() / 1000)
        .isCloseTo(ClassicWork.ofIteration(new ClassicShape(16, 3, 100), 2), within(1.0));
    assertThat(classic.shareOfGemm() * speed.gemm().gflops())
        .isCloseTo(classic.gflops(), within(1e-6));

    assertThat(speed.presets().stream().map(MachineSpeed.OfPreset::preset))
        .containsExactly("modern", "tiny", "classic");
    for (MachineSpeed.OfPreset preset : speed.presets()) {
      assertThat(preset.minutesTo100Kimg() * 60 * preset.imagesPerSecond())
          .as(preset.preset())
          .isCloseTo(100_000, within(1e-3));
    }
    // Its iteration shows the discriminator half a batch of real images.
    assertThat(speed.presets().get(2).imagesPerSecond() * classic.millisPerIteration() / 1000)
        .isCloseTo(1, within(1e-6));
    // Eight iterations, of which one has the penalty; at half the size and at the whole.
    assertThat(speed.presets().get(0).iterations()).isEqualTo(16);
    assertThat(speed.presets().get(1).iterations()).isEqualTo(8);
    assertThat(told).hasSize(4);
  }
}
