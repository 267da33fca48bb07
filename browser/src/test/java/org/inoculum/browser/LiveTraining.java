package org.inoculum.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.cli.Main;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Png;

/** A real training of the preset tiny, in a process of its own. */
final class LiveTraining implements AutoCloseable {
  private final Process process;
  final Path run;

  /** Begins on drawn bacilli of two classes, with an image every few iterations. */
  LiveTraining(Path folder) throws IOException {
    this(folder, 1, 4);
  }

  /**
   * Begins on drawn bacilli of two classes.
   *
   * @param threads of libtorch
   * @param sampleEvery iterations between two sample grids
   */
  LiveTraining(Path folder, int threads, int sampleEvery) throws IOException {
    for (int i = 0; i < 12; i++) {
      Path images = Files.createDirectories(folder.resolve("cells/" + (i % 2 == 0 ? "a" : "b")));
      Files.write(images.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 32)));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx600m", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of("train", folder.resolve("cells").toString(), "--preset", "tiny"));
    command.addAll(List.of("--size", "32", "--iterations", "100000"));
    command.addAll(List.of("--threads", String.valueOf(threads)));
    command.addAll(List.of("--set", "sampleEvery=" + sampleEvery, "--set", "sampleCount=16"));
    command.addAll(List.of("--runs", folder.resolve("runs").toString()));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("training.txt").toFile())
            .start();
    run = folder.resolve("runs/00000-cells-tiny");
    await(folder);
  }

  private void await(Path folder) throws IOException {
    for (int tenth = 0; tenth < 3000; tenth++) {
      // The first evaluation comes after the first snapshot; pages show both.
      Path evaluated = run.resolve("metrics.jsonl");
      if (Files.exists(evaluated) && Files.size(evaluated) > 0) {
        return;
      }
      if (!process.isAlive()) {
        break;
      }
      pause();
    }
    throw new AssertionError("no training: " + Files.readString(folder.resolve("training.txt")));
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Iterations that were done. */
  long iterations() throws IOException {
    try (var lines = Files.lines(run.resolve("stats.jsonl"))) {
      return lines.count();
    }
  }

  /** Ends it as a power cut would. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
