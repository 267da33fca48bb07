package org.inoculum.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inoculum.torch.Timing;

/**
 * Engines that do the same work, one after the other in turn. The first is ours, which the others
 * are compared with; one that computes something else is told of and left out.
 */
final class EngineComparison {
  /** Of the numbers, relative: rounding in 32 bits, over two updates of the weights. */
  private static final double TOLERANCE = 2e-3;

  /** The second has the first's updates in its losses. */
  private static final int REHEARSALS = 2;

  private final String title;
  private final double flops;
  private final int rounds;
  private final Map<String, List<String>> commands = new LinkedHashMap<>();

  /**
   * @param flops additions and multiplications of one step
   * @param rounds how often each is timed
   */
  EngineComparison(String title, double flops, int rounds) {
    this.title = title;
    this.flops = flops;
    this.rounds = rounds;
  }

  EngineComparison with(String name, List<String> command) {
    commands.put(name, command);
    return this;
  }

  /** Runs all and prints the table. */
  void run() throws IOException {
    List<EngineProcess> engines = new ArrayList<>();
    try {
      start(engines);
      EngineProcess ours = engines.get(0);
      List<Double> gemms = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        gemms.add(ours.gemm());
        for (EngineProcess engine : engines) {
          engine.step();
        }
        System.err.println("round " + (round + 1) + " of " + rounds);
      }
      print(engines, Timing.median(gemms));
    } finally {
      for (EngineProcess engine : engines) {
        engine.close();
      }
    }
  }

  private void start(List<EngineProcess> engines) throws IOException {
    double[] expected = new double[0];
    for (Map.Entry<String, List<String>> one : commands.entrySet()) {
      EngineProcess engine = new EngineProcess(one.getKey(), one.getValue());
      double[] found = new double[0];
      for (int i = 0; i < REHEARSALS; i++) {
        found = concatenated(found, engine.rehearse());
      }
      System.err.println(one.getKey() + " found " + Arrays.toString(found));
      if (engines.isEmpty()) {
        expected = found;
      }
      if (agree(found, expected)) {
        engines.add(engine);
      } else {
        System.err.println(one.getKey() + " COMPUTES SOMETHING ELSE and is left out");
        engine.close();
      }
    }
  }

  /** Whether two engines have computed the same. */
  static boolean agree(double[] found, double[] expected) {
    if (found.length != expected.length) {
      return false;
    }
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE * Math.abs(expected[i]))) {
        return false;
      }
    }
    return true;
  }

  private static double[] concatenated(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void print(List<EngineProcess> engines, double gemm) throws IOException {
    double ours = Timing.median(engines.get(0).millis());
    System.out.printf(Locale.ROOT, "%n%s, GEMM %.0f GFLOP/s%n%n", title, gemm);
    System.out.println("| engine | ms | GFLOP/s | of GEMM | peak MiB | times ours |");
    System.out.println("|---|---|---|---|---|---|");
    for (EngineProcess engine : engines) {
      double millis = Timing.median(engine.millis());
      double gflops = flops / millis / 1e6;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.0f %% | %d | %.2f |%n",
          engine.name(),
          millis,
          gflops,
          100 * gflops / gemm,
          engine.peakMebibytes(),
          millis / ours);
    }
  }
}
