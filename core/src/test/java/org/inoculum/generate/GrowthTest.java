package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.data.Manifest;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.model.ClassicGenerator;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.GeneratorFile;
import org.inoculum.run.RunDirectory;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest extends TorchTest {
  @TempDir private Path folder;

  @Test
  void imageIOfASeedIsTheSameFileWhateverTheCountAndTheThreads() throws IOException {
    RunDirectory run = run("bacillus");
    Path few = grow(run, "few", options(5, 1, 2));
    Path many = grow(run, "many", options(70, 1, 1));
    Path other = grow(run, "other", options(5, 2, 2));
    for (int i = 0; i < 5; i++) {
      String file = "bacillus/" + RunDirectory.number(i) + ".png";
      assertThat(Files.readAllBytes(few.resolve(file)))
          .isEqualTo(Files.readAllBytes(many.resolve(file)));
      assertThat(Files.readAllBytes(few.resolve(file)))
          .isNotEqualTo(Files.readAllBytes(other.resolve(file)));
    }
  }

  @Test
  void theManifestNamesEveryImageWithItsHash() throws IOException {
    Path grown = grow(run("bacillus"), "grown", options(66, 7, 2));
    List<GrownImage> rows = Json.readLines(grown.resolve("manifest.jsonl"), GrownImage.class);
    assertThat(rows).hasSize(66).doesNotHaveDuplicates();
    assertThat(rows.stream().map(GrownImage::sha256)).doesNotHaveDuplicates();
    for (GrownImage row : rows) {
      assertThat(Sha256.of(Files.readAllBytes(grown.resolve(row.file())))).isEqualTo(row.sha256());
      assertThat(row.seed()).isEqualTo(7);
      assertThat(row.className()).isEqualTo("bacillus");
    }
    GrownSet set = Json.read(grown.resolve("generation.json"), GrownSet.class);
    assertThat(set.count()).isEqualTo(66);
    assertThat(set.notice()).contains("not anonymisation");
    assertThat(grown.resolve("contact-sheet.png")).isNotEmptyFile();
  }

  @Test
  void severalClassesWithoutLabelsAreSaidAndUnlabelled() {
    List<String> warnings = new ArrayList<>();
    Path out = folder.resolve("grown");
    Growth.grow(run("a", "b"), out, options(2, 0, 2), warnings::add, done -> {}, () -> false);
    assertThat(out.resolve("unlabelled/000001.png")).exists();
    assertThat(warnings).singleElement().asString().contains("knows no classes");
  }

  @Test
  void aStoppedGrowthLeavesNothing() {
    Path out = folder.resolve("grown");
    int[] asked = new int[1];
    int made =
        Growth.grow(
            run("a"), out, options(200, 0, 2), warning -> {}, done -> {}, () -> asked[0]++ == 2);
    assertThat(made).isEqualTo(128);
    assertThat(out).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void nothingIsOverwrittenAndAnEmptyRunIsSaid() throws IOException {
    RunDirectory run = run("a");
    Path taken = Files.createDirectories(folder.resolve("taken"));
    assertThatThrownBy(
            () -> Growth.grow(run, taken, options(1, 0, 2), w -> {}, d -> {}, () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("taken exists already");
    RunDirectory empty =
        RunDirectory.create(folder.resolve("runs"), "empty", Map.of("config.json", "{}"));
    assertThatThrownBy(() -> grow(empty, "none", options(1, 0, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no whole snapshot");
  }

  private Path grow(RunDirectory run, String name, GrowOptions options) {
    Path out = folder.resolve(name);
    Growth.grow(run, out, options, warning -> {}, done -> {}, () -> false);
    return out;
  }

  private RunDirectory run(String... classes) {
    List<Manifest.ClassCount> counts = new ArrayList<>();
    for (String name : classes) {
      counts.add(new Manifest.ClassCount(name, 3));
    }
    Manifest manifest =
        new Manifest("data", 16, 3, 3, counts, OfflineAugmentation.NONE.word(), List.of(), "");
    RunDirectory run =
        RunDirectory.create(
            folder.resolve("runs"),
            "made",
            Map.of("config.json", "{}", "dataset.json", Json.document(manifest)));
    try (ClassicGenerator generator =
        ClassicGenerator.initialise(new ClassicShape(16, 3, 100), 5)) {
      run.writeSnapshot(
          100,
          GeneratorFile.encode(generator),
          sha256 -> GeneratorFile.describe(generator, 100, 0.1, sha256));
    }
    return run;
  }

  private static GrowOptions options(int count, long seed, int threads) {
    return new GrowOptions(count, seed, threads, PrecisionChoice.AUTO);
  }
}
