package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.data.FileProgress;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that are joined are the set of one process, or are refused. */
class MergeTest extends TorchTest {
  private static final int TAR_BYTES = 40_000;
  private static final int DRAWN = 330;
  private static final int PARTS = 3;

  private OptionalInt bits = OptionalInt.empty();

  @TempDir private Path folder;
  private RunDirectory run;

  @BeforeEach
  void aRunThatLearnedByHeart() {
    run = MadeRun.thatLearnedByHeart(folder, 1);
  }

  @ParameterizedTest
  @EnumSource
  void theResultIsTheSetOfOneProcess(SyntheticFormat format) throws IOException {
    List<Path> parts = parts(format, true, 1);
    Collections.reverse(parts);
    Path merged = folder.resolve("merged");
    GenerationResult generated = merge(parts, merged, format, OptionalInt.empty());
    Path whole = generate("whole", options(generated.accepted(), format, Shard.WHOLE, true, 2));
    assertThat(SetContents.of(merged)).isEqualTo(SetContents.of(whole));

    List<String> reasons =
        Json.readLines(merged.resolve("rejected.jsonl"), RejectedImage.class).stream()
            .map(RejectedImage::reason)
            .toList();
    assertThat(reasons).contains("copy", "repeat");
    // Some repeats are of an image in another part: no part can know of them.
    assertThat(generated.rejected()).isGreaterThan(rejectedInParts(parts));

    Path fewer = folder.resolve("fewer");
    merge(parts, fewer, format, OptionalInt.of(100));
    assertThat(SetContents.of(fewer))
        .isEqualTo(SetContents.of(generate("first", options(100, format, Shard.WHOLE, true, 2))));
  }

  @ParameterizedTest
  @EnumSource
  void sixteenBitsAreJoinedToo(SyntheticFormat format) throws IOException {
    run = MadeRun.memorisingNetwork(folder.resolve("deep"), 1);
    bits = OptionalInt.of(16);
    Path merged = folder.resolve("merged");
    GenerationResult generated = merge(parts(format, true, 1), merged, format, OptionalInt.empty());
    assertThat(generated.rejected()).isPositive();
    assertThat(FormatVersion.read(merged.resolve("generation.json"), SyntheticSet.class))
        .extracting(SyntheticSet::bits, SyntheticSet::window, SyntheticSet::samples)
        .containsExactly(16, new Window(100, 4095), Window.SIXTEEN_BITS);
    Path whole = generate("whole", options(generated.accepted(), format, Shard.WHOLE, true, 1));
    assertThat(SetContents.of(merged)).isEqualTo(SetContents.of(whole));
  }

  @Test
  void withoutTheFilterAllThatWasDrawnIsThereAndTheFormatMayChange() throws IOException {
    List<Path> parts = parts(SyntheticFormat.FOLDER, false, 1);
    Path merged = folder.resolve("merged");
    GenerationResult generated =
        merge(parts, merged, SyntheticFormat.WEBDATASET, OptionalInt.empty());
    assertThat(generated).isEqualTo(new GenerationResult(DRAWN, 0));
    assertThat(SetContents.of(merged))
        .isEqualTo(
            SetContents.of(
                generate(
                    "whole", options(DRAWN, SyntheticFormat.WEBDATASET, Shard.WHOLE, false, 2))));
  }

