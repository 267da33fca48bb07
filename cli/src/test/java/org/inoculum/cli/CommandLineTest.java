package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program, in this process: what people type, what they read, what the shell gets. */
class CommandLineTest {
  @TempDir private Path folder;

  /** What one command left. */
  record Result(int exitCode, String out, String err) {}

  static Result inoculum(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.PLAIN);
    String[] words = java.util.Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    int exitCode = Main.run(words, console, StopRequest.never());
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void trainThenGenerateInJson() throws IOException {
    Path data = drawn("my cells", 4);
    Path runs = folder.resolve("my runs");
    Result trained =
        inoculum(
            "train",
            data,
            "--preset",
            "classic",
            "--iterations",
            2,
            "--batch",
            8,
            "--size",
            16,
            "--runs",
            runs,
            "--json");
    assertThat(trained.err()).contains(">1, 1/5, d1=");
    assertThat(trained.exitCode()).isZero();
    Map<?, ?> training = Json.parse(trained.out(), Map.class, "stdout");
    assertThat(training.keySet().stream().map(String::valueOf))
        .containsExactly("run", "status", "kimg", "seconds", "imagesPerSecond");
    assertThat(training.get("status")).isEqualTo("finished");

    Result resumed =
        inoculum("resume", String.valueOf(training.get("run")), "--iterations", 3, "--json");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("resumed at iteration 2", ">1, 3/5, d1=");
    assertThat(inoculum("resume", String.valueOf(training.get("run"))).exitCode()).isEqualTo(2);

    Path out = folder.resolve("generated here");
    Result generated =
        inoculum(
            "generate", String.valueOf(training.get("run")), "--count", 3, "--out", out, "--json");
    assertThat(generated.exitCode()).isZero();
    assertThat(Json.parse(generated.out(), Map.class, "stdout").get("accepted")).isEqualTo(3);
    assertThat(out.resolve("rejected.jsonl")).exists();

    Path unfiltered = folder.resolve("all of them");
    Result taken =
        inoculum(
            "generate",
            String.valueOf(training.get("run")),
            "--count",
            3,
            "--out",
            unfiltered,
            "--no-filter");
    assertThat(taken.out()).contains("not tested for copies");
    assertThat(unfiltered.resolve("rejected.jsonl")).doesNotExist();

    Result again =
        inoculum("generate", String.valueOf(training.get("run")), "--count", 3, "--out", out);
    assertOneLine(again, 2, "exists already");

    Result repeated =
        inoculum(
            "train",
            data,
            "--config",
            Path.of(String.valueOf(training.get("run"))).resolve("config.json"),
            "--dry-run");
    assertThat(repeated.exitCode()).isZero();
    assertThat(repeated.out())
        .isEqualTo(
            Files.readString(Path.of(String.valueOf(training.get("run"))).resolve("config.json")));
  }

