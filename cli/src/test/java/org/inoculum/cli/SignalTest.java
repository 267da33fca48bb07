package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test 3 of docs/explanation/reliability.md: SIGINT and SIGTERM at random moments. */
@Tag("slow")
class SignalTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @BeforeEach
  void needSignals() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "this system has no signals");
  }

  @Test
  void aSignalSavesAndEndsWithItsNumber() throws Exception {
    int trials = Boolean.getBoolean("inoculum.release-tests") ? 200 : 10;
    for (int trial = 0; trial < trials; trial++) {
      boolean interrupt = trial % 2 == 0;
      Process process = train(trial);
      awaitIterations(trial, 1);
      Thread.sleep(RandomStream.of(11, Purpose.CHECKING, trial).nextInt(500));
      long before = System.nanoTime();
      signal(process, interrupt ? "-INT" : "-TERM");
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
      double seconds = (System.nanoTime() - before) / 1e9;
      assertThat(process.exitValue())
          .as("after %.1f s: %s", seconds, printed())
          .isEqualTo(interrupt ? 130 : 143);
      RunDirectory run = run(trial);
      assertThat(run.status().state()).isEqualTo(State.STOPPED);
      assertThat(run.newestCheckpoint(warning -> {}).orElseThrow().iteration())
          .isEqualTo(run.status().iteration());
      assertNoCrash();
    }
  }

  @Test
  void theSecondSignalEndsAtOnceWithoutACrash() throws Exception {
    for (int trial = 0; trial < 2; trial++) {
      Process process = train(trial);
      awaitIterations(trial, 1);
      signal(process, "-TERM");
      signal(process, "-TERM");
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
      assertThat(process.exitValue()).as(printed()).isEqualTo(143);
      assertNoCrash();
    }
  }

  private Process train(int trial) throws IOException {
    Path data = folder.resolve("cells");
    if (!Files.exists(data)) {
      Files.createDirectories(data);
      for (int i = 0; i < 4; i++) {
        Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
      }
    }
    List<String> command = new ArrayList<>();
    // A shell in the background has its children ignore SIGINT; the program then does so as well.
    command.addAll(List.of("/usr/bin/env", "--default-signal=INT,TERM"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx400m", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of("train", data.toString(), "--preset", "classic"));
    command.addAll(List.of("--size", "16", "--batch", "16"));
    command.addAll(List.of("--iterations", "100000", "--name", "signal", "--set", "latentSize=4"));
    command.addAll(List.of("--runs", folder.resolve("runs" + trial).toString()));
    Files.deleteIfExists(folder.resolve("output.txt"));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  private void awaitIterations(int trial, int count) throws Exception {
    Path stats = run(trial).path().resolve("stats.jsonl");
    for (int tenth = 0; tenth < 3000; tenth++) {
      if (Files.exists(stats) && Files.readString(stats).lines().count() >= count) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no iteration in five minutes: " + printed());
  }

  private RunDirectory run(int trial) {
    return new RunDirectory(folder.resolve("runs" + trial).resolve("00000-signal-classic"));
  }

  private static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("/usr/bin/env", "kill", signal, String.valueOf(process.pid()))
        .start()
        .waitFor();
  }

  private String printed() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  private void assertNoCrash() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("hs_err"));
    }
  }
}
