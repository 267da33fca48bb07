package org.inoculum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.inoculum.bench.protocol.Work;
import org.inoculum.model.ClassicShape;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Timing;
import org.inoculum.train.ClassicIteration;

/**
 * Measures what the launcher's settings of glibc's allocator are worth: the same trainings in turn
 * with all of them, without any, and without each. Arguments: {@code BENCH_FOLDER ROUNDS}.
 */
final class MemorySettings {
  private static final String VARIABLE = "GLIBC_TUNABLES";
  private static final ClassicShape SHAPE = new ClassicShape(128, 3, 100);
  private static final int BATCH = 16;

  private MemorySettings() {}

  public static void main(String[] arguments) throws IOException {
    EngineCommands commands = new EngineCommands(Path.of(arguments[0]), LibTorch.defaultThreads());
    int rounds = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("inoculum-bench");
    try {
      ClassicIteration.write(
          new Work(
              folder, SHAPE.size(), SHAPE.channels(), SHAPE.latentSize(), BATCH, SHAPE.blocks()));
      compare(
          "classic, 128 x 128, batch 16, an iteration",
          commands.ours("classic", "f32", folder.toString()),
          rounds);
      compare("modern, 128 x 128, 8 iterations", commands.ours("modern", "f32", "128"), rounds);
    } finally {
      SideBySide.deleteTree(folder);
    }
  }

  private static void compare(String title, List<String> command, int rounds) throws IOException {
    List<EngineProcess> engines = new ArrayList<>();
    try {
      for (Map.Entry<String, String> one : settings().entrySet()) {
        List<String> with = new ArrayList<>(List.of("env", VARIABLE + "=" + one.getValue()));
        with.addAll(command);
        EngineProcess engine = new EngineProcess(one.getKey(), with);
        engines.add(engine);
        // Memory is settings' business, numbers are not.
        System.err.println(one.getKey() + " found " + Arrays.toString(engine.rehearse()));
      }
      for (int round = 0; round < rounds; round++) {
        for (EngineProcess engine : engines) {
          engine.step();
        }
        System.err.println("round " + (round + 1) + " of " + rounds);
      }
      print(title, engines);
    } finally {
      for (EngineProcess engine : engines) {
        engine.close();
      }
    }
  }

  /** By name: the value of the variable. */
  private static Map<String, String> settings() {
    String whole =
        Objects.requireNonNull(System.getenv(VARIABLE), "start it by bench/memory-settings");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("all (the launcher's)", whole);
    settings.put("none (glibc's own)", "");
    List<String> single = List.of(whole.split(":", -1));
    for (String left : single) {
      settings.put(
          "without " + left,
          single.stream().filter(one -> !one.equals(left)).collect(Collectors.joining(":")));
    }
    return settings;
  }

  private static void print(String title, List<EngineProcess> engines) throws IOException {
    double all = Timing.median(engines.get(0).millis());
    System.out.printf("%n| %s | ms | of the launcher's | peak MiB |%n|---|---|---|---|%n", title);
    for (EngineProcess engine : engines) {
      double millis = Timing.median(engine.millis());
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.2f | %d |%n",
          engine.name(),
          millis,
          millis / all,
          engine.peakMebibytes());
    }
  }
}
