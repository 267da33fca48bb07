package org.inoculum.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inoculum.UserException;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunLock;
import org.inoculum.run.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of run directories in every state that they can be in. */
class RunsTest {
  @TempDir private Path folder;

  private Run run(String name) {
    return Runs.in(folder).all().stream()
        .filter(run -> run.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static RunStatus running(long iteration) {
    return new RunStatus(RunStatus.State.RUNNING, iteration, 1, 2, 3, "");
  }

  @Test
  void aFinishedRun() throws IOException {
    ShownRuns.run(folder, "00000-a", 200);
    RunDetails details = RunDetails.of(run("00000-a"));
    RunRow row = details.row();
    assertThat(row.status().state()).isEqualTo("finished");
    assertThat(row.status().iteration()).isEqualTo(200);
    assertThat(row.preset()).isEqualTo("tiny");
    assertThat(row.sampleGrid()).isEqualTo("000100");
    ScoreLine.Scored distance =
        Objects.requireNonNull(Objects.requireNonNull(row.best()).scores().get("energyDistance"));
    assertThat(distance.value()).isEqualTo(0.5);
    assertThat(distance.low()).isCloseTo(0.304, org.assertj.core.data.Offset.offset(1e-3));
    assertThat(distance.baseline()).isEqualTo(0.001);
    ScoreLine.Scored coverage = Objects.requireNonNull(row.best().scores().get("coverage"));
    assertThat(coverage.low()).isBetween(0.3, 0.4);
    assertThat(details.settings()).containsEntry("recipe.learningRate", 2.0E-4);
    assertThat(details.sampleGrids()).containsExactly("000000", "000100");
    assertThat(details.reals()).isTrue();
    assertThat(details.nearest()).isNotNull();
    assertThat(run("00000-a").lastLines("log.txt", 1000))
        .containsExactly("first line", "second line");
    assertThat(run("00000-a").lastLines("log.txt", 17)).containsExactly("second line");
  }

  @Test
  void theVerdictIsThatOfTheBestSnapshotByScattering() throws IOException {
    Path path = ShownRuns.run(folder, "00000-a", 200);
    assertThat(RunDetails.of(run("00000-a")).verdict()).isNull();
    Files.writeString(path.resolve("best.json"), "{\"iteration\":100}");
    Path kept = Files.createDirectories(path.resolve("evaluations"));
    String text =
        "{\"features\":\"%s\",\"heldOut\":\"/h\",\"evaluation\":{\"verdict\":{\"conclusion\":\"FAULTY\",\"summary\":\"s %s\",\"advice\":\"a\"}}}";
    Files.writeString(kept.resolve("000200-scattering.json"), text.formatted("other", "other"));
    assertThat(RunDetails.of(run("00000-a")).verdict()).isNull();
    Files.writeString(kept.resolve("000100-net.onnx.json"), text.formatted("net.onnx", "net"));
    Files.writeString(kept.resolve("000100-pixels.json"), "{\"features\":1}");
    assertThat(RunDetails.of(run("00000-a")).verdict())
        .isEqualTo(new KeptVerdict("000100", "net.onnx", "/h", "FAULTY", "s net", "a"));
    Files.writeString(kept.resolve("000100-scattering.json"), text.formatted("scattering", "own"));
    assertThat(RunDetails.of(run("00000-a")).verdict())
        .isEqualTo(new KeptVerdict("000100", "scattering", "/h", "FAULTY", "s own", "a"));
  }

  @Test
  void whoTrainsItTellsWhetherItRuns() throws IOException {
    Path path = ShownRuns.run(folder, "00000-a", 200);
    ShownRuns.write(path.resolve("status.json"), running(100));
    assertThat(RunState.of(run("00000-a")).state()).isEqualTo("killed");
    try (RunLock lock = RunLock.acquire(new RunDirectory(path))) {
      RunState now = RunState.of(run("00000-a"));
      assertThat(now.state()).isEqualTo("running");
      assertThat(now.iteration()).as("newer than the status").isEqualTo(200);
      assertThat(now.progress()).isEqualTo(1.0);
    }
    ShownRuns.write(
        path.resolve("lock.json"),
        new RunLock.Owner("another-machine", 1, "then", "2026-11-24T10:00:00Z"));
    assertThat(RunState.of(run("00000-a")).state()).isEqualTo("elsewhere");
  }

  @Test
  void whatIsMissingOrDamagedIsLeftOut() throws IOException {
    for (String nonsense : List.of("", "{", "null", "[]", "\u0000\u0001", "[".repeat(50_000))) {
      Path path = ShownRuns.run(folder, "00000-a", 3);
      for (String name :
          List.of(
              "config.json",
              "dataset.json",
              "status.json",
              "provenance.json",
              "best.json",
              "stats.jsonl",
              "metrics.jsonl",
              "lock.json",
              "log.txt")) {
        Files.writeString(path.resolve(name), nonsense);
      }
      Files.writeString(path.resolve("samples/000100.png"), nonsense);
      RunDetails details = RunDetails.of(run("00000-a"));
      assertThat(details.row().status().state()).isEqualTo("unknown");
      assertThat(details.row().best()).isNull();
      assertThat(new Thumbnails().of(run("00000-a"))).isEmpty();
      assertThat(Watch.run(run("00000-a"))).contains("unknown");
    }
    Path bare = Files.createDirectories(folder.resolve("00001-bare"));
    Files.writeString(bare.resolve("config.json"), "{}");
    assertThat(RunDetails.of(run("00001-bare")).sampleGrids()).isEmpty();
  }

  @Test
  void aDocumentThatIsTooLargeIsNotRead() throws IOException {
    Path path = ShownRuns.run(folder, "00000-a", 3);
    Files.writeString(
        path.resolve("dataset.json"), "{\"root\":\"" + "a".repeat(Run.LARGEST_DOCUMENT) + "\"}");
    assertThat(RunDetails.of(run("00000-a")).data()).isEmpty();
  }

  @Test
  void anyNameCanBeCalled() throws IOException {
    for (String name :
        List.of("00000-a", "a b", "\u7D30\u80DE", "<b>", "..a", "%2e%2e", "~0123", "-x")) {
      ShownRuns.run(folder, name, 1);
    }
    Files.createDirectories(folder.resolve("no run"));
    Runs runs = Runs.in(folder);
    assertThat(runs.all()).hasSize(8);
    for (Run run : runs.all()) {
      assertThat(run.id()).matches("[A-Za-z0-9._~-]+");
      assertThat(runs.find(run.id())).contains(run);
    }
    for (String id :
        List.of("", ".", "..", "../x", "no run", "no%20run", "~", "~0123456789abcdef", "a b")) {
      assertThat(runs.find(id)).as(id).isEmpty();
    }
  }

  @Test
  void thumbnailsShowTheFirstImages() throws IOException {
    ShownRuns.run(folder, "00000-a", 1);
    byte[] png = new Thumbnails().of(run("00000-a")).orElseThrow();
    var image =
        org.inoculum.image.ImageFiles.decode(
            png, "thumbnail", org.inoculum.image.DecodingLimits.DEFAULT);
    assertThat(image.width()).isEqualTo(2 * 16); // a sheet of four has two columns
    assertThat(image.height()).isEqualTo(16);
  }

  @Test
  void whatChangesIsTold() throws IOException {
    Path path = ShownRuns.run(folder, "00000-a", 3);
    String all = Watch.all(Runs.in(folder));
    Map<?, ?> before = label();
    assertThat(label()).isEqualTo(before);
    Files.writeString(
        path.resolve("stats.jsonl"),
        ShownRuns.stats(4, 4),
        java.nio.file.StandardOpenOption.APPEND);
    Map<?, ?> after = label();
    assertThat(after.get("curves")).isNotEqualTo(before.get("curves"));
    assertThat(after.get("scores")).isEqualTo(before.get("scores"));
    assertThat(Watch.all(Runs.in(folder))).isNotEqualTo(all);
  }

  private Map<?, ?> label() {
    return org.inoculum.files.Json.parse(Watch.run(run("00000-a")), Map.class, "test");
  }

  @Test
  void anotherFolderIsRefused() throws IOException {
    Path run = ShownRuns.run(folder, "00000-a", 1);
    assertThatThrownBy(() -> Runs.in(run))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a run itself");
    assertThatThrownBy(() -> Runs.in(folder.resolve("none"))).isInstanceOf(UserException.class);
  }
}
