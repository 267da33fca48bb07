package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Sha256;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code grow}, killed at random moments: the same command makes the same set in the end. */
@Tag("slow")
class GrowKilledTest {
  private static final int KILLS = 10;
  private static final int PATIENCE_SECONDS = 300;

  @TempDir private Path folder;

  @Test
  void killedTenTimesItMakesTheSameSet() throws Exception {
    for (int i = 0; i < 24; i++) {
      Path file = folder.resolve("cells/bacillus/" + i + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, Png.encode(DrawnBacilli.draw(0, i, 32)));
    }
    long begun = System.nanoTime();
    assertThat(finish("whole")).as(printed()).isZero();
    long millis = (System.nanoTime() - begun) / 1_000_000;

    int killed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      // Each goes a little farther, so that all stages are met.
      long at =
          millis * (kill % 5 + 1) / 6
              + RandomStream.of(12, Purpose.CHECKING, kill).nextInt((int) (millis / 6));
      Process process = grow("killed");
      if (!process.waitFor(at, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        killed++;
      }
    }
    assertThat(killed).isPositive();
    assertThat(finish("killed")).as(printed()).isZero();
    assertThat(content("killed")).isEqualTo(content("whole")).hasSizeGreaterThan(4);
    assertThat(folder.resolve("killed/report.html")).exists();
  }

  private int finish(String out) throws Exception {
    Process process = grow(out);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(printed()).isTrue();
    return process.exitValue();
  }

  private Process grow(String out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx600m", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of("grow", "cells", "--out", out, "--held-out-share", "0.5"));
    command.addAll(List.of("--size", "32", "--kimg", "1", "--count", "40", "--threads", "1"));
    command.addAll(List.of("--set", "sampleEvery=20"));
    Files.deleteIfExists(folder.resolve("output.txt"));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  /** The set's files by their sums, but for the time at which it was made. */
  private Map<String, String> content(String out) throws IOException {
    Path set = folder.resolve(out).resolve("images");
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(set)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = set.relativize(file).toString();
        sums.put(
            name,
            name.equals("generation.json")
                ? Files.readString(file).replaceFirst("\"created\" : \"[^\"]*\"", "")
                : Sha256.ofFile(file));
      }
    }
    return sums;
  }

  private String printed() throws IOException {
    Path output = folder.resolve("output.txt");
    return Files.exists(output) ? Files.readString(output) : "";
  }
}
