package org.inoculum.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.Sizes;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test 5 of docs/explanation/reliability.md: whatever happens to a checkpoint, it is found out. */
class CheckpointDamageTest {
  private static final List<String> FILES =
      List.of("state.safetensors", "training.json", "config.json", Checkpoint.MANIFEST);

  @TempDir private Path folder;

  private RunDirectory run = new RunDirectory(Path.of(""));
  private Path newest = Path.of("");

  @BeforeEach
  void twoCheckpoints() {
    run = RunDirectory.create(folder, "cells", Map.of("config.json", "{}"));
    run.writeCheckpoint(100, files(100));
    run.writeCheckpoint(200, files(200));
    newest = run.path().resolve("checkpoints/000200");
  }

  @Test
  void everyBitFlipAndTruncationIsFoundAndTheOneBeforeIsUsed() throws IOException {
    int trials = Sizes.of(1000, 10_000);
    for (int trial = 0; trial < trials; trial++) {
      RandomStream random = RandomStream.of(5, Purpose.CHECKING, trial);
      Path file = newest.resolve(FILES.get(trial % FILES.size()));
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      if (trial % 5 == 4) {
        damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
      } else {
        damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      assertTheOneBeforeIsUsed("trial " + trial + ", " + file.getFileName());
      Files.write(file, whole);
    }
    assertThat(run.newestCheckpoint(warning -> {}).orElseThrow().iteration()).isEqualTo(200);
  }

  @Test
  void everyMissingAndEmptyFileIsFound() throws IOException {
    for (String name : FILES) {
      byte[] whole = Files.readAllBytes(newest.resolve(name));
      Files.delete(newest.resolve(name));
      assertTheOneBeforeIsUsed("missing " + name);
      Files.write(newest.resolve(name), new byte[0]);
      assertTheOneBeforeIsUsed("empty " + name);
      Files.write(newest.resolve(name), whole);
    }
  }

  @Test
  void aManifestThatIsNoneIsFound() throws IOException {
    Path file = newest.resolve(Checkpoint.MANIFEST);
    String whole = Files.readString(file);
    for (String text :
        List.of(
            "null\n",
            whole.replace("\"config.json\"", "null"),
            whole.replace("config.json", "../config.json"))) {
      Files.writeString(file, text);
      assertTheOneBeforeIsUsed(text);
    }
  }

  @Test
  void aFileOrAFolderOfAnotherCheckpointIsFound() throws IOException {
    Path other = run.path().resolve("checkpoints/000100");
    for (String name : FILES) {
      byte[] whole = Files.readAllBytes(newest.resolve(name));
      Files.write(newest.resolve(name), Files.readAllBytes(other.resolve(name)));
      assertTheOneBeforeIsUsed("swapped " + name);
      Files.write(newest.resolve(name), whole);
    }
    Path renamed = run.path().resolve("checkpoints/000300");
    Files.move(newest, renamed);
    assertTheOneBeforeIsUsed("a renamed folder");
  }

  @Test
  void theNewestThreeTheBestAndTheFirstOfTenThousandStay() {
    run.markBest(300);
    for (long iteration : new long[] {300, 400, 10_200, 10_300, 10_400, 10_500, 10_600}) {
      run.writeCheckpoint(iteration, files(iteration));
    }
    assertThat(NumberedFolders.children(run.path().resolve("checkpoints")))
        .extracting(path -> path.getFileName().toString())
        .containsExactlyInAnyOrder("000300", "010200", "010400", "010500", "010600");
  }

  private void assertTheOneBeforeIsUsed(String what) {
    List<String> warnings = new ArrayList<>();
    assertThat(run.newestCheckpoint(warnings::add).orElseThrow().iteration())
        .as(what)
        .isEqualTo(100);
    assertThat(warnings).as(what).singleElement().asString().contains("passed over");
  }

  private static Map<String, byte[]> files(long iteration) {
    byte[] state = new byte[4000];
    RandomStream random = RandomStream.of(iteration, Purpose.CHECKING, 0);
    for (int i = 0; i < state.length; i++) {
      state[i] = (byte) random.nextInt(256);
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("state.safetensors", state);
    files.put("training.json", bytes("{\"iteration\":" + iteration + "}\n"));
    files.put("config.json", bytes("{\"seed\":" + iteration + "}\n"));
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
