package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.assertOneLine;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.inoculum.cli.CommandLineTest.Result;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code grow}, from a folder of images to a data set with its report. */
class GrowCommandTest {
  @TempDir private Path folder;
  private Path data = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void draw() throws IOException {
    data = folder.resolve("my images");
    out = folder.resolve("all of it");
    for (int i = 0; i < 24; i++) {
      save(data.resolve("bacillus"), i, DrawnBacilli.draw(0, i, 32));
    }
  }

  @Test
  void oneCommandMakesAllAndTheSameCommandMakesNothingAgain() throws IOException {
    Result first = grow("--held-out-share", 0.5);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("verdict: ", "advice: ", "next: inoculum dashboard");
    assertThat(first.err())
        .contains("24 images of 1 class (bacillus: 24)", "kept aside to evaluate: about 12", "5/5");
    assertThat(out.resolve("data/held-out/bacillus")).isDirectoryContaining("glob:**.png");
    assertThat(pngs(out.resolve("images/bacillus"))).hasSize(3);
    assertThat(out.resolve("report.html")).content().contains("as the run keeps it");
    assertThat(out.resolve("README.md"))
        .content()
        .contains("inoculum train ", "inoculum generate ", "real-vs-real baseline");

    // The commands that README.md tells are those that one would type: nothing is left to do.
    FileTime made = Files.getLastModifiedTime(out.resolve("images/manifest.jsonl"));
    Result second = grow("--held-out-share", 0.5, "--json");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err()).contains("goes on", "3/5 generate: is done", "4/5 evaluate: is done");
    assertThat(Files.getLastModifiedTime(out.resolve("images/manifest.jsonl"))).isEqualTo(made);
    Map<?, ?> result = Json.parse(second.out(), Map.class, "stdout");
    assertThat((Map<?, ?>) Objects.requireNonNull(result.get("verdict")))
        .extracting("conclusion", "advice")
        .doesNotContainNull();
    assertThat((List<?>) Objects.requireNonNull(result.get("commands"))).hasSize(5);
  }

  @Test
  void whatIsMissingIsMadeAgainTheSame() throws IOException {
    assertThat(grow("--held-out-share", 0.5).exitCode()).isZero();
    byte[] manifest = Files.readAllBytes(out.resolve("images/manifest.jsonl"));
    Storage.deleteTree(out.resolve("images"));
    Files.delete(out.resolve("README.md"));

    assertThat(grow("--held-out-share", 0.5).exitCode()).isZero();
    assertThat(out.resolve("images/manifest.jsonl")).hasBinaryContent(manifest);
    assertThat(out.resolve("README.md")).exists();
  }

  @Test
  void classesAreScoredOneByOneAndAUtilityTestThatCannotBeMadeStopsNothing() throws IOException {
    for (int i = 0; i < 24; i++) {
      save(data.resolve("other"), i, DrawnBacilli.draw(7, i, 32));
    }
    save(data.resolve("rare"), 0, DrawnBacilli.draw(8, 0, 32));
    save(data.resolve("rare"), 1, DrawnBacilli.draw(8, 1, 32));

    Result result = grow("--held-out-share", 0.5);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("class bacillus: ", "5/6", "utility was not tested", "6/6");
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void imagesDirectlyInTheFolderAreAClassOfItsName() throws IOException {
    Path others = folder.resolve("others");
    save(
        others, 0, DrawnBacilli.draw(3, 0, 24)); // too few: the test takes minutes where it is made
    save(others, 1, DrawnBacilli.draw(3, 1, 24));
    data = data.resolve("bacillus");

    Result result = grow("--held-out-share", 0.5, "--background", others);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("(bacillus: 24)", "5/6 inoculum utility", "2 images of background; at least 8");
    assertThat(pngs(out.resolve("data/train/bacillus"))).hasSize(12);
    assertThat(out.resolve("images/manifest.jsonl")).content().contains("\"bacillus\"");
    assertOneLine(grow("--background", others, "--no-utility"), 2, "--no-utility");
  }

  @Test
  void fieldsAreComposedOnGroundOrItIsToldWhyNot() throws IOException {
    Path ground = folder.resolve("ground");
    save(ground, 0, DrawnBacilli.draw(0, 50, 16)); // smaller than a cell
    Result result = grow("--ground", ground, "--fields", 2);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("5/5", "no fields were composed, for the reason above");
    assertThat(result.err()).contains("inoculum compose ");
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void fewImagesAreAllTrainedOnAndThatIsTold() {
    Result result = grow();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("none are kept aside", "4/4");
    assertThat(out.resolve("data")).doesNotExist();
    assertThat(out.resolve("README.md")).content().contains("No image was kept aside");
  }

  @Test
  void anotherCommandDoesNotGoOnWithWhatIsThere() throws IOException {
    assertThat(grow("--dry-run").exitCode()).isZero();
    assertThat(out).doesNotExist();
    assertThat(grow().exitCode()).isZero();

    assertOneLine(grow("--seed", 3), 2, "its options were", "--seed=3");
    save(data.resolve("bacillus"), 99, DrawnBacilli.draw(0, 99, 32));
    assertOneLine(grow(), 2, "the images in", "were changed");
    Files.createDirectories(folder.resolve("other"));
    assertOneLine(
        inoculum("grow", data, "--out", folder.resolve("other")), 2, "grow has not begun it");
    assertOneLine(inoculum("grow", data, "--held-out", data, "--no-split"), 2, "leave --no-split");
    assertOneLine(inoculum("grow", folder.resolve("nowhere")), 3, "nowhere");
  }

  private Result grow(Object... more) {
    return inoculum(
        Stream.concat(
                Stream.of(
                    "grow",
                    data,
                    "--out",
                    out,
                    "--kimg",
                    0.1,
                    "--count",
                    3,
                    "--size",
                    32,
                    "--threads",
                    1),
                Stream.of(more))
            .toArray());
  }

  private static List<Path> pngs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).toList();
    }
  }

  private static void save(Path into, int number, Image image) throws IOException {
    Files.createDirectories(into);
    Files.write(into.resolve(number + ".png"), Png.encode(image));
  }
}
