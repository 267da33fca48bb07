package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.inoculum.cli.CommandLineTest.assertOneLine;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code metrics} on tables and {@code evaluate} on folders that are not what one hopes for. */
class EvaluateCommandTest {
  @TempDir private Path folder;

  @Test
  void tablesMayHaveOtherCountsAndTrainingRows() throws IOException {
    Path real = table("real", 12, i -> i + "," + i * i % 7);
    Path generated = table("generated", 7, i -> i + 0.5 + "," + i * i % 5);

    Map<?, ?> alone = metrics(real, generated, "--k", 2);
    assertThat(alone.get("nReal")).isEqualTo(12);
    assertThat(alone.get("nGenerated")).isEqualTo(7);
    assertThat(alone.get("zU")).isNull();

    Map<?, ?> copied = metrics(real, generated, "--k", 2, "--train", generated);
    assertThat(copied.get("authenticity")).isEqualTo(0.0);
    // All 84 pairs speak for copying: U = 0 of 84, by the formula at CopyTest.
    assertThat((double) Objects.requireNonNull(copied.get("zU")))
        .isCloseTo(-(42 - 0.5) / Math.sqrt(84 * 20 / 12.0), within(1e-12));
    assertThat(copied.get("kid")).isEqualTo(alone.get("kid"));
  }

  @Test
  void twoRowsAndConstantFeaturesHaveNumbers() throws IOException {
    Path two = table("two", 2, i -> i + ",1");
    Path constant = table("constant", 8, i -> "3,3");

    for (Map<?, ?> metrics :
        List.of(
            metrics(two, two, "--k", 1),
            metrics(two, two, "--k", 1, "--train", two),
            metrics(constant, constant, "--train", constant),
            metrics(constant, two, "--k", 1))) {
      for (String name :
          List.of("precision", "recall", "density", "coverage", "kid", "fid", "vendi")) {
        assertThat((double) Objects.requireNonNull(metrics.get(name))).as(name).isFinite();
      }
    }
    assertThat(metrics(constant, constant).get("fid")).isEqualTo(0.0);
  }

  @Test
  void tablesThatCannotBeUsedAreRefusedInOneLine() throws IOException {
    Path good = table("good", 8, i -> i + "," + i % 3);
    Path nan = table("nan", 8, i -> i == 4 ? "1,NaN" : "1,2");
    Path ragged = table("ragged", 8, i -> i == 6 ? "1,2,3" : "1,2");
    Path wide = table("wide", 8, i -> "1,2,3");
    Path empty = Files.createFile(folder.resolve("empty.csv"));

    assertOneLine(inoculum("metrics", good, nan), 3, "nan.csv", "line 5, column 2");
    assertOneLine(inoculum("metrics", ragged, good), 3, "ragged.csv", "line 7");
    assertOneLine(inoculum("metrics", good, good, "--train", empty), 3, "empty.csv", "none");
    assertOneLine(inoculum("metrics", good, wide), 3, "wide.csv", "same network");
    assertOneLine(inoculum("metrics", good, folder.resolve("no.csv")), 3, "no.csv");
    // Both are wrong: the first is named, whichever was read first.
    assertOneLine(inoculum("metrics", nan, ragged), 3, "nan.csv");
  }

  @Test
  void aMillionRowsAreRefusedInOneLineThatSaysWhatToDo() throws IOException {
    Path million = table("million", 1_000_000, i -> (i % 9) + "," + (i % 7) + ",1,2");

    assertOneLine(inoculum("metrics", million, million), 3, "1,000,000 real", "10,000 of each");
  }

  @Test
  void classesAreScoredOneByOneAtAnySizeEvenConstantOnes() throws IOException {
    Path real = folder.resolve("real");
    Path fake = folder.resolve("fake");
    for (int i = 0; i < 8; i++) {
      save(real.resolve("rods"), i, DrawnBacilli.draw(0, i, 40));
      save(fake.resolve("rods"), i, DrawnBacilli.draw(0, 100 + i, 64));
      save(real.resolve("flat"), i, grey(32, 90));
      save(fake.resolve("flat"), i, grey(50, 90));
    }
    save(real.resolve("rare"), 0, DrawnBacilli.draw(0, 50, 40));
    save(fake.resolve("rare"), 0, DrawnBacilli.draw(0, 51, 40));

    Map<?, ?> result = evaluate(fake, real, real);

    List<?> classes = (List<?>) Objects.requireNonNull(result.get("classes"));
    assertThat(classes)
        .extracting(one -> String.valueOf(((Map<?, ?>) one).get("name")))
        .containsExactly("flat", "rods");
    assertThat(String.valueOf(result.get("notes")))
        .contains("32 to 64 pixels", "class rare has 1 real and 1 generated images");
    for (Object one : classes) {
      List<?> scores = (List<?>) Objects.requireNonNull(((Map<?, ?>) one).get("metrics"));
      assertThat(scores).hasSizeGreaterThanOrEqualTo(5);
      assertThat(scores)
          .allSatisfy(
              score ->
                  assertThat((double) Objects.requireNonNull(((Map<?, ?>) score).get("value")))
                      .isFinite());
    }
  }

