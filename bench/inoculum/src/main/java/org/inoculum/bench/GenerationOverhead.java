package org.inoculum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inoculum.data.FileProgress;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.Generation;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Timing;

/**
 * Generating a data set beside its generator alone, in turn: how much of the time goes into testing
 * for copies, packing and writing. Arguments: {@code RUN COUNT ROUNDS}.
 */
final class GenerationOverhead {
  private GenerationOverhead() {}

  public static void main(String[] arguments) throws IOException {
    RunDirectory run = RunDirectory.open(Path.of(arguments[0]));
    int count = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    int threads = LibTorch.defaultThreads();
    Path folder = Files.createTempDirectory("inoculum-bench");
    Snapshot snapshot = SnapshotChoice.BEST.in(run, System.err::println);
    try (OurGeneration generator = new OurGeneration(snapshot, Precision.F32, threads)) {
      Map<String, Runnable> works = new LinkedHashMap<>();
      works.put(
          "generator alone",
          () -> {
            for (int i = 0; i < count; i += OurGeneration.BATCH) {
              generator.step();
            }
          });
      works.put(
          "generate --no-filter",
          () -> generate(run, folder.resolve("all"), options(count, threads, false)));
      works.put(
          "generate", () -> generate(run, folder.resolve("some"), options(count, threads, true)));
      Map<String, List<Double>> seconds = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        for (Map.Entry<String, Runnable> work : works.entrySet()) {
          long begun = System.nanoTime();
          work.getValue().run();
          if (round > 0) { // the first compiles and fills caches
            seconds
                .computeIfAbsent(work.getKey(), name -> new ArrayList<>())
                .add((System.nanoTime() - begun) / 1e9);
          }
          empty(folder);
        }
        System.err.println("round " + round + " of " + rounds);
      }
      print(count, seconds);
    } finally {
      SideBySide.deleteTree(folder);
    }
  }

  private static GenerateOptions options(int count, int threads, boolean filter) {
    return new GenerateOptions(
        count,
        OurGeneration.SEED,
        threads,
        PrecisionChoice.F32,
        filter,
        SnapshotChoice.BEST,
        Optional.empty());
  }

  private static void generate(RunDirectory run, Path out, GenerateOptions options) {
    Generation.generate(
        run, out, options, Optional.empty(), System.err::println, FileProgress.NONE, () -> false);
  }

  private static void empty(Path folder) throws IOException {
    SideBySide.deleteTree(folder);
    Files.createDirectories(folder);
  }

  private static void print(int count, Map<String, List<Double>> seconds) {
    double alone = Timing.median(seconds.values().iterator().next());
    System.out.printf(
        "%n| %d images | images/s | of the generator alone |%n|---|---|---|%n", count);
    seconds.forEach(
        (name, found) -> {
          double median = Timing.median(found);
          System.out.printf(
              Locale.ROOT, "| %s | %.0f | %.0f %% |%n", name, count / median, 100 * alone / median);
        });
  }
}
