package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inoculum report}: where the file goes, what is overwritten, what the shell gets. */
class ReportCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int report(Path run, String... options) {
    out.reset();
    err.reset();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.PLAIN);
    String[] words = new String[options.length + 2];
    words[0] = "report";
    words[1] = run.toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return Main.run(words, console, StopRequest.never());
  }

  private Path run() throws IOException {
    Path run = Files.createDirectories(folder.resolve("00000-cells-classic"));
    Files.writeString(run.resolve("config.json"), "{\"preset\":\"classic\"}");
    return run;
  }

  private void assertOneLine(String... contained) {
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(contained);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void writesIntoTheRunAndReplacesOnlyItsOwnReports() throws IOException {
    Path run = run();
    assertThat(report(run)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    Path file = run.resolve("report.html");
    assertThat(file).content().startsWith("<!DOCTYPE html>");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(file.toString());

    assertThat(report(run)).isEqualTo(2);
    assertOneLine("report.html exists already", "--overwrite");
    assertThat(report(run, "--overwrite")).isZero();

    Path config = run.resolve("config.json");
    assertThat(report(run, "--overwrite", "--out", config.toString())).isEqualTo(2);
    assertOneLine("config.json is not a report");
    assertThat(config).hasContent("{\"preset\":\"classic\"}");

    Path elsewhere = folder.resolve("elsewhere.html");
    assertThat(report(run, "--out", elsewhere.toString())).isZero();
    assertThat(elsewhere).isNotEmptyFile();
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    assertThat(report(folder.resolve("missing"))).isEqualTo(3);
    assertOneLine("missing is not a run");
    Path run = run();
    assertThat(report(run, "--evaluation", folder.resolve("no.json").toString())).isEqualTo(3);
    assertOneLine("no.json");
    assertThat(report(run, "--evaluation", "a.json", "--held-out", "b")).isEqualTo(2);
    assertOneLine("--evaluation", "--held-out");
    assertThat(report(run, "--out", folder.resolve("no/report.html").toString())).isEqualTo(4);
    assertOneLine("no", "report.html");
    Files.writeString(run.resolve("dataset.json"), "{ torn");
    assertThat(report(run)).isEqualTo(3);
    assertOneLine("dataset.json");
    assertThat(run.resolve("report.html")).doesNotExist();
  }
}
