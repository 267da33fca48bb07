package org.inoculum.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.UserException.Kind;
import org.inoculum.data.Manifest;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Reading;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Sums;
import org.inoculum.image.Window;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.TorchTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a run to a file: which snapshot, what the file says, what is refused. */
class ExportTest extends TorchTest {
  @TempDir private Path folder;
  private RunDirectory run;

  @BeforeEach
  void aRun() {
    try (Generator generator = DrawnGenerators.modern(32, 1, 3, false)) {
      run = run("cells", generator, "Blast \"a\"", "lymphocyte", "<b>");
    }
  }

  @Test
  void bothFormatsSayWhatTheyAreAndWhereTheyComeFrom() throws IOException, OrtException {
    Path onnx = export(run.path(), ExportFormat.ONNX, "a.onnx");
    Path safetensors = export(run.path(), ExportFormat.SAFETENSORS, "a.safetensors");
    Map<String, Object> expected = new TreeMap<>();
    expected.put("channels", "1");
    expected.put("classes", "[\"Blast \\\"a\\\"\",\"lymphocyte\",\"<b>\"]");
    expected.put("family", "modern");
    expected.put("iteration", "200");
    expected.put("kimg", "0.2");
    expected.put("formatVersion", String.valueOf(FormatVersion.CURRENT));
    expected.put("latentSize", "16");
    expected.put("noise", "6464"); // 4 (6² + 10² + 18² + 34²)
    expected.put("preset", "tiny");
    expected.put("program", Inoculum.program());
    expected.put("run", "00000-cells");
    expected.put("size", "32");
    expected.put("snapshotSha256", run.snapshot(200).info().sha256());
    expected.put("synthetic", Export.NOTICE);
    expected.put("trainingImages", "9");
    expected.put("trainingSha256", "f00d");
    expected.put("valueRange", "-1,1");
    expected.put("baseChannels", "32");
    expected.put("window", "100,4095.5");
    try (OnnxRun others = new OnnxRun(Files.readAllBytes(onnx))) {
      assertThat(others.session().getMetadata().getCustomMetadata())
          .containsExactlyInAnyOrderEntriesOf(strings(expected));
      assertThat(others.session().getMetadata().getDescription()).contains("synthetic");
      assertThat(others.session().getMetadata().getProducerName()).isEqualTo("inoculum");
    }
    expected.put("format", "inoculum");
    assertThat(metadata(safetensors)).isEqualTo(expected);
  }

