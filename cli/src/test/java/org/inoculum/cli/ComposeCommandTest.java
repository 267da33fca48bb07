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
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Composing as it is typed. */
class ComposeCommandTest {
  @TempDir private Path folder;
  private Path cells;
  private Path ground;

  @BeforeEach
  void drawn() throws IOException {
    cells = Files.createDirectory(folder.resolve("cells"));
    for (int i = 0; i < 10; i++) {
      Files.write(cells.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 128)));
    }
    ground = Files.createDirectory(folder.resolve("ground"));
    short[] plain = new short[400 * 300 * 3];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (short) (190 - 20 * (i % 3) + ((i * 7919L) >> 3) % 5);
    }
    Files.write(ground.resolve("a.png"), Png.encode(new Image(400, 300, 3, 8, plain)));
  }

  @Test
  void aSetOfFieldsAndWhatItSays() throws IOException {
    Path out = folder.resolve("fields");
    Result composed =
        inoculum(
            "compose",
            cells,
            "--ground",
            ground,
            "--count",
            2,
            "--per-field",
            "3-5",
            "--scale",
            "0.5-0.6",
            "--groups",
            "0.5",
            "--clusters",
            "each",
            "--box-margin",
            2,
            "--match",
            "none",
            "--set",
            "onDark=1",
            "--seed",
            4,
            "--threads",
            2,
            "--out",
            out,
            "--json");
    assertThat(composed.exitCode()).as(composed.err()).isZero();
    Map<?, ?> made = Json.parse(composed.out(), Map.class, "stdout");
    assertThat(made.get("fields")).isEqualTo(2);
    assertThat(made.get("cells")).isEqualTo(made.get("objects"));
    assertThat(made.get("boxMargin")).isEqualTo(2.0);
    assertThat(composed.out()).contains("\"scaleHigh\" : 0.6");
    assertThat(composed.err()).contains("modality: brightfield");
    Result boxes =
        inoculum(
            "prepare",
            out.resolve("images"),
            "--boxes",
            out.resolve("coco.json"),
            "--out",
            folder.resolve("again"));
    assertThat(boxes.exitCode()).as(boxes.err()).isZero();

    // Cells that prepare cut out of fields are laid at the size that they had there.
    Result cut =
        inoculum(
            "compose",
            folder.resolve("again"),
            "--ground",
            ground,
            "--count",
            1,
            "--per-field",
            6,
            "--scale",
            "1",
            "--out",
            folder.resolve("cut"));
    assertThat(cut.exitCode()).as(cut.err()).isZero();
    assertThat(readLine(folder.resolve("cut/cells.jsonl")).get("scale"))
        .isInstanceOfSatisfying(Double.class, scale -> assertThat(scale).isBetween(0.1, 0.6));

    Result again = inoculum("compose", cells, "--ground", ground, "--count", 2, "--out", out);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("exists");
  }

  private static Map<?, ?> readLine(Path file) throws IOException {
    return Json.parse(Files.readAllLines(file).get(0), Map.class, file.toString());
  }

  @Test
  void mistakesAreOneLine() {
    assertLine(3, "no folder of ground", "--ground", folder.resolve("nowhere"), "--count", 1);
    assertLine(2, "--per-field must be", "--ground", ground, "--count", 1, "--per-field", "many");
    assertLine(2, "--count must be from 1", "--ground", ground, "--count", 0);
    assertLine(2, "range such as", "--ground", ground, "--count", 1, "--scale", "2-1");
    assertLine(2, "unknown modality", "--ground", ground, "--count", 1, "--modality", "bright");
    assertLine(2, "unknown hyperparameter", "--ground", ground, "--count", 1, "--set", "hue=1");
    assertLine(2, "belongs to --clean", "--ground", ground, "--count", 1, "--clean-format", "csv");
    assertLine(3, "has no cell", "--ground", ground, "--count", 1, "--classes", "spore=1");
  }

  private void assertLine(int exitCode, String words, Object... arguments) {
    Object[] all = new Object[arguments.length + 4];
    all[0] = "compose";
    all[1] = cells;
    all[2] = "--out";
    all[3] = folder.resolve("refused");
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    Result result = inoculum(all);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err().lines().filter(line -> line.startsWith("inoculum: ")))
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void cellsOfARunAreGeneratedAndMasksAreCut() throws IOException {
    Path run = CommandLineTest.trained(cells, folder.resolve("runs"));
    Path out = folder.resolve("fields");
    // Two iterations make no cells, which generating says, since it keeps blank images out.
    Result composed =
        inoculum("compose", run, "--ground", ground, "--count", 1, "--generated", 4, "--out", out);
    assertThat(composed.exitCode()).isEqualTo(1);
    assertThat(composed.err()).contains("images were rejected").contains("generating stopped");
    assertThat(out).doesNotExist();

    Path set = folder.resolve("set");
    Result generated =
        inoculum("generate", run, "--count", 3, "--out", set, "--no-filter", "--masks", "--json");
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    assertThat(Json.parse(generated.out(), Map.class, "stdout").get("masks")).isNotNull();
    assertThat(set.resolve("coco-masks.json")).isNotEmptyFile();
    // Nor is there a cell in them that can be cut out: a sheet shows it.
    Result none = inoculum("compose", set, "--ground", ground, "--count", 1, "--out", out);
    assertThat(none.exitCode()).as(none.err()).isEqualTo(3);
    assertThat(none.err()).contains("none of the 3 crops").contains("fields-rejected.png");
    assertThat(folder.resolve("fields-rejected.png")).exists();

    Result shard =
        inoculum("generate", run, "--count", 3, "--out", set, "--masks", "--shard", "1/2");
    assertThat(shard.exitCode()).isEqualTo(2);
    assertThat(shard.err()).contains("--masks goes with");
  }
}
