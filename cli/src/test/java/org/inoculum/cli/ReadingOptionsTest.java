package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inoculum.cli.CommandLineTest.Result;
import org.inoculum.data.Manifest;
import org.inoculum.data.Reading;
import org.inoculum.data.WindowChoice;
import org.inoculum.files.Json;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.image.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** High-bit-depth files, files of several images and bad files, from the command line. */
class ReadingOptionsTest {
  private static final int SIDE = 16;

  @TempDir private Path folder;
  private Path deep;

  /** Four files of 16 bits, of values from 1000 to 5000, and one that cannot be read. */
  @BeforeEach
  void deepImages() throws IOException {
    deep = Files.createDirectory(folder.resolve("deep"));
    for (int n = 0; n < 4; n++) {
      Files.write(deep.resolve(n + ".png"), Png.encode(ramp(n)));
    }
    Files.writeString(deep.resolve("bad.png"), "text");
  }

  @Test
  void aRunReadsAgainAsItHasRead() throws IOException {
    Path runs = folder.resolve("runs");
    Object[] train = {
      "train",
      deep,
      "--preset",
      "classic",
      "--iterations",
      2,
      "--batch",
      8,
      "--size",
      SIDE,
      "--runs",
      runs,
      "--window",
      "1000,3000",
      "--json"
    };
    Result refused = inoculum(train);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("bad.png: not a PNG", "(--skip-bad leaves it out)");

    Result trained = inoculum(and(train, "--skip-bad"));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("left out 1 of 5 files that cannot be read:");
    Path run = Path.of(String.valueOf(Json.parse(trained.out(), Map.class, "stdout").get("run")));
    Manifest manifest = Json.read(run.resolve("dataset.json"), Manifest.class);
    assertThat(manifest.window()).isEqualTo(new Window(1000, 3000));
    assertThat(manifest.skipped()).isEqualTo(1);
    assertThat(manifest.reading())
        .isEqualTo(
            new Reading(
                Reading.DEFAULT.plane(),
                new WindowChoice(1000, 3000, false),
                Reading.DEFAULT.limits(),
                true));

    Result resumed = inoculum("resume", run, "--iterations", 3);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    Result repeated = inoculum("train", deep, "--config", run.resolve("config.json"), "--dry-run");
    assertThat(repeated.exitCode()).as(repeated.err()).isZero();
    Map<?, ?> again = Json.parse(repeated.out(), Map.class, "stdout");
    Map<?, ?> before = Json.read(run.resolve("config.json"), Map.class);
    assertThat(again.get("reading")).isEqualTo(before.get("reading"));

    Path out = folder.resolve("generated");
    Result generated = inoculum("generate", run, "--count", 1, "--out", out, "--train", deep);
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    assertThat(Json.read(out.resolve("generation.json"), Map.class).get("window"))
        .isEqualTo(Map.of("low", 1000.0, "high", 3000.0));
    assertThat(generated.err()).doesNotContain("are not those that the run was trained on");
    Result report = inoculum("report", run);
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("1000,3000 became black to white", "1 file that could not be read");
  }

  @Test
  void inspectNamesBadFilesAndGoesOn() {
    Result inspected = inoculum("inspect", deep, "--json");
    assertThat(inspected.exitCode()).isZero();
    Map<?, ?> report = Json.parse(inspected.out(), Map.class, "stdout");
    assertThat(report.get("images")).isEqualTo(4);
    assertThat(report.get("window")).isEqualTo(Map.of("low", 1000.0, "high", 5000.0));
    assertThat((List<?>) report.get("unreadable")).hasSize(1);
    assertThat(inoculum("inspect", deep, "--window", "0,9").out()).contains("window:     0,9");
  }

