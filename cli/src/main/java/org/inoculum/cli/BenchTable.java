package org.inoculum.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inoculum.torch.Engine;
import org.inoculum.train.MachineSpeed;

/** The table of how fast this machine trains, for people. */
final class BenchTable {
  private BenchTable() {}

  /** Measures for about a minute, and says on the way what. */
  static MachineSpeed measure(Engine engine, Console console) {
    return MachineSpeed.measure(
        MachineSpeed.Effort.DEFAULT, engine, what -> console.note("measuring " + what));
  }

  /** The lines of the table. */
  static List<String> of(MachineSpeed speed, Engine engine) {
    String precision = engine.precision().name().toLowerCase(Locale.ROOT);
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "GEMM                     %.0f GFLOP/s (%s, %d threads)",
            speed.gemm().gflops(),
            precision,
            engine.threads()));
    MachineSpeed.Classic classic = speed.classic();
    lines.add(
        String.format(
            Locale.ROOT,
            "The classic iteration    %.0f ms, %.0f GFLOP/s, %.0f %% of GEMM (%d pixels, batch %d, median of %d)",
            classic.millisPerIteration(),
            classic.gflops(),
            100 * classic.shareOfGemm(),
            classic.size(),
            classic.batch(),
            classic.iterations()));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%-9s%8s%7s%12s%19s",
            "preset",
            "pixels",
            "batch",
            "images/s",
            "100 kimg, minutes"));
    for (MachineSpeed.OfPreset preset : speed.presets()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-9s%8d%7d%12.1f%19.0f",
              preset.preset(),
              preset.size(),
              preset.batch(),
              preset.imagesPerSecond(),
              preset.minutesTo100Kimg()));
    }
    lines.add("Real images shown, without sample grids, checkpoints and evaluation on the way.");
    return lines;
  }
}