  @Test
  void safetensorsHoldTheWeightsOfTheSnapshot() {
    Path file = export(run.path(), ExportFormat.SAFETENSORS, "a.safetensors");
    Map<String, Safetensors.Entry> weights = Safetensors.read(run.snapshot(200).weights());
    Map<String, Safetensors.Entry> found = Safetensors.read(file);
    assertThat(found.keySet()).containsExactlyElementsOf(weights.keySet());
    found.forEach(
        (name, entry) -> {
          Safetensors.Entry expected = Objects.requireNonNull(weights.get(name));
          assertThat(entry.shape()).isEqualTo(expected.shape());
          assertThat(entry.values()).isEqualTo(expected.values());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRunAndItsSnapshotAreTheSameBytes(ExportFormat format) throws IOException {
    Path one = export(run.path(), format, "one");
    Path other = export(run.snapshot(200).folder(), format, "other");
    assertThat(other).hasSameBinaryContentAs(one);
    Path first = folder.resolve("first");
    Export.write(
        run.path(), Optional.of(SnapshotChoice.parse("100")), format, first, false, this::odd);
    assertThat(Files.readAllBytes(first)).isNotEqualTo(Files.readAllBytes(one));
  }

  @Test
  void aSnapshotWithoutItsRunHasNumberedClasses() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("elsewhere/copy"));
    for (String name : List.of("generator.safetensors", "snapshot.json", "snapshot.sha256")) {
      Files.copy(run.snapshot(200).folder().resolve(name), copy.resolve(name));
    }
    Map<?, ?> found = metadata(export(copy, ExportFormat.SAFETENSORS, "a"));
    assertThat(found.get("classes")).isEqualTo("[\"0\",\"1\",\"2\"]");
    assertThat(found.keySet().stream().map(String::valueOf))
        .contains("snapshotSha256")
        .doesNotContain("run", "preset", "window", "trainingImages");
  }

  @Test
  void aFamilyWithoutClassesMakesUnlabelledImages() throws IOException {
    try (Generator generator = DrawnGenerators.classic(16, 3)) {
      RunDirectory several = run("several", generator, "a", "b");
      Path file = export(several.path(), ExportFormat.SAFETENSORS, "a");
      assertThat(metadata(file).get("classes")).isEqualTo("[\"unlabelled\"]");
    }
  }

  @Test
  void onlyAnEarlierExportIsReplacedAndOnlyWhenAsked() throws IOException {
    for (ExportFormat format : ExportFormat.values()) {
      Path file = export(run.path(), format, format.label());
      byte[] before = Files.readAllBytes(file);
      refused(() -> export(run.path(), format, format.label()), Kind.USAGE, "--overwrite");
      overwrite(format == ExportFormat.ONNX ? ExportFormat.SAFETENSORS : ExportFormat.ONNX, file);
      assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
      overwrite(format, file);
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
    Path weights = run.snapshot(200).weights();
    Path empty = Files.createFile(folder.resolve("empty"));
    for (Path other : List.of(weights, empty, folder)) {
      refused(() -> overwrite(ExportFormat.ONNX, other), Kind.USAGE, "is not an export");
    }
    assertThat(run.snapshot(200).weights()).isEqualTo(weights); // still whole
  }

  @Test
  void whatIsNoGeneratorIsRefused() throws IOException {
    refused(() -> export(folder, ExportFormat.ONNX, "x"), Kind.BAD_DATA, "is not a run");
    Path snapshot = run.snapshot(200).folder();
    refused(
        () ->
            Export.write(
                snapshot,
                Optional.of(SnapshotChoice.BEST),
                ExportFormat.ONNX,
                folder.resolve("x"),
                false,
                this::odd),
        Kind.USAGE,
        "--snapshot");
    refused(
        () -> export(run.path(), ExportFormat.ONNX, "no/such/folder/x"), Kind.STORAGE, "no/such");
    Path weights = run.snapshot(200).weights();
    byte[] content = Files.readAllBytes(weights);
    content[content.length - 1] ^= 1;
    Files.write(weights, content);
    refused(() -> export(snapshot, ExportFormat.ONNX, "x"), Kind.BAD_DATA, "SHA-256");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  /** A snapshot.json from a stranger: nothing is allocated for what the weights do not bear out. */
  @ParameterizedTest
  @CsvSource({
    "'\"family\" : \"modern\"', '\"family\" : \"vae\"', unknown family",
    "'\"family\" : \"modern\",', '', unknown family",
    "'\"family\" : \"modern\"', '\"family\" : \"classic\"', dense.weight",
    "'\"latentSize\" : 16', '\"latentSize\" : 2147483647', latent",
    "'\"latentSize\" : 16', '\"latentSize\" : 17', map1.weight",
    "'\"classes\" : 3', '\"classes\" : 2147483647', embed.weight",
    "'\"classes\" : 3', '\"classes\" : 0', classes",
    "'\"baseChannels\" : 32', '\"baseChannels\" : 512', start.weight",
    "'\"channels\" : 1', '\"channels\" : 3', rgb1.weight",
    "'\"channels\" : 1', '\"channels\" : 4', channels",
    "'\"size\" : 32', '\"size\" : 64', start.weight",
    "'\"size\" : 32', '\"size\" : -32', pixels",
    "'\"size\" : 32,', '\"size\" : 32, \"size\" : 64,', size"
  })
  void aDescriptionThatDoesNotFitIsRefused(String from, String to, String named)
      throws IOException {
    Path description = run.snapshot(200).folder().resolve("snapshot.json");
    String text = Files.readString(description);
    assertThat(text).contains(from);
    Files.writeString(description, text.replace(from, to));
    refused(
        () -> export(description.resolveSibling("."), ExportFormat.ONNX, "x"), null, "snapshot");
    Files.writeString( // the stranger knows how
        description.resolveSibling("snapshot.sha256"),
        Sums.text(Map.of("snapshot.json", Sha256.ofText(text.replace(from, to)))));
    for (ExportFormat format : ExportFormat.values()) {
      refused(() -> export(description.resolveSibling("."), format, "x"), null, "snapshot", named);
    }
  }

  /** What turns the images without a word, or makes none. */
  @Test
  void whatWasChangedInASnapshotIsNotExported() throws IOException {
    Path snapshot = run.snapshot(200).folder();
    for (String name : List.of("snapshot.json", "snapshot.sha256", "generator.safetensors")) {
      byte[] content = Files.readAllBytes(snapshot.resolve(name));
      byte[] changed = content.clone();
      changed[changed.length - 4] ^= 1;
      for (byte[] damage : new byte[][] {changed, new byte[0], null}) {
        if (damage == null) {
          Files.delete(snapshot.resolve(name));
        } else {
          Files.write(snapshot.resolve(name), damage);
        }
        for (ExportFormat format : ExportFormat.values()) {
          refused(() -> export(snapshot, format, "x"), Kind.BAD_DATA, snapshot.toString());
        }
      }
      Files.write(snapshot.resolve(name), content);
    }
    Path description = snapshot.resolve("snapshot.json");
    String text = Files.readString(description);
    String turned =
        text.contains("\"d4Symmetry\" : true")
            ? text.replace("\"d4Symmetry\" : true", "\"d4Symmetry\" : false")
            : text.replace("\"d4Symmetry\" : false", "\"d4Symmetry\" : true");
    assertThat(turned).isNotEqualTo(text);
    Files.writeString(description, turned);
    refused(() -> export(snapshot, ExportFormat.ONNX, "x"), Kind.BAD_DATA, "is damaged");
    Files.writeString(description, text);
    export(snapshot, ExportFormat.ONNX, "whole");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightsThatAreNotNumbersAreNotExported(float spoilt) throws IOException {
    Path snapshot = run.snapshot(200).folder();
    byte[] weights = Files.readAllBytes(snapshot.resolve("generator.safetensors"));
    ByteBuffer.wrap(weights)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(weights.length - Float.BYTES, spoilt);
    Files.write(snapshot.resolve("generator.safetensors"), weights);
    Path description = snapshot.resolve("snapshot.json");
    String text = Files.readString(description).replaceFirst("[0-9a-f]{64}", Sha256.of(weights));
    Files.writeString(description, text);
    Files.writeString(
        snapshot.resolve("snapshot.sha256"),
        Sums.text(Map.of("snapshot.json", Sha256.ofText(text))));
    for (ExportFormat format : ExportFormat.values()) {
      refused(() -> export(snapshot, format, "x"), Kind.BAD_DATA, "that are not numbers");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dataset.json, '\"classes\" : [ {', '\"classes\" : [ { \"name\" : \"more\", \"images\" : 3 }, {', makes 3 classes",
    "config.json, '{', '[', config.json",
    "dataset.json, '{', '[', dataset.json"
  })
  void aRunThatDoesNotFitItsSnapshotIsRefused(String file, String from, String to, String named)
      throws IOException {
    Path document = run.path().resolve(file);
    String text = Files.readString(document);
    assertThat(text).contains(from);
    Files.writeString(document, text.replaceFirst(Pattern.quote(from), to));
    refused(() -> export(run.path(), ExportFormat.ONNX, "x"), Kind.BAD_DATA, named);
  }

  private void overwrite(ExportFormat format, Path file) {
    Export.write(run.path(), Optional.empty(), format, file, true, this::odd);
  }

  private Path export(Path place, ExportFormat format, String name) {
    Path file = folder.resolve(name);
    Export.Exported exported =
        Export.write(place, Optional.empty(), format, file, false, this::odd);
    assertThat(file).hasSize(exported.bytes());
    return file;
  }

  private void odd(String warning) {
    throw new AssertionError(warning);
  }

  private static void refused(ThrowingCallable action, @Nullable Kind kind, String... named) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              if (kind != null) {
                assertThat(e.kind()).isEqualTo(kind);
              }
              assertThat(e.getMessage()).contains(named).hasLineCount(1);
            });
  }

  /** A run whose 200th snapshot is this generator, and the 100th an earlier state of it. */
  private RunDirectory run(String name, Generator generator, String... classes) {
    List<Manifest.ClassCount> counts = new ArrayList<>();
    for (String one : classes) {
      counts.add(new Manifest.ClassCount(one, 3));
    }
    Manifest manifest =
        new Manifest(
            "data",
            32,
            1,
            9,
            counts,
            OfflineAugmentation.NONE.label(),
            List.of(),
            "f00d",
            Reading.DEFAULT,
            new Window(100, 4095.5),
            null,
            null);
    RunDirectory made =
        RunDirectory.create(
            folder.resolve("runs of " + name),
            name,
            Map.of(
                "config.json", "{\"preset\":\"tiny\"}", "dataset.json", Json.document(manifest)));
    for (long iteration : List.of(100L, 200L)) {
      made.writeSnapshot(
          iteration,
          GeneratorFile.encode(generator, Map.of("iteration", String.valueOf(iteration))),
          sha256 -> GeneratorFile.describe(generator, iteration, iteration / 1000.0, sha256));
    }
    return made;
  }

  private static Map<String, String> strings(Map<String, Object> map) {
    Map<String, String> strings = new TreeMap<>();
    map.forEach((key, value) -> strings.put(key, value.toString()));
    return strings;
  }

  private static Map<?, ?> metadata(Path safetensors) throws IOException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(file.getLong())];
    file.get(header);
    Map<?, ?> parsed = Json.parse(new String(header, StandardCharsets.UTF_8), Map.class, "header");
    return (Map<?, ?>) Objects.requireNonNull(parsed.get("__metadata__"));
  }
}
