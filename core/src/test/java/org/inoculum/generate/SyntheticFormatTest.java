package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.inoculum.Python;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.HighBitDepthFiles;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.image.Channels;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Window;
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

/** What lies on the disk: read by others, resumed after kills. */
class SyntheticFormatTest extends TorchTest {
  private static final int TAR_BYTES = 40_000;

  @TempDir private Path folder;
  private RunDirectory run;
  private OptionalInt bits = OptionalInt.empty();

  @BeforeEach
  void aRun() {
    run = MadeRun.in(folder, 3, "bacillus");
  }

  /** As if the generator had memorised two of its images. */
  private void learn() {
    GenerateOptions eightBits =
        new GenerateOptions(
            141,
            1,
            2,
            PrecisionChoice.F32,
            false,
            SnapshotChoice.BEST,
            Optional.empty(),
            SyntheticFormat.FOLDER,
            Shard.WHOLE,
            false,
            TAR_BYTES,
            OptionalInt.of(8),
            Latents.NO_TRUNCATION);
    Path all = generate("all", eightBits, 99);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      samples.add(new Sample(i + ".png", 0, DrawnBacilli.draw(0, i, 16), ""));
    }
    for (String name : List.of("000002", "000140")) {
      Path learned = all.resolve("bacillus/" + name + ".png");
      Image image = Channels.toRgb(ImageFiles.read(learned, DecodingLimits.DEFAULT));
      samples.add(new Sample(name, 0, image, ""));
    }
    DataSet data =
        new DataSet("d", List.of("bacillus"), 16, 3, samples, OfflineAugmentation.NONE, List.of());
    MadeRun.remember(run, data);
  }

  @ParameterizedTest
  @EnumSource
  void othersReadEveryImageAndLabel(SyntheticFormat format) {
    Path generated = generate("generated", options(90, format, Shard.WHOLE, false, false), 99);
    List<GeneratedImage> rows =
        Json.readLines(generated.resolve("manifest.jsonl"), GeneratedImage.class);
    assertThat(rows).hasSize(90);
    Map<?, ?> found = Json.parse(Python.run("read_synthetic.py", generated), Map.class, "python");
    List<?> images = (List<?>) Objects.requireNonNull(found.get("images"));
    assertThat(images).hasSize(90);
    for (int i = 0; i < 90; i++) {
      GeneratedImage row = rows.get(i);
      Map<?, ?> image = (Map<?, ?>) images.get(i);
      assertThat(image.get("sha256")).isEqualTo(row.sha256());
      assertThat(image.get("file_name")).isEqualTo(row.file());
      assertThat(image.get("label")).isEqualTo(row.className());
      assertThat(image.get("index")).isEqualTo((int) row.index());
      assertThat(image.get("synthetic")).isEqualTo(true);
      assertThat(image.get("size")).isEqualTo(List.of(16, 16));
      assertThat(String.valueOf(image.get("text")))
          .startsWith("synthetic; snapshot ")
          .contains("image " + row.index() + "; trained on 3 images", "not tested for copies");
    }
    if (format == SyntheticFormat.FOLDER) {
      Map<?, ?> coco = (Map<?, ?>) Objects.requireNonNull(found.get("coco"));
      assertThat(coco).hasSize(90);
      rows.forEach(row -> assertThat(coco.get(row.file())).isEqualTo(row.className()));
    } else {
      // Times, owners and rights of every member.
      assertThat(found.get("members")).isEqualTo(List.of(List.of(0, 0, 0, "", "", 0644)));
    }
  }

  @Test
  void tarsStayBelowTheirLimit() throws IOException {
    Path generated =
        generate("g", options(90, SyntheticFormat.WEBDATASET, Shard.WHOLE, false, false), 99);
    List<Path> tars =
        SetContents.files(generated).stream()
            .filter(file -> file.toString().endsWith(".tar"))
            .toList();
    assertThat(tars).hasSizeGreaterThan(3);
    for (Path tar : tars) {
      assertThat(Files.size(tar)).isBetween(1L, (long) TAR_BYTES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void killedAndResumedFiveTimesItIsTheSame(SyntheticFormat format) throws IOException {
    assertThat(killedAndResumedFiveTimes(format).bits()).isEqualTo(8);
  }

  /** What is checked again is what lies on the disk, which is not what was generated. */
  @ParameterizedTest
  @EnumSource
  void soItIsWithSixteenBits(SyntheticFormat format) throws IOException {
    Window dim = new Window(90, 300);
    run =
        MadeRun.deep(
            folder.resolve("deep"), 3, 3, dim, new HighBitDepthFiles(true, true), "bacillus");
    bits = OptionalInt.of(16);
    assertThat(killedAndResumedFiveTimes(format).bits()).isEqualTo(16);
  }

  private SyntheticSet killedAndResumedFiveTimes(SyntheticFormat format) throws IOException {
    learn();
    Path whole = generate("whole", options(330, format, Shard.WHOLE, false, true), 99);
    assertThat(whole.resolve("rejected.jsonl")).isNotEmptyFile();
    Path part = folder.resolve(".killed.part");
    for (int attempt = 0; attempt < 5; attempt++) {
      Path out = generate("killed", options(330, format, Shard.WHOLE, attempt > 0, true), 1);
      assertThat(out).doesNotExist();
      tear(part, attempt);
    }
    GenerateOptions resuming = options(330, format, Shard.WHOLE, true, true);
    StopAfter stop = new StopAfter(0); // while it looks again at what is there
    Generation.generate(
        run, folder.resolve("killed"), resuming, Optional.empty(), w -> {}, stop, stop);
    assertThat(stop.told()).isEmpty();
    Path resumed = folder.resolve("killed");
    StopAfter last = new StopAfter(99);
    Generation.generate(run, resumed, resuming, Optional.empty(), w -> {}, last, last);
    assertThat(last.told().get(0)).matches("looking again at what is there 1 of \\d+");
    assertThat(SetContents.of(resumed)).isEqualTo(SetContents.of(whole));
    assertThat(part).doesNotExist();
    return FormatVersion.read(resumed.resolve("generation.json"), SyntheticSet.class);
  }

  /** What a kill leaves behind the last whole batch. */
  private static void tear(Path part, int attempt) throws IOException {
    for (Path file : SetContents.files(part)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".jsonl") || name.endsWith(".tar")) {
        Files.writeString(file, "{\"torn", StandardOpenOption.APPEND);
      }
    }
    Files.writeString(part.resolve("shard-00005" + attempt + ".tar"), "torn");
    Files.writeString(part.resolve("coco.json"), "torn");
  }

  @Test
  void anotherGenerationAndChangedImagesAreNotResumed() throws IOException {
    generate("out", options(400, SyntheticFormat.FOLDER, Shard.WHOLE, false, false), 1);
    assertThatThrownBy(
            () ->
                generate("out", options(300, SyntheticFormat.FOLDER, Shard.WHOLE, true, false), 99))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("count 400")
        .hasMessageContaining("count 300");
    Path image = folder.resolve(".out.part/bacillus/000001.png");
    Files.write(image, Files.readAllBytes(folder.resolve(".out.part/bacillus/000003.png")));
    assertThatThrownBy(
            () ->
                generate("out", options(400, SyntheticFormat.FOLDER, Shard.WHOLE, true, false), 99))
        .hasMessageContaining("000001.png has changed");
  }

  @Test
  void theCardSaysWhatItIs() {
    learn();
    Path generated =
        generate("generated", options(5, SyntheticFormat.FOLDER, Shard.WHOLE, false, true), 99);
    assertThat(generated.resolve("README.md"))
        .content()
        .startsWith("---\ntags:\n- synthetic\n")
        .contains(
            "**These images are synthetic.**",
            "| classes | bacillus |",
            "| trained on | 3 images (bacillus: 3) |",
            "not anonymisation",
            "all 6 training images");
  }

  /** Generates so many batches and is stopped then. */
  private Path generate(String name, GenerateOptions options, int batches) {
    Path out = folder.resolve(name);
    StopAfter stop = new StopAfter(batches);
    Generation.generate(run, out, options, Optional.empty(), w -> {}, stop, stop);
    return out;
  }

  private GenerateOptions options(
      int count, SyntheticFormat format, Shard shard, boolean resume, boolean filter) {
    return new GenerateOptions(
        count,
        1,
        2,
        PrecisionChoice.F32,
        filter,
        SnapshotChoice.BEST,
        Optional.empty(),
        format,
        shard,
        resume,
        TAR_BYTES,
        bits,
        Latents.NO_TRUNCATION);
  }
}
