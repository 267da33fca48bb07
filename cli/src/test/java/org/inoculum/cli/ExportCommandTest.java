package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.assertOneLine;
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

/** {@code inoculum export}: where the file goes, what is overwritten, what the shell gets. */
class ExportCommandTest {
  @TempDir private Path folder;

  @Test
  void exportsARunAndASnapshotInBothFormats() throws IOException {
    Path data = Files.createDirectory(folder.resolve("cells"));
    for (int i = 0; i < 4; i++) {
      Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
    }
    Path run = CommandLineTest.trained(data, folder.resolve("runs"));
    Path onnx = folder.resolve("generator.onnx");
    Result exported = inoculum("export", run, "--format", "onnx", "--out", onnx, "--json");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    Map<?, ?> result = Json.parse(exported.out(), Map.class, "stdout");
    assertThat(result.keySet().stream().map(String::valueOf))
        .containsExactly("out", "format", "bytes", "snapshot", "snapshotSha256");
    assertThat(result.get("bytes")).isEqualTo(Math.toIntExact(Files.size(onnx)));
    assertThat(result.get("snapshot")).isEqualTo("000001");

    Path snapshot = run.resolve("snapshots/000001");
    Path weights = folder.resolve("generator.safetensors");
    Result plain = inoculum("export", snapshot, "--format", "safetensors", "--out", weights);
    assertThat(plain.exitCode()).as(plain.err()).isZero();
    assertThat(plain.out()).contains(weights.toString(), "snapshot 000001 as safetensors");

    Result again = inoculum("export", run, "--format", "onnx", "--out", onnx);
    assertOneLine(again, 2, "generator.onnx exists already", "--overwrite");
    Result over = inoculum("export", run, "--format", "onnx", "--out", onnx, "--overwrite");
    assertThat(over.exitCode()).as(over.err()).isZero();

    Path x = folder.resolve("x");
    assertOneLine(inoculum("export", run, "--out", x), 2, "--format");
    assertOneLine(inoculum("export", run, "--format", "onnx"), 2, "--out");
    assertOneLine(inoculum("export", run, "--format", "pickle", "--out", x), 2, "pickle", "ONNX");
    assertOneLine(inoculum("export", data, "--format", "onnx", "--out", x), 3, "is not a run");
    assertOneLine(
        inoculum("export", run, "--format", "onnx", "--out", x, "--snapshot", "9"), 3, "000001");
    assertOneLine(
        inoculum("export", snapshot, "--format", "onnx", "--out", x, "--snapshot", "1"),
        2,
        "--snapshot");
    assertOneLine(
        inoculum("export", run, "--format", "onnx", "--out", x.resolve("below")), 4, "below");
    assertThat(x).doesNotExist();
  }
}
