package org.inoculum.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.run.RunStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final Map<String, String> DOCUMENTS = Map.of("config.json", "{}");

  @TempDir private Path runs;

  @Test
  void runsAreNumberedAfterTheLastOne() throws IOException {
    assertThat(name(RunDirectory.create(runs, "a b/ü", DOCUMENTS))).isEqualTo("00000-a-b-");
    Files.createDirectories(runs.resolve("00041-something-else"));
    Files.createDirectories(runs.resolve("notes"));
    RunDirectory run = RunDirectory.create(runs, "cells", DOCUMENTS);
    assertThat(name(run)).isEqualTo("00042-cells");
    assertThat(Files.readString(run.path().resolve("config.json"))).isEqualTo("{}");
  }

  @Test
  void theStatusIsReplaced() {
    RunDirectory run = RunDirectory.create(runs, "cells", DOCUMENTS);
    run.writeStatus(new RunStatus(State.RUNNING, 1, 0.1, 2, 50, ""));
    RunStatus last = new RunStatus(State.FINISHED, 2, 0.2, 4, 50, "");
    run.writeStatus(last);
    assertThat(run.status()).isEqualTo(last);
  }

  @Test
  void theNewestThreeSnapshotsStayAndEveryThousandth() throws IOException {
    RunDirectory run = RunDirectory.create(runs, "cells", DOCUMENTS);
    for (long iteration : new long[] {900, 1000, 1100, 1200, 1300, 1400}) {
      snapshot(run, iteration);
    }
    try (Stream<Path> left = Files.list(run.path().resolve("snapshots"))) {
      assertThat(left.map(folder -> folder.getFileName().toString()).sorted())
          .containsExactly("001000", "001200", "001300", "001400");
    }
  }

  @Test
  void aDamagedSnapshotIsPassedOverAndToldOf() throws IOException {
    RunDirectory run = RunDirectory.create(runs, "cells", DOCUMENTS);
    snapshot(run, 100);
    snapshot(run, 200);
    Path weights = run.path().resolve("snapshots/000200/generator.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 4;
    Files.write(weights, bytes);
    List<String> warnings = new ArrayList<>();
    assertThat(run.newestSnapshot(warnings::add).orElseThrow().name()).isEqualTo("000100");
    assertThat(warnings).singleElement().asString().contains("000200").contains("damaged");
  }

  /** A power cut may leave a file of the right length with zeros where nothing was forced. */
  @Test
  void statisticsThatAPowerCutHasSpoiltAreCutWithTheRest() throws IOException {
    RunDirectory run = RunDirectory.create(runs, "cells", DOCUMENTS);
    Path stats = run.path().resolve("stats.jsonl");
    String kept = "{\"iteration\":1}\n{\"iteration\":2}\n";
    Files.writeString(stats, kept + "{\"iter\0\0\0\0\0on\":4}\n{\"iteration\":5}\n");
    run.cutLinesAfter(2);
    assertThat(Files.readString(stats)).isEqualTo(kept);
  }

  @Test
  void theBestSnapshotIsUsedUnlessAnotherIsNamed() {
    RunDirectory run = RunDirectory.create(runs, "a", Map.of("config.json", "{}"));
    List<String> told = new ArrayList<>();
    snapshot(run, 100);
    assertThat(SnapshotChoice.BEST.in(run, told::add).name()).isEqualTo("000100"); // none evaluated
    run.markBest(100);
    for (long iteration : new long[] {200, 300, 400, 500}) {
      snapshot(run, iteration);
    }
    assertThat(SnapshotChoice.parse("best").in(run, told::add).name()).isEqualTo("000100");
    assertThat(SnapshotChoice.parse("newest").in(run, told::add).name()).isEqualTo("000500");
    assertThat(SnapshotChoice.parse("300").in(run, told::add).name()).isEqualTo("000300");
    assertThat(told).isEmpty();
    assertThatThrownBy(() -> SnapshotChoice.parse("200").in(run, told::add))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("000500, 000400, 000300, 000100");
    assertThatThrownBy(() -> SnapshotChoice.parse("last"))
        .hasMessageContaining("best, newest or the number");
  }

  @Test
  void aDamagedBestSnapshotIsNotReplacedByAnother() throws IOException {
    RunDirectory run = RunDirectory.create(runs, "a", DOCUMENTS);
    snapshot(run, 100);
    run.markBest(100);
    snapshot(run, 200);
    Path weights = run.path().resolve("snapshots/000100/generator.safetensors");
    Files.write(weights, new byte[3]);
    List<String> told = new ArrayList<>();
    assertThatThrownBy(() -> SnapshotChoice.BEST.in(run, told::add))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageContaining(weights.toString())
        .hasMessageContaining("--snapshot newest");
    assertThat(SnapshotChoice.NEWEST.in(run, told::add).name()).isEqualTo("000200");
    assertThat(told).isEmpty();
  }

  /** A training that goes back to its newest checkpoint needs what was the best one then. */
  @Test
  void formerBestSnapshotsStayUntilTheNextCheckpoint() {
    RunDirectory run = RunDirectory.create(runs, "a", Map.of("config.json", "{}"));
    snapshot(run, 100);
    run.markBest(100);
    snapshot(run, 200);
    run.markBest(200);
    for (long iteration : new long[] {300, 400, 500}) {
      snapshot(run, iteration);
    }
    assertThat(run.snapshots().names()).contains("000100", "000200");
    run.writeCheckpoint(500, Map.of());
    snapshot(run, 600);
    assertThat(run.snapshots().names()).contains("000200").doesNotContain("000100");
  }

  @Test
  void anotherFolderIsNotARun() {
    assertThatThrownBy(() -> RunDirectory.open(runs))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a run");
  }

  private static void snapshot(RunDirectory run, long iteration) {
    run.writeSnapshot(
        iteration,
        new byte[] {1, 2, 3, (byte) iteration},
        sha256 -> new SnapshotInfo("classic", 32, 3, 100, 128, 1, null, iteration, 0.1, sha256));
  }

  private static String name(RunDirectory run) {
    return run.path().getFileName().toString();
  }
}
