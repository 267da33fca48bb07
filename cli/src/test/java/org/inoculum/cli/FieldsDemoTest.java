package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.assertOneLine;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo --fields}: whole drawn smears with the truth. */
class FieldsDemoTest {
  @TempDir private Path folder;

  @Test
  void drawsFieldsAndTruth() {
    Path out = folder.resolve("smears");
    CommandLineTest.Result demo = inoculum("demo", "--fields", "--out", out, "--seed", 3);

    assertThat(demo.exitCode()).as(demo.err()).isZero();
    assertThat(demo.out()).contains("train", "held-out", "negatives", "crops");
    assertThat(out.resolve("train/11.png")).isNotEmptyFile();
    assertThat(out.resolve("train/coco.json")).isNotEmptyFile();
    assertThat(out.resolve("negatives/05.png")).isNotEmptyFile();
    assertThat(out.resolve("crops/bacillus/63.png")).isNotEmptyFile();
    assertOneLine(inoculum("demo", "--fields", "--out", out), 2, "exists already");
    assertOneLine(
        inoculum("demo", "--fields", "--minutes", 2, "--out", folder.resolve("b")), 2, "--minutes");
  }
}
