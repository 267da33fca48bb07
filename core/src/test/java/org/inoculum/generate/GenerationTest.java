package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.FileProgress;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest extends TorchTest {
  @TempDir private Path folder;

  @Test
  void imageIOfASeedIsTheSameFileWhateverTheCountAndTheThreads() throws IOException {
    RunDirectory run = run("bacillus");
    Path few = generate(run, "few", options(5, 1, 2));
    Path many = generate(run, "many", options(70, 1, 1));
    Path other = generate(run, "other", options(5, 2, 2));
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
    Path generated = generate(run("bacillus"), "generated", options(66, 7, 2));
    List<GeneratedImage> rows =
        Json.readLines(generated.resolve("manifest.jsonl"), GeneratedImage.class);
    assertThat(rows).hasSize(66).doesNotHaveDuplicates();
    assertThat(rows.stream().map(GeneratedImage::sha256)).doesNotHaveDuplicates();
    for (GeneratedImage row : rows) {
      assertThat(Sha256.of(Files.readAllBytes(generated.resolve(row.file()))))
          .isEqualTo(row.sha256());
      assertThat(row.seed()).isEqualTo(7);
      assertThat(row.className()).isEqualTo("bacillus");
    }
    SyntheticSet set = FormatVersion.read(generated.resolve("generation.json"), SyntheticSet.class);
    assertThat(set.count()).isEqualTo(66);
    assertThat(set.notice()).contains("not anonymisation");
    assertThat(generated.resolve("contact-sheet.png")).isNotEmptyFile();
  }

  @Test
  void severalClassesWithoutLabelsAreSaidAndUnlabelled() {
    List<String> warnings = new ArrayList<>();
    Path out = folder.resolve("generated");
    Generation.generate(
        run("a", "b"),
        out,
        options(2, 0, 2),
        Optional.empty(),
        warnings::add,
        FileProgress.NONE,
        () -> false);
    assertThat(out.resolve("unlabelled/000001.png")).exists();
    assertThat(warnings).singleElement().asString().contains("knows no classes");
  }

  /** Whatever is damaged in what copies are searched with, no set comes of it. */
  @Test
  void descriptorsThatAreNotThoseOfTheTrainingStopTheGeneration() throws IOException {
    RunDirectory run = MadeRun.thatLearnedByHeart(folder, 1);
    GenerateOptions filtered =
        new GenerateOptions(
            8, 1, 1, PrecisionChoice.F32, true, SnapshotChoice.BEST, Optional.empty());
    Path descriptors = run.path().resolve("training-descriptors.json");
    Path sums = run.path().resolve("training-descriptors.sha256");
    String text = Files.readString(descriptors);
    String sum = Files.readString(sums);
    List<Map.Entry<Path, String>> damages =
        List.of(
            Map.entry(
                descriptors, text.replaceAll("(\"(upright|diagonal)\":\")[^\"]{8}", "$1AAAAAAAA")),
            Map.entry(descriptors, text.replaceFirst("\"contrast\":", "\"contrast\":1")),
            Map.entry(descriptors, text.replaceFirst("\"name\":\"[^\"]*\"", "\"name\":\"x\"")),
            Map.entry(descriptors, ""),
            Map.entry(sums, sum.replace(sum.charAt(0), sum.charAt(0) == 'a' ? 'b' : 'a')),
            Map.entry(sums, ""));
    for (Map.Entry<Path, String> damage : damages) {
      assertThat(damage.getKey()).content().isNotEqualTo(damage.getValue());
      Files.writeString(damage.getKey(), damage.getValue());
      assertThatThrownBy(
              () ->
                  Generation.generate(
                      run,
                      folder.resolve("out"),
                      filtered,
                      Optional.empty(),
                      w -> {},
                      FileProgress.NONE,
                      () -> false))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
          .hasMessageContaining("copies of training images cannot be searched")
          .hasMessageContaining("--no-filter");
      assertThat(folder.resolve("out")).doesNotExist();
      Files.writeString(descriptors, text);
      Files.writeString(sums, sum);
    }
  }

  @Test
  void aStoppedGenerationIsNotThereUnderItsName() {
    Path out = folder.resolve("generated");
    int[] asked = new int[1];
    GenerationResult made =
        Generation.generate(
            run("a"),
            out,
            options(200, 0, 2),
            Optional.empty(),
            warning -> {},
            FileProgress.NONE,
            () -> asked[0]++ == 2);
    assertThat(made).isEqualTo(new GenerationResult(128, 0));
    assertThat(out).doesNotExist();
    assertThat(folder.resolve(".generated.part")).isDirectory();
    generate(run("a"), "generated", options(1, 0, 2));
    assertThat(folder.resolve(".generated.part")).doesNotExist();
    assertThat(out.resolve("a")).isDirectoryContaining("glob:**000000.png");
    assertThat(out.resolve("a/000001.png")).doesNotExist();
  }

  @Test
  void nothingIsOverwrittenAndAnEmptyRunIsSaid() throws IOException {
    RunDirectory run = run("a");
    Files.createDirectories(folder.resolve("taken"));
    assertThatThrownBy(() -> generate(run, "taken", options(1, 0, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("taken exists already");
    RunDirectory empty =
        RunDirectory.create(folder.resolve("runs"), "empty", Map.of("config.json", "{}"));
    assertThatThrownBy(() -> generate(empty, "none", options(1, 0, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no whole snapshot");
  }

  @Test
  void aCopyIsKeptOutAndASmallerSetBeginsALargerOne() throws IOException {
    RunDirectory run = MadeRun.in(folder, 3, "bacillus");
    Path all = generate(run, "all", filteredOff(8));
    // As if the generator had memorised its image 2.
    DataSet training =
        training(ImageFiles.read(all.resolve("bacillus/000002.png"), DecodingLimits.DEFAULT));
    MadeRun.remember(run, training);

    Path few = generate(run, "few", filtered(5));
    List<RejectedImage> rejected =
        Json.readLines(few.resolve("rejected.jsonl"), RejectedImage.class);
    assertThat(rejected).anyMatch(one -> one.index() == 2 && one.reason().equals("copy"));
    assertThat(rejected)
        .filteredOn(one -> one.index() == 2)
        .extracting(RejectedImage::nearestReal)
        .containsExactly("learned.png");
    List<GeneratedImage> accepted =
        Json.readLines(few.resolve("manifest.jsonl"), GeneratedImage.class);
    assertThat(accepted).hasSize(5).allMatch(one -> one.nearestReal() != null && one.index() != 2);

    Path many = generate(run, "many", filtered(9));
    assertThat(Json.readLines(many.resolve("manifest.jsonl"), GeneratedImage.class).subList(0, 5))
        .isEqualTo(accepted);
    SyntheticSet set = FormatVersion.read(many.resolve("generation.json"), SyntheticSet.class);
    assertThat(set.notice()).contains("not anonymisation", "all 5 training images", "rejected");
    assertThat(Objects.requireNonNull(set.copyTest()).copies()).isPositive();
    assertThat(run.path().resolve("samples/nearest.png")).doesNotExist();

    Generation.generate(
        run,
        folder.resolve("shown"),
        filtered(5),
        Optional.of(training),
        w -> {},
        FileProgress.NONE,
        () -> false);
    assertThat(run.path().resolve("samples/nearest.png")).isNotEmptyFile();
    assertThat(folder.resolve("shown")).isDirectoryNotContaining("glob:**nearest*");
  }

  @Test
  void aGeneratorThatMakesOneImageOnlyIsStopped() {
    RunDirectory run = run("bacillus");
    MadeRun.remember(run, training());
    assertThatThrownBy(() -> generate(run, "hopeless", filtered(1000)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("repeats of another generated image")
        .hasMessageContaining("--no-filter");
    assertThat(folder.resolve("hopeless")).doesNotExist();
    assertThat(folder.resolve(".hopeless.part")).doesNotExist();
  }

  @Test
  void aRunThatRemembersNoTrainingImagesIsSaid() {
    RunDirectory run = run("bacillus");
    assertThatThrownBy(() -> generate(run, "none", filtered(1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--train DIR")
        .hasMessageContaining("--no-filter");
  }

  @Test
  void truncationChangesTheImagesAndIsToldOf() throws IOException {
    RunDirectory run = run("bacillus");
    Path whole = generate(run, "as learnt", truncated(Latents.NO_TRUNCATION));
    Path unused = generate(run, "out of reach", truncated(100));
    Path usual = generate(run, "usual", truncated(0.5));
    String name = "bacillus/000000.png";
    assertThat(pixels(unused.resolve(name))).isEqualTo(pixels(whole.resolve(name)));
    assertThat(pixels(usual.resolve(name))).isNotEqualTo(pixels(whole.resolve(name)));
    assertThat(Files.readString(whole.resolve("README.md"))).doesNotContain("truncation");
    assertThat(Files.readString(usual.resolve("README.md"))).contains("| truncation |", "0.5");
    assertThat(Files.readString(usual.resolve("generation.json"))).contains("\"truncation\" : 0.5");
    assertThatThrownBy(() -> truncated(0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--truncation must be at least 0.1");
    assertThatThrownBy(() -> truncated(Double.NaN)).isInstanceOf(UserException.class);
  }

  private static short[] pixels(Path file) {
    return ImageFiles.read(file, DecodingLimits.DEFAULT).samples();
  }

  private static GenerateOptions truncated(double most) {
    return new GenerateOptions(
        2,
        1,
        2,
        PrecisionChoice.F32,
        false,
        SnapshotChoice.BEST,
        Optional.empty(),
        SyntheticFormat.FOLDER,
        Shard.WHOLE,
        false,
        GenerateOptions.TAR_BYTES,
        OptionalInt.empty(),
        most);
  }

  private static GenerateOptions filteredOff(int count) {
    return new GenerateOptions(
        count, 1, 2, PrecisionChoice.F32, false, SnapshotChoice.BEST, Optional.empty());
  }

  private static GenerateOptions filtered(int count) {
    return new GenerateOptions(
        count, 1, 2, PrecisionChoice.F32, true, SnapshotChoice.BEST, Optional.empty());
  }

  /** Drawn images, and these. */
  private static DataSet training(Image... learned) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      samples.add(new Sample(i + ".png", 0, DrawnBacilli.draw(0, i, 16), ""));
    }
    for (Image image : learned) {
      samples.add(new Sample("learned.png", 0, image, ""));
    }
    return new DataSet(
        "data", List.of("bacillus"), 16, 3, samples, OfflineAugmentation.NONE, List.of());
  }

  private Path generate(RunDirectory run, String name, GenerateOptions options) {
    Path out = folder.resolve(name);
    Generation.generate(
        run, out, options, Optional.empty(), warning -> {}, FileProgress.NONE, () -> false);
    return out;
  }

  private RunDirectory run(String... classes) {
    return MadeRun.in(folder, 1, classes);
  }

  private static GenerateOptions options(int count, long seed, int threads) {
    return new GenerateOptions(
        count, seed, threads, PrecisionChoice.AUTO, false, SnapshotChoice.BEST, Optional.empty());
  }
}
