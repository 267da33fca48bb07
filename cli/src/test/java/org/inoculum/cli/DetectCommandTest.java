package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.assertOneLine;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.inoculum.annotation.CocoFile;
import org.inoculum.annotation.Mask;
import org.inoculum.data.DrawnSmear;
import org.inoculum.detect.FieldsResult;
import org.inoculum.files.Json;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code utility --fields} and {@code detect} from the command line, on drawn smears. */
class DetectCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void draw() throws IOException {
    draw("train", 0, 2);
    draw("test", 10, 4);
    draw("composed", 20, 3);
  }

  @Test
  void theTestKeepsADetectorThatCountsFields() throws IOException {
    Path out = folder.resolve("result.json");
    Path kept = folder.resolve("detector.safetensors");
    CommandLineTest.Result tested =
        utility(
            "--json",
            "--out",
            out,
            "--keep-detector",
            kept,
            "--compare",
            "again=" + folder.resolve("composed"),
            "--grades",
            "2,6");
    assertThat(tested.exitCode()).as(tested.err()).isZero();
    assertThat(tested.out()).isEqualToIgnoringWhitespace(Files.readString(out));
    assertThat(tested.err()).contains("10 of 10 detectors of 12 steps");
    Map<?, ?> result = Json.parse(tested.out(), Map.class, "stdout");
    assertThat((List<?>) result.get("conditions"))
        .extracting(one -> String.valueOf(((Map<?, ?>) one).get("condition")))
        .containsExactly(
            "1 annotated field",
            "2 annotated fields",
            "composed only",
            "2 annotated fields + composed",
            "again only");
    FieldsResult read = Json.read(out, FieldsResult.class);
    assertThat(read.truths()).hasSize(4);
    assertThat(read.conditions())
        .allSatisfy(
            one -> {
              assertThat(one.precisions()).hasSize(101);
              assertThat(one.countedByField()).hasSize(4);
              assertThat(one.grades()).isNotNull();
            });
    // The same fields and seeds give the same detector.
    assertThat(read.comparisons().get(3).against()).isEqualTo("again only");
    assertThat(read.comparisons().get(3).difference()).isZero();
    assertThat(String.valueOf(result.get("verdict"))).contains("--protocol full");
    assertOneLine(utility("--keep-detector", kept), 2, "detector.safetensors");

    Path found = folder.resolve("found");
    CommandLineTest.Result counted =
        inoculum("detect", kept, folder.resolve("test"), "--out", found, "--threads", 1);
    assertThat(counted.exitCode()).as(counted.err()).isZero();
    assertThat(counted.out()).contains("no medical device", "trained on", "counts.csv");
    assertThat(Files.readAllLines(found.resolve("counts.csv")))
        .hasSize(5)
        .startsWith("field,cells,bacillus");
    assertThat(found.resolve("overlays/0.png")).isNotEmptyFile();
    Map<?, ?> coco = Json.read(found.resolve("coco.json"), Map.class);
    assertThat((List<?>) coco.get("images")).hasSize(4);
    assertThat(found.resolve("README.md")).content().contains("no medical device");
    // What it found is annotations that the program itself reads.
    assertThat(
            inoculum(
                    "utility",
                    "--fields",
                    "--train",
                    folder.resolve("train"),
                    "--held-out",
                    folder.resolve("test"),
                    "--held-out-boxes",
                    found.resolve("coco.json"),
                    "--steps",
                    1,
                    "--repeats",
                    1,
                    "--threads",
                    1)
                .exitCode())
        .isIn(0, 3); // 3 where so short a training found no cell at all

    assertOneLine(
        inoculum("detect", kept, folder.resolve("test"), "--out", found), 2, "exists already");
    byte[] damaged = Files.readAllBytes(kept);
    damaged[damaged.length - 100] ^= 4;
    Files.write(kept, damaged);
    assertOneLine(
        inoculum("detect", kept, folder.resolve("test"), "--out", folder.resolve("other")),
        3,
        "damaged");
  }

  @Test
  void whatProvesNothingIsRefusedInOneLine() throws IOException {
    Files.copy(folder.resolve("test/1.png"), folder.resolve("composed/1.png"), REPLACE);
    assertOneLine(utility(), 3, "1.png", "also trained on");
    assertOneLine(utility("--label", "worm=bacillus"), 2, "worm", "bacillus");
    assertOneLine(utility("--protocol", "slow"), 2, "did you mean");
    assertOneLine(utility("--protocol", "full"), 2, "finds the steps itself");
    assertOneLine(utility("--grades", "3,2"), 2, "above the one before");
    assertOneLine(utility("--compare", "train=" + folder), 2, "--compare", "train");
    assertOneLine(utility("--skip-bad"), 2, "with --fields");
    assertOneLine(
        inoculum("utility", "--train", folder, "--held-out", folder, "--group-by", "x"),
        2,
        "need --fields");
    assertOneLine(inoculum("utility", "--held-out", folder), 2, "--train");
    assertOneLine(
        inoculum("utility", "--fields", "--held-out", folder.resolve("test")), 2, "--synthetic");
    Files.delete(folder.resolve("train/coco.json"));
    assertOneLine(utility(), 3, "holds no coco.json");
    Files.writeString(folder.resolve("train/coco.json"), "{\"images\": []}");
    assertOneLine(utility(), 3, "coco.json");
  }

  private static final java.nio.file.CopyOption REPLACE =
      java.nio.file.StandardCopyOption.REPLACE_EXISTING;

  private CommandLineTest.Result utility(Object... more) {
    Object[] words = {
      "utility",
      "--fields",
      "--train",
      folder.resolve("train"),
      "--held-out",
      folder.resolve("test"),
      "--synthetic",
      folder.resolve("composed"),
      "--steps",
      12,
      "--repeats",
      2,
      "--threads",
      2
    };
    return inoculum(
        java.util.stream.Stream.concat(
                java.util.Arrays.stream(words), java.util.Arrays.stream(more))
            .toArray());
  }

  private void draw(String name, int first, int count) throws IOException {
    Path into = Files.createDirectories(folder.resolve(name));
    CocoFile truth = new CocoFile("drawn", List.of("bacillus"));
    for (int i : IntStream.range(0, count).toArray()) {
      DrawnSmear smear = DrawnSmear.field(2, first + i, 260, 200, 64, true);
      Files.write(into.resolve(i + ".png"), Png.encode(smear.image()));
      truth.addImage(i + ".png", 260, 200);
      for (Mask mask : smear.bacilli()) {
        truth.addCell(0, new double[] {mask.left(), mask.top(), mask.width(), mask.height()}, mask);
      }
    }
    Files.writeString(into.resolve("coco.json"), truth.document());
  }
}