  @Test
  void missingDoubledAndForeignPartsAreRefused() {
    List<Path> parts = parts(SyntheticFormat.FOLDER, true, 1);
    refused(UserException.Kind.USAGE, parts.subList(0, 2), "parts are missing: 3/3");
    refused(
        UserException.Kind.USAGE,
        List.of(parts.get(0), parts.get(1), parts.get(1)),
        "are the same part, 2/3");
    Path other =
        generate("other", options(400, SyntheticFormat.FOLDER, new Shard(3, PARTS), true, 1));
    refused(
        UserException.Kind.BAD_DATA,
        List.of(parts.get(0), parts.get(1), other),
        "count is 330 in the first and 400 in the second");
    Path unfiltered =
        generate(
            "unfiltered", options(DRAWN, SyntheticFormat.FOLDER, new Shard(3, PARTS), false, 1));
    refused(
        UserException.Kind.BAD_DATA,
        List.of(parts.get(0), parts.get(1), unfiltered),
        "compared is");
    Path seed =
        generate("seed", options(DRAWN, SyntheticFormat.FOLDER, new Shard(3, PARTS), true, 1, 9));
    refused(UserException.Kind.BAD_DATA, List.of(parts.get(0), parts.get(1), seed), "seed is 1 in");
    Path whole = generate("whole", options(64, SyntheticFormat.FOLDER, Shard.WHOLE, true, 1));
    refused(UserException.Kind.BAD_DATA, List.of(whole), "is not a part of a set");
  }

  @ParameterizedTest
  @EnumSource
  void changedPartsAreRefusedAndNothingIsLeft(SyntheticFormat format) throws IOException {
    List<Path> parts = parts(format, true, 1);
    Path images =
        parts
            .get(1)
            .resolve(
                format == SyntheticFormat.FOLDER
                    ? "bacillus/000070.png"
                    : "shard-2-of-3-000000.tar");
    byte[] content = Files.readAllBytes(images);
    byte[] changed = content.clone();
    for (int at = format == SyntheticFormat.FOLDER ? 60 : 1700; at < changed.length; at += 5000) {
      changed[at] = (byte) (changed[at] ^ 1);
    }
    Files.write(images, changed);
    refused(UserException.Kind.BAD_DATA, parts, "generate this part again");
    Files.write(images, content);

    Path manifest = parts.get(2).resolve("manifest.jsonl");
    String rows = Files.readString(manifest);
    Files.writeString(manifest, rows.substring(rows.indexOf('\n') + 1));
    refused(UserException.Kind.BAD_DATA, parts, "has changed since it was generated");
    Files.writeString(manifest, rows);
    Files.delete(parts.get(2).resolve("generation.json"));
    refused(UserException.Kind.BAD_DATA, parts, "is not a part of a set");
  }

  @Test
  void moreThanPassIsRefused() {
    List<Path> parts = parts(SyntheticFormat.FOLDER, true, 1);
    assertThatThrownBy(
            () ->
                merge(parts, folder.resolve("out"), SyntheticFormat.FOLDER, OptionalInt.of(DRAWN)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "of the 330 images that the parts have drawn pass, and 330 are wanted");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.resolve(".out.part")).doesNotExist();
  }

  @Test
  void sharesAreTheImagesOfTheirBatches() {
    for (int count : new int[] {1, 63, 64, 65, 130, 640, 1000}) {
      for (int of = 1; of <= 4; of++) {
        int[] counted = new int[of];
        for (int index = 0; index < count; index++) {
          counted[index / 64 % of]++;
        }
        for (int number = 1; number <= of; number++) {
          assertThat(new Shard(number, of).share(count)).isEqualTo(counted[number - 1]);
        }
      }
    }
    assertThatThrownBy(() -> Shard.parse("4/3")).hasMessageContaining("was 4/3");
    assertThatThrownBy(() -> Shard.parse("a")).hasMessageContaining("two numbers");
  }

