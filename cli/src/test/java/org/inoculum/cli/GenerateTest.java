package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.cli.CommandLineTest.Result;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.image.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a synthetic data set is written, from the command line. */
class GenerateTest {
  @TempDir private Path folder;

  @Test
  void formatsShardsAndResume() throws IOException {
    Path data = Files.createDirectory(folder.resolve("cells"));
    for (int i = 0; i < 4; i++) {
      Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
    }
    Path run = CommandLineTest.trained(data, folder.resolve("runs"));

    Path tars = folder.resolve("tars");
    Result generated =
        inoculum(
            "generate",
            run,
            "--count",
            68,
            "--out",
            tars,
            "--no-filter",
            "--format",
            "webdataset",
            "--shard",
            "2/2",
            "--resume",
            "--json");
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    assertThat(Json.parse(generated.out(), Map.class, "stdout").get("accepted")).isEqualTo(4);
    assertThat(tars.resolve("shard-2-of-2-000000.tar")).isNotEmptyFile();
    assertThat(tars.resolve("README.md")).content().contains("synthetic");

    Result missing = inoculum("merge", tars, "--out", folder.resolve("merged"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("parts are missing: 1/2");
    Path first = folder.resolve("first");
    Result other =
        inoculum(
            "generate",
            run,
            "--count",
            68,
            "--out",
            first,
            "--no-filter",
            "--format",
            "webdataset",
            "--shard",
            "1/2");
    assertThat(other.exitCode()).as(other.err()).isZero();
    Path merged = folder.resolve("merged");
    Result joined = inoculum("merge", tars, first, "--out", merged, "--json");
    assertThat(joined.exitCode()).as(joined.err()).isZero();
    assertThat(Json.parse(joined.out(), Map.class, "stdout").get("accepted")).isEqualTo(68);
    assertThat(merged.resolve("shard-000000.tar")).isNotEmptyFile();

    Path folders = folder.resolve("folders");
    Result plain = inoculum("generate", run, "--count", 2, "--out", folders, "--no-filter");
    assertThat(plain.exitCode()).as(plain.err()).isZero();
    assertThat(folders.resolve("metadata.jsonl")).isNotEmptyFile();
    assertThat(folders.resolve("coco.json")).isNotEmptyFile();
    Result read = inoculum("inspect", folders, "--json");
    assertThat(Json.parse(read.out(), Map.class, "stdout").get("images")).isEqualTo(2);

    Result wrong = inoculum("generate", run, "--count", 2, "--out", "x", "--shard", "3/2");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--shard must be from 1/N to N/N");
    Result format = inoculum("generate", run, "--count", 2, "--out", "x", "--format", "zip");
    assertThat(format.exitCode()).isEqualTo(2);
    assertThat(format.err()).contains("--format");
  }

  @Test
  void aListTakesThePlaceOfACount() throws IOException {
    Path data = Files.createDirectory(folder.resolve("cells"));
    for (int i = 0; i < 4; i++) {
      Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
    }
    Path run = CommandLineTest.trained(data, folder.resolve("runs"));
    Path list =
        Files.writeString(
            folder.resolve("liked.jsonl"),
            "{\"seed\": 0, \"index\": 1}\n{\"seed\": 4, \"index\": 1}\n");
    Path out = folder.resolve("listed");
    Result generated =
        inoculum("generate", run, "--seeds-file", list, "--out", out, "--no-filter", "--json");
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    assertThat(Json.parse(generated.out(), Map.class, "stdout").get("accepted")).isEqualTo(2);
    assertThat(out.resolve("seeds.jsonl")).isNotEmptyFile();

    for (Object[] other :
        new Object[][] {
          {"--count", 2}, {"--seed", 0}, {"--shard", "1/2"}, {"--class", "x"}, {"--truncation", 1}
        }) {
      Result both =
          inoculum("generate", run, "--seeds-file", list, "--out", "x", other[0], other[1]);
      CommandLineTest.assertOneLine(both, 2, "--seeds-file lists the images", "do not go with it");
    }
    CommandLineTest.assertOneLine(
        inoculum("generate", run, "--out", "x"), 2, "--count=N", "--seeds-file=FILE");
    Files.writeString(list, "{\"seed\": 0, \"index\": 1}\n{\"seed\": 0}\n");
    CommandLineTest.assertOneLine(
        inoculum("generate", run, "--seeds-file", list, "--out", "x"), 3, "liked.jsonl, line 2");
  }
}