  @Test
  void theAugmentationCanBeLookedAtBeforeATraining() throws IOException {
    Path data = Files.createDirectories(folder.resolve("to preview"));
    for (int i = 0; i < 3; i++) {
      Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 32)));
    }
    Path sheet = folder.resolve("sheet.png");
    Object[] command = {"train", data, "--preset", "tiny", "--preview-augment", sheet};
    Result previewed = inoculum(command);
    assertThat(previewed.exitCode()).isZero();
    assertThat(previewed.out().strip()).isEqualTo(sheet.toString());
    assertThat(ImageFiles.read(sheet, DecodingLimits.DEFAULT).width()).isEqualTo(8 * 34 - 2);
    assertOneLine(inoculum(command), 2, "exists already");
  }

  @Test
  void demoDoesTheMainJob() {
    Path out = folder.resolve("demo");
    Result demo = inoculum("demo", "--minutes", 0.02, "--out", out);
    assertThat(demo.err()).doesNotContain("bug");
    assertThat(demo.exitCode()).isZero();
    assertThat(demo.out()).contains("synthetic" + java.io.File.separator + "contact-sheet.png");
    assertThat(out.resolve("synthetic/contact-sheet.png")).isNotEmptyFile();
    assertThat(out.resolve("images/bacillus/63.png")).isNotEmptyFile();
    assertOneLine(inoculum("demo", "--out", out), 2, "exists already");
  }

  @Test
  void evaluateComparesFoldersAndMetricsTables() throws IOException {
    Path real = drawn("real", 14);
    Path fake = drawn("fake", 8);
    Result evaluated = inoculum("evaluate", fake, "--held-out", real, "--train", fake, "--json");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    Map<?, ?> result = Json.parse(evaluated.out(), Map.class, "stdout");
    Map<?, ?> kid = (Map<?, ?>) ((List<?>) Objects.requireNonNull(result.get("metrics"))).get(0);
    assertThat(kid.keySet().stream().map(String::valueOf))
        .containsExactly(
            "name",
            "value",
            "low",
            "high",
            "nReal",
            "nGenerated",
            "features",
            "estimator",
            "baseline");
    assertThat(String.valueOf(result.get("verdict"))).contains("copies");
    assertOneLine(inoculum("evaluate", fake), 2, "--held-out");
    assertOneLine(inoculum("evaluate", fake, "--held-out", real, "--count", 1), 2, "--count");
    assertOneLine(inoculum("evaluate", fake, "--held-out", real, "--features", "vgg"), 2, "vgg");
    assertOneLine(
        inoculum("evaluate", fake, "--held-out", real, "--features", "no.onnx"), 3, "no.onnx");
    assertOneLine(
        inoculum("evaluate", folder.resolve("missing"), "--held-out", real), 3, "no such folder");

    Path good = Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n3,5\n4,4\n0,1\n");
    Path nan = Files.writeString(folder.resolve("nan.csv"), "1,2\nNaN,2\n");
    Path ragged = Files.writeString(folder.resolve("ragged.csv"), "1,2\n1\n");
    Path constant = Files.writeString(folder.resolve("c.csv"), "1,1\n1,1\n");
    Map<?, ?> metrics =
        Json.parse(inoculum("metrics", good, good, "--k", 1, "--json").out(), Map.class, "stdout");
    assertThat(metrics.get("coverage")).isEqualTo(1.0);
    assertThat(metrics.keySet().stream().map(String::valueOf))
        .contains("precision", "recall", "density", "kid", "kidBiased", "fid", "vendi", "zU");
    assertThat(inoculum("metrics", constant, constant, "--k", 1).exitCode()).isZero();
    assertOneLine(inoculum("metrics", good, constant), 3, "a.csv", "more than k = 5");
    assertOneLine(inoculum("metrics", good, good, "--k", 0), 2, "--k");
    assertOneLine(inoculum("metrics", nan, good), 3, "nan.csv", "line 2, column 1");
    assertOneLine(inoculum("metrics", ragged, good), 3, "ragged.csv", "line 2");
  }

  @Test
  void prepareAndInspect() {
    Path data = drawn("cells", 3);
    Path out = folder.resolve("prepared");
    Result prepared =
        inoculum("prepare", data, "--out", out, "--size", 32, "--augment", "article", "--json");
    assertThat(prepared.exitCode()).isZero();
    assertThat(Json.parse(prepared.out(), Map.class, "stdout").get("images")).isEqualTo(30);
    assertOneLine(inoculum("prepare", data, "--out", out), 2, "prepared exists already");
    Result inspected = inoculum("inspect", data);
    assertThat(inspected.exitCode()).isZero();
    assertThat(inspected.out()).contains("3 images", "16 x 16", "fewer than 20");
    assertThat(
            Json.parse(inoculum("inspect", data, "--json").out(), Map.class, "stdout")
                .get("images"))
        .isEqualTo(3);
  }

  @Test
  void doctorSaysThatTheGradientsAreRight() {
    Result doctor = inoculum("doctor", "--json");
    assertThat(doctor.exitCode()).isZero();
    assertThat(Json.parse(doctor.out(), Map.class, "stdout").get("selfCheck")).isEqualTo("ok");
  }

  @Test
  void mistakesOnTheCommandLine() {
    Path data = drawn("cells", 3);
    assertOneLine(inoculum("train", data, "--batch", 0), 2, "--batch", "0");
    assertOneLine(inoculum("train", data, "--batch", "many"), 2, "--batch", "many");
    assertOneLine(inoculum("train", data, "--preset", "clasic"), 2, "clasic", "'classic'");
    assertOneLine(
        inoculum("train", data, "--set", "learningrate=1e-3"), 2, "learningrate", "'learningRate'");
    assertOneLine(inoculum("train", data, "--set", "learningRate=fast"), 2, "learningRate");
    assertOneLine(inoculum("train", data, "--set", "learningRate=-1"), 2, "learningRate", "-1");
    assertOneLine(inoculum("train", data, "--set", "objective=hing"), 2, "hing");
    assertOneLine(inoculum("train", data, "--size", 30), 2, "30 pixels");
    assertOneLine(inoculum("train", data, "--size", 0), 2, "0 pixels");
    assertOneLine(inoculum("train", data, "--minutes", 0), 2, "minutes");
    assertOneLine(inoculum("train", data, "--minutes", 1, "--kimg", 1), 2, "--minutes");
    assertOneLine(inoculum("train", data, "--threads", 0), 2, "--threads");
    assertOneLine(inoculum("train", data, "--precision", "f16"), 2, "f16");
    assertOneLine(inoculum("train", data, "--barch", 4), 2, "--barch", "--batch");
    assertOneLine(inoculum("trian", data), 2, "trian");
    assertOneLine(inoculum("train"), 2, "DATA");
    assertOneLine(inoculum(), 2, "command is missing");
    assertOneLine(
        inoculum("generate", data, "--count", 3, "--out", folder.resolve("x")), 3, "is not a run");
    assertOneLine(
        inoculum("generate", data, "--count", 0, "--out", folder.resolve("x")), 2, "--count");
    assertOneLine(
        inoculum("prepare", data, "--out", folder.resolve("x"), "--size", 1), 2, "--size");
    assertOneLine(
        inoculum("prepare", data, "--out", folder.resolve("x"), "--augment", "all"),
        2,
        "all",
        "any-angle");
    assertThat(folder.resolve("x")).doesNotExist();
    assertThat(Path.of("runs")).doesNotExist();
  }

  @Test
  void badData() throws IOException {
    assertBadData("missing", folder.resolve("missing"), "missing");
    assertBadData("a file", Files.writeString(folder.resolve("file.txt"), "x"), "file.txt");
    assertBadData("empty", Files.createDirectories(folder.resolve("empty")), "empty");
    assertBadData("one image", drawn("single", 1), "single");

    Path text = drawn("text", 2);
    Files.writeString(text.resolve("notes.png"), "hello");
    assertBadData("text called png", text, "notes.png");

    Path cut = drawn("cut", 2);
    byte[] whole = Png.encode(DrawnBacilli.draw(0, 9, 64));
    Files.write(cut.resolve("cut.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertBadData("truncated", cut, "cut.png");

    Path dot = drawn("dot", 2);
    Files.write(dot.resolve("dot.png"), Png.encode(new Image(1, 1, 3, 8, new short[3])));
    assertBadData("1 x 1", dot, "dot.png");

    Path bomb = drawn("bomb", 2);
    Files.write(bomb.resolve("bomb.png"), header(30_000, 30_000));
    assertBadData("bomb", bomb, "bomb.png");
  }

  @Test
  void outputThatCannotBeWritten() throws IOException {
    Path data = drawn("cells", 2);
    Path file = Files.writeString(folder.resolve("in the way"), "x");
    assertOneLine(
        inoculum(
            "train", data, "--preset", "classic", "--size", 16, "--iterations", 1, "--runs", file),
        4,
        "in the way");
    assertOneLine(inoculum("prepare", data, "--out", file.resolve("below")), 4, "below");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "inspect",
        "prepare",
        "train",
        "resume",
        "generate",
        "compose",
        "evaluate",
        "metrics",
        "utility",
        "detect",
        "report",
        "export",
        "doctor"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    Result help = command.isEmpty() ? inoculum("--help") : inoculum(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains(command.isEmpty() ? "inoculum demo" : "Example: inoculum " + command);
    assertThat(help.err()).isEmpty();
  }

  private void assertBadData(String what, Path data, String named) {
    Path runs = folder.resolve("runs");
    Result result =
        inoculum(
            "train", data, "--preset", "classic", "--size", 16, "--iterations", 1, "--runs", runs);
    assertOneLine(result, 3, named);
    assertThat(runs).as(what).doesNotExist();
  }

  static void assertOneLine(Result result, int exitCode, String... contained) {
    assertThat(result.err()).contains(contained);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err().lines().toList()).as("one line").hasSize(1);
    assertThat(result.out()).isEmpty();
  }

  /** The run of a training of one iteration. */
  static Path trained(Path data, Path runs) {
    Result trained =
        inoculum(
            "train",
            data,
            "--preset",
            "classic",
            "--iterations",
            1,
            "--batch",
            4,
            "--size",
            16,
            "--runs",
            runs,
            "--json");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    return Path.of(String.valueOf(Json.parse(trained.out(), Map.class, "stdout").get("run")));
  }

  private Path drawn(String name, int count) {
    Path data = folder.resolve(name);
    try {
      Files.createDirectories(data);
      for (int i = 0; i < count; i++) {
        Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return data;
  }

  /** A PNG that is all header. */
  private static byte[] header(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    chunk.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.array());
    return ByteBuffer.allocate(33)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
        .putInt(13)
        .put(chunk.array())
        .putInt((int) crc.getValue())
        .array();
  }

  @Test
  void theNearestWordIsFound() {
    assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggestions.unknown("preset", "modren", List.of("classic", "modern")).getMessage())
        .contains("did you mean 'modern'");
  }
}