  @Test
  void aPageIsChosen() throws IOException {
    Path stacks = Files.createDirectory(folder.resolve("stacks"));
    Files.write(stacks.resolve("a.tif"), twoPages(10, 20));
    Files.write(stacks.resolve("b.tif"), twoPages(30, 40));
    Path none = folder.resolve("none");
    Result unsaid = inoculum("prepare", stacks, "--out", none, "--size", 8);
    assertThat(unsaid.exitCode()).isEqualTo(3);
    assertThat(unsaid.err()).contains("a.tif: holds 2 pages; choose one with --page 1 to --page 2");
    assertThat(none).doesNotExist();
    Path out = folder.resolve("out");
    Result chosen = inoculum("prepare", stacks, "--out", out, "--size", 8, "--page", 2);
    assertThat(chosen.exitCode()).as(chosen.err()).isZero();
    assertThat(Files.readAllBytes(out.resolve("b.png")))
        .isEqualTo(Png.encode(new Image(8, 8, 1, 8, flat(40))));
    assertThat(inoculum("inspect", stacks, "--page", 1).out()).contains("2 pages (2)");
    assertThat(inoculum("inspect", stacks).exitCode()).isEqualTo(3);
  }

  @Test
  void limitsAreAdjustable() {
    Path out = folder.resolve("out");
    Result refused = inoculum("prepare", deep, "--out", out, "--max-pixels", 255, "--skip-bad");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("over the limit of 0.0 million (--max-pixels)");
    Result taken = inoculum("prepare", deep, "--out", out, "--max-pixels", 256, "--skip-bad");
    assertThat(taken.exitCode()).as(taken.err()).isZero();
    assertThat(taken.err()).contains("left out 1 of 5", "1000,5000 became 0 to 65535");
  }

  @Test
  void everyCommandThatReadsAFolderHasTheOptions() {
    for (String command :
        List.of("train", "prepare", "inspect", "evaluate", "utility", "generate")) {
      String help = inoculum(command, "--help-all").out();
      assertThat(help).as(command).contains("--channel", "--z", "--time", "--page", "--window");
    }
    for (Object[] wrong :
        new Object[][] {
          {"--page", 0}, {"--page", 1, "--z", 1}, {"--window", "5,1"}, {"--max-pixels", 0}
        }) {
      Result result = inoculum(and(new Object[] {"inspect", deep}, wrong));
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err().strip()).doesNotContain("\n");
    }
  }

  @Test
  void foldersThatAreComparedShareOneWindow() {
    Result evaluated =
        inoculum(
            "evaluate", deep, "--held-out", deep, "--features", "pixels", "--skip-bad", "--json");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    Map<?, ?> result = Json.parse(evaluated.out(), Map.class, "stdout");
    assertThat(Objects.requireNonNull(result.get("notes")).toString())
        .contains("1 real files cannot be read and were left out");
  }

  /** Of 1000 to 5000, laid down differently for each n. */
  private static Image ramp(int n) {
    short[] samples = new short[SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      int place = (i * (2 * n + 1) + 37 * n) % samples.length;
      samples[place] = (short) (1000 + 4000 * i / (samples.length - 1));
    }
    return new Image(SIDE, SIDE, 1, 16, samples);
  }

  private static short[] flat(int level) {
    short[] samples = new short[64];
    java.util.Arrays.fill(samples, (short) level);
    return samples;
  }

  /** A TIFF of two grey pages of 8 x 8, each of one level. */
  private static byte[] twoPages(int first, int second) {
    int[][] tags = {
      {256, 8}, {257, 8}, {258, 8}, {259, 1}, {262, 1}, {273, 0}, {278, 8}, {279, 64}
    };
    int directory = 2 + 12 * tags.length + 4;
    ByteBuffer file = ByteBuffer.allocate(8 + 2 * (directory + 64)).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    for (int level : new int[] {first, second}) {
      int strip = file.position() + directory;
      file.putShort((short) tags.length);
      for (int[] tag : tags) {
        file.putShort((short) tag[0]).putShort((short) 4).putInt(1);
        file.putInt(tag[0] == 273 ? strip : tag[1]);
      }
      file.putInt(level == first ? strip + 64 : 0);
      for (int i = 0; i < 64; i++) {
        file.put((byte) level);
      }
    }
    return file.array();
  }

  private static Object[] and(Object[] words, Object... more) {
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
