package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generating the images of a list. */
class ListedGenerationTest extends TorchTest {
  @TempDir private Path folder;
  private RunDirectory run;

  @BeforeEach
  void aRun() {
    run = MadeRun.in(folder, 3, "bacillus");
  }

  @ParameterizedTest
  @EnumSource
  void eachImageIsTheFileThatItsSeedGives(SyntheticFormat format) throws IOException {
    Path zero = generate("zero", ofSeed(0, Latents.NO_TRUNCATION), 99);
    Path nine = generate("nine", ofSeed(9, Latents.NO_TRUNCATION), 99);
    Path usual = generate("usual", ofSeed(9, 0.5), 99);
    Path generated =
        generate(
            "generated",
            listed(
                format,
                false,
                false,
                "{\"seed\": 9, \"index\": 70}",
                "{\"seed\": 0, \"index\": 6, \"class\": \"bacillus\"}",
                "{\"seed\": 9, \"index\": 6}",
                "{\"seed\": 9, \"index\": 6, \"truncation\": 0.5}"),
            99);
    List<GeneratedImage> rows = rows(generated);
    assertThat(rows)
        .extracting(GeneratedImage::sha256)
        .containsExactly(sha256(nine, 70), sha256(zero, 6), sha256(nine, 6), sha256(usual, 6))
        .doesNotHaveDuplicates();
    assertThat(rows).extracting(GeneratedImage::seed).containsExactly(9L, 0L, 9L, 9L);
    assertThat(rows).extracting(GeneratedImage::index).containsExactly(70L, 6L, 6L, 6L);
    if (format == SyntheticFormat.FOLDER) {
      assertThat(generated.resolve("bacillus/000001.png"))
          .hasSameBinaryContentAs(zero.resolve("bacillus/000006.png"));
      assertThat(Files.readString(generated.resolve("coco.json"))).contains("\"image_id\":3");
    }
    assertThat(FormatVersion.read(generated.resolve("generation.json"), SyntheticSet.class).seed())
        .isNull();
    assertThat(Files.readString(generated.resolve("README.md"))).contains("those of seeds.jsonl");
    Path again =
        generate(
            "again",
            options(format, false, false).of(SeedList.read(generated.resolve("seeds.jsonl"))),
            99);
    assertThat(again.resolve("manifest.jsonl"))
        .hasSameBinaryContentAs(generated.resolve("manifest.jsonl"));
  }

  @ParameterizedTest
  @EnumSource
  void stoppedAndResumedItIsTheSame(SyntheticFormat format) throws IOException {
    String[] lines = new String[150];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "{\"seed\": %d, \"index\": %d}".formatted(i % 5, 3 * i);
    }
    Path whole = generate("whole", listed(format, false, false, lines), 99);
    Path parts = generate("parts", listed(format, false, false, lines), 1);
    assertThat(parts).doesNotExist();
    generate("parts", listed(format, false, true, lines), 99);
    assertThat(parts.resolve("manifest.jsonl"))
        .hasSameBinaryContentAs(whole.resolve("manifest.jsonl"));
    assertThat(rows(parts)).hasSize(150);
    lines[3] = "{\"seed\": 8, \"index\": 8}";
    generate("others", listed(format, false, false, lines), 1);
    lines[3] = "{\"seed\": 8, \"index\": 9}";
    assertThatThrownBy(() -> generate("others", listed(format, false, true, lines), 99))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("leave --resume out");
  }

  @Test
  void theFilterKeepsOutAndNothingIsDrawnInstead() {
    Path zero = generate("zero", ofSeed(0, Latents.NO_TRUNCATION), 99);
    learn(zero.resolve("bacillus/000002.png"));
    Path generated =
        generate(
            "filtered",
            listed(
                SyntheticFormat.FOLDER,
                true,
                false,
                "{\"seed\": 0, \"index\": 1}",
                "{\"seed\": 0, \"index\": 2}",
                "{\"seed\": 0, \"index\": 1}",
                "{\"seed\": 0, \"index\": 3}"),
            99);
    assertThat(rows(generated)).extracting(GeneratedImage::index).containsExactly(1L, 3L);
    assertThat(Json.readLines(generated.resolve("rejected.jsonl"), RejectedImage.class))
        .extracting(one -> one.seed() + " " + one.index() + " " + one.reason())
        .containsExactly("0 2 copy", "0 1 repeat");
    assertThatThrownBy(
            () ->
                generate(
                    "none",
                    listed(SyntheticFormat.FOLDER, true, false, "{\"seed\": 0, \"index\": 2}"),
                    99))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none of the listed images passed");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aClassThatTheGeneratorDoesNotKnowIsSaidWithItsLine() {
    assertThatThrownBy(
            () ->
                generate(
                    "x",
                    listed(
                        SyntheticFormat.FOLDER,
                        false,
                        false,
                        "{\"seed\": 0, \"index\": 2}",
                        "{\"seed\": 0, \"index\": 2, \"class\": \"coccus\"}"),
                    99))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("liked.jsonl, line 2: class must be one of [bacillus], was coccus");
  }

  private void learn(Path image) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      samples.add(new Sample(i + ".png", 0, DrawnBacilli.draw(0, i, 16), ""));
    }
    samples.add(new Sample("learned", 0, ImageFiles.read(image, DecodingLimits.DEFAULT), ""));
    DataSet data =
        new DataSet("d", List.of("bacillus"), 16, 3, samples, OfflineAugmentation.NONE, List.of());
    MadeRun.remember(run, data);
  }

  private static GenerateOptions ofSeed(long seed, double truncation) {
    return new GenerateOptions(
        80,
        seed,
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
        truncation);
  }

  private static GenerateOptions options(SyntheticFormat format, boolean filter, boolean resume) {
    return new GenerateOptions(
        1,
        0,
        2,
        PrecisionChoice.F32,
        filter,
        SnapshotChoice.BEST,
        Optional.empty(),
        format,
        Shard.WHOLE,
        resume,
        GenerateOptions.TAR_BYTES,
        OptionalInt.empty(),
        Latents.NO_TRUNCATION);
  }

  private GenerateOptions listed(
      SyntheticFormat format, boolean filter, boolean resume, String... lines) {
    Path list = folder.resolve("liked.jsonl");
    Storage.writeFile(list, String.join("\n", lines));
    return options(format, filter, resume).of(SeedList.read(list));
  }

  /** Generates, and stops after so many batches. */
  private Path generate(String name, GenerateOptions options, int batches) {
    Path out = folder.resolve(name);
    StopAfter stop = new StopAfter(batches);
    Generation.generate(run, out, options, Optional.empty(), w -> {}, stop, stop);
    return out;
  }

  private static List<GeneratedImage> rows(Path generated) {
    return Json.readLines(generated.resolve("manifest.jsonl"), GeneratedImage.class);
  }

  private static String sha256(Path generated, long index) {
    return rows(generated).stream()
        .filter(row -> row.index() == index)
        .findFirst()
        .orElseThrow()
        .sha256();
  }
}