  /** As a small array job has it: the second half of the parts have nothing to draw. */
  @ParameterizedTest
  @EnumSource
  void aPartWithoutImagesIsAPart(SyntheticFormat format) throws IOException {
    List<Path> parts = new ArrayList<>();
    for (int number = 1; number <= PARTS; number++) {
      parts.add(generate("part-" + number, options(96, format, new Shard(number, PARTS), true, 1)));
    }
    assertThat(
            FormatVersion.read(parts.get(2).resolve("generation.json"), SyntheticSet.class).count())
        .isZero();
    GenerationResult generated =
        merge(parts, folder.resolve("merged"), format, OptionalInt.empty());
    Path whole = generate("whole", options(generated.accepted(), format, Shard.WHOLE, true, 1));
    assertThat(SetContents.of(folder.resolve("merged"))).isEqualTo(SetContents.of(whole));
    merge(parts.subList(0, 2), folder.resolve("without"), format, OptionalInt.empty());
    assertThat(SetContents.of(folder.resolve("without"))).isEqualTo(SetContents.of(whole));
    assertThatThrownBy(
            () ->
                merge(parts.subList(1, 3), folder.resolve("lacking"), format, OptionalInt.empty()))
        .hasMessageContaining("parts are missing: 1/3");
  }

  /** Names that lead elsewhere, in documents that somebody has changed. */
  @ParameterizedTest
  @ValueSource(
      strings = {"../../outside", "/tmp-absolute", "..", ".", "a/b", "a\\b", "nul\0", "", "a\nb"})
  void aClassThatLeadsOutOfItsFolderIsRefusedWhereverItStands(String name) throws IOException {
    Path part = generate("one", options(96, SyntheticFormat.FOLDER, new Shard(1, 2), false, 1));
    Path document = part.resolve("part.json");
    Files.writeString(
        document,
        Files.readString(document)
            .replace("\"names\" : [ \"bacillus\" ]", "\"names\" : [ " + Json.line(name) + " ]"));
    assertThat(document).content().contains(Json.line(name));
    refused(UserException.Kind.BAD_DATA, List.of(part), "the list of classes holds the name");
    Path dataset = run.path().resolve("dataset.json");
    Files.writeString(dataset, Files.readString(dataset).replace("\"bacillus\"", Json.line(name)));
    GenerateOptions options = options(64, SyntheticFormat.FOLDER, Shard.WHOLE, false, 1);
    assertThatThrownBy(() -> generate("out", options))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageContaining("leads out of its folder or can be no file's name");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private void refused(UserException.Kind kind, List<Path> parts, String why) {
    Path out = folder.resolve("refused");
    assertThatThrownBy(() -> merge(parts, out, SyntheticFormat.FOLDER, OptionalInt.empty()))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(why);
    assertThat(out).doesNotExist();
    assertThat(folder.resolve(".refused.part")).doesNotExist();
  }

  private static int rejectedInParts(List<Path> parts) {
    return parts.stream()
        .mapToInt(
            part -> Json.readLines(part.resolve("rejected.jsonl"), RejectedImage.class).size())
        .sum();
  }

  private static GenerationResult merge(
      List<Path> parts, Path out, SyntheticFormat format, OptionalInt count) {
    return Merge.of(parts).into(out, format, count, TAR_BYTES, done -> {});
  }

  private List<Path> parts(SyntheticFormat format, boolean filter, int threads) {
    List<Path> parts = new ArrayList<>();
    for (int number = 1; number <= PARTS; number++) {
      Shard shard = new Shard(number, PARTS);
      parts.add(generate("part-" + number, options(DRAWN, format, shard, filter, threads)));
    }
    return parts;
  }

  private Path generate(String name, GenerateOptions options) {
    Path out = folder.resolve(name);
    Generation.generate(
        run, out, options, Optional.empty(), w -> {}, FileProgress.NONE, () -> false);
    return out;
  }

  private GenerateOptions options(
      int count, SyntheticFormat format, Shard shard, boolean filter, int threads) {
    return options(count, format, shard, filter, threads, 1);
  }

  private GenerateOptions options(
      int count, SyntheticFormat format, Shard shard, boolean filter, int threads, long seed) {
    return new GenerateOptions(
        count,
        seed,
        threads,
        PrecisionChoice.F32,
        filter,
        SnapshotChoice.BEST,
        Optional.empty(),
        format,
        shard,
        false,
        TAR_BYTES,
        bits,
        Latents.NO_TRUNCATION);
  }
}