  @Test
  void aRunIsEvaluatedOnItsOwnTrainingImages() throws IOException {
    Path data = folder.resolve("data");
    Path heldOut = folder.resolve("held out");
    for (int i = 0; i < 6; i++) {
      save(data, i, DrawnBacilli.draw(0, i, 32));
      save(heldOut, i, DrawnBacilli.draw(0, 10 + i, 32));
    }
    Path run = CommandLineTest.trained(data, folder.resolve("runs"));

    Map<?, ?> result = evaluate(run, heldOut, null);

    List<?> scores = (List<?>) Objects.requireNonNull(result.get("metrics"));
    assertThat(scores)
        .extracting(score -> String.valueOf(((Map<?, ?>) score).get("name")))
        .contains("kid", "coverage", "cT", "authenticity"); // the last two need training images
    assertThat(((Map<?, ?>) Objects.requireNonNull(scores.get(0))).get("nGenerated")).isEqualTo(6);
    assertOneLine(inoculum("evaluate", run), 2, "remembers no folder of held-out images");
    assertOneLine(inoculum("evaluate", heldOut), 2, "--held-out=DIR");
  }

  @Test
  void aRunRemembersItsHeldOutImagesAndKeepsItsScoresForTheReport() throws IOException {
    Path data = folder.resolve("data");
    Path heldOut = folder.resolve("held out");
    for (int i = 0; i < 12; i++) {
      save(data, i, DrawnBacilli.draw(0, i, 32));
      save(heldOut, i, DrawnBacilli.draw(0, 20 + i, 32));
    }
    CommandLineTest.Result trained =
        inoculum(
            "train",
            data,
            "--held-out",
            heldOut,
            "--size",
            32,
            "--iterations",
            2,
            "--runs",
            folder.resolve("runs"),
            "--json");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Path run = Path.of(String.valueOf(Json.parse(trained.out(), Map.class, "stdout").get("run")));
    Path file = folder.resolve("scores.json");

    CommandLineTest.Result evaluated = inoculum("evaluate", run, "--out", file);
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("advice: ", "next: inoculum report");
    assertThat(file).content().contains("\"metrics\"", "\"advice\"");
    Path kept = run.resolve("evaluations/000002-scattering.json");
    assertThat(kept).content().contains("snapshotSha256", "heldOutSha256", "evaluation");
    assertThat(inoculum("report", run).exitCode()).isZero();
    assertThat(run.resolve("report.html"))
        .content()
        .contains("as the run keeps it: 12 generated images against the real ones in held out");

    // Other weights under the same number, and files that are something else, are not believed.
    Files.writeString(
        kept, Files.readString(kept).replaceFirst("(snapshotSha256\" : \")[0-9a-f]", "$1x"));
    CommandLineTest.Result other = inoculum("report", run, "--overwrite");
    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(other.err()).contains("evaluates other weights");
    Files.writeString(
        kept, "{\"formatVersion\": " + org.inoculum.files.FormatVersion.CURRENT + "}");
    assertThat(inoculum("report", run, "--overwrite").err()).contains("not used: ");
    save(heldOut, 77, DrawnBacilli.draw(0, 77, 32));
    assertOneLine(inoculum("evaluate", run), 2, "still as it was");
  }

  private static Map<?, ?> metrics(Object... arguments) {
    Object[] words = new Object[arguments.length + 2];
    words[0] = "metrics";
    words[1] = "--json";
    System.arraycopy(arguments, 0, words, 2, arguments.length);
    return json(inoculum(words));
  }

  private static Map<?, ?> evaluate(Path generated, Path real, @Nullable Path train) {
    return json(
        train == null
            ? inoculum("evaluate", generated, "--held-out", real, "--json")
            : inoculum("evaluate", generated, "--held-out", real, "--train", train, "--json"));
  }

  private static Map<?, ?> json(CommandLineTest.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return Json.parse(result.out(), Map.class, "stdout");
  }

  private Path table(String name, int rows, IntFunction<String> row) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".csv"),
        IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n")));
  }

  private static void save(Path into, int number, Image image) throws IOException {
    Files.createDirectories(into);
    Files.write(into.resolve(number + ".png"), Png.encode(image));
  }

  private static Image grey(int side, int value) {
    short[] samples = new short[side * side];
    Arrays.fill(samples, (short) value);
    return new Image(side, side, 1, 8, samples);
  }
}
