package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.Manifest;
import org.inoculum.data.ReadOptions;
import org.inoculum.files.Sha256;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classic preset stopped and resumed, against the same training in one piece. */
class ResumeTest extends TorchTest {
  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStoppedTrainingGoesOnToTheBit(Precision precision) throws IOException {
    PrecisionChoice choice = PrecisionChoice.valueOf(precision.name());
    RunDirectory whole = train("whole", ClassicRun.config(5, choice), () -> false);
    RunDirectory broken = train("broken", ClassicRun.config(5, choice), after(3));
    assertThat(broken.status().state()).isEqualTo(State.STOPPED);
    assertThat(resume(broken, ResumeOptions.UNCHANGED).state()).isEqualTo(State.FINISHED);
    assertThat(TinyRun.fingerprint(broken)).isEqualTo(TinyRun.fingerprint(whole));
    for (String sampleGrid : List.of("000000", "000002", "000004", "000005")) {
      assertThat(broken.path().resolve("samples/" + sampleGrid + ".png"))
          .hasSameBinaryContentAs(whole.path().resolve("samples/" + sampleGrid + ".png"));
    }
    assertThat(Files.readAllLines(broken.path().resolve("log.txt"))).isEqualTo(lines);
  }

  @Test
  void aLargerBudgetGoesOnFromAFinishedRun() {
    RunDirectory whole = train("whole", ClassicRun.config(3, PrecisionChoice.F32), () -> false);
    RunDirectory longer = train("longer", ClassicRun.config(2, PrecisionChoice.F32), () -> false);
    assertThatThrownBy(() -> resume(longer, ResumeOptions.UNCHANGED))
        .hasMessageContaining("2.0 iterations")
        .hasMessageContaining("larger");
    assertThat(longer.status().state()).isEqualTo(State.FINISHED);
    Budget three = new Budget(Budget.Unit.ITERATIONS, 3);
    resume(
        longer, new ResumeOptions(Optional.of(three), OptionalInt.empty(), CheckpointPlan.DEFAULT));
    assertThat(TinyRun.fingerprint(longer)).isEqualTo(TinyRun.fingerprint(whole));
    assertThat(TrainConfig.read(longer.config()).budget()).isEqualTo(three);
  }

  @Test
  void anotherNumberOfThreadsIsWarnedOf() {
    RunDirectory run = train("run", ClassicRun.config(2, PrecisionChoice.F32), after(1));
    resume(run, new ResumeOptions(Optional.empty(), OptionalInt.of(1), CheckpointPlan.DEFAULT));
    assertThat(lines).anyMatch(line -> line.contains("2 threads") && line.contains("with 1"));
  }

  @Test
  void anotherConfigurationIsRefusedWithTheDifference() throws IOException {
    RunDirectory run = train("run", ClassicRun.config(2, PrecisionChoice.F32), after(1));
    String config = Files.readString(run.config());
    Files.writeString(run.config(), config.replace("\"dropout\" : 0.4", "\"dropout\" : 0.3"));
    assertThatThrownBy(() -> resume(run, ResumeOptions.UNCHANGED))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("recipe.dropout was 0.4 and is 0.3");
  }

  @Test
  void otherImagesAreRefusedWithTheDifference() throws IOException {
    RunDirectory run = train("run", ClassicRun.config(2, PrecisionChoice.F32), after(1));
    Path drawn = ClassicRun.drawn(folder);
    Files.delete(drawn.resolve("0.png"));
    Files.write(drawn.resolve("1.png"), Png.encode(new Image(8, 8, 3, 8, new short[192])));
    Files.copy(drawn.resolve("2.png"), drawn.resolve("new.png"));
    assertThatThrownBy(() -> resume(run, ResumeOptions.UNCHANGED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("0.png is missing")
        .hasMessageContaining("1.png has changed")
        .hasMessageContaining("new.png is new");
  }

  @Test
  void otherAugmentationOfTheSameImagesIsRefused() {
    RunDirectory run = train("run", ClassicRun.config(2, PrecisionChoice.F32), after(1));
    Manifest saved = run.dataset(Manifest.class);
    Manifest now =
        new Manifest(
            saved.root(),
            saved.size(),
            saved.channels(),
            saved.images(),
            saved.classes(),
            "another",
            saved.files(),
            saved.sha256());
    assertThatThrownBy(() -> ResumeCheck.requireSameData("images", saved, now))
        .hasMessageContaining("augmentation was none and is another");
  }

  @Test
  void aRunWithoutAWholeCheckpointIsNotBegunAnew() throws IOException {
    RunDirectory run = train("run", ClassicRun.config(3, PrecisionChoice.F32), after(2));
    for (String checkpoint : List.of("000000", "000002")) {
      Files.delete(run.path().resolve("checkpoints").resolve(checkpoint).resolve("manifest.json"));
    }
    assertThatThrownBy(() -> resume(run, ResumeOptions.UNCHANGED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("000000")
        .hasMessageContaining("000002")
        .hasMessageContaining("none of its checkpoints is whole");
    assertThat(run.newestSnapshot(lines::add)).isPresent();
  }

  @Test
  void aDamagedCheckpointIsSaidAndTheOneBeforeUsed() throws IOException {
    RunDirectory whole = train("whole", ClassicRun.config(3, PrecisionChoice.F32), () -> false);
    RunDirectory run = train("run", ClassicRun.config(3, PrecisionChoice.F32), after(2));
    Path state = run.path().resolve("checkpoints/000002/state.safetensors");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 3] ^= 8;
    Files.write(state, bytes);
    resume(run, ResumeOptions.UNCHANGED);
    assertThat(lines).anyMatch(line -> line.contains("passed over") && line.contains("000002"));
    assertThat(lines).anyMatch(line -> line.startsWith("resumed at iteration 0"));
    assertThat(TinyRun.fingerprint(run)).isEqualTo(TinyRun.fingerprint(whole));
  }

  /** Missing, empty, cut short, of another kind, and something that never ends. */
  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "cut", "other", "pipe"})
  void sideFilesNeverStopWhatACheckpointHolds(String damage) throws Exception {
    RunDirectory whole = train("whole", ClassicRun.config(3, PrecisionChoice.F32), () -> false);
    RunDirectory run = train("run", ClassicRun.config(3, PrecisionChoice.F32), after(2));
    List<String> names =
        List.of("config.json", "dataset.json", "held-out.json", "provenance.json", "status.json");
    for (String name : names) {
      Path file = run.path().resolve(name);
      String text = Files.readString(file);
      Files.delete(file);
      switch (damage) {
        case "empty" -> Files.writeString(file, "");
        case "cut" -> Files.writeString(file, text.substring(0, text.length() / 2));
        case "other" -> Files.writeString(file, "[ 1, \"two\" ]");
        case "pipe" ->
            assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0);
        default -> {}
      }
    }
    RunDirectory damaged = RunDirectory.open(run.path());
    assertThat(resume(damaged, ResumeOptions.UNCHANGED).state()).isEqualTo(State.FINISHED);
    assertThat(TinyRun.fingerprint(run)).isEqualTo(TinyRun.fingerprint(whole));
    for (String name : names.subList(0, 4)) {
      assertThat(lines).anyMatch(line -> line.contains(name) && line.contains("lost"));
    }
    for (String name : List.of("config.json", "dataset.json", "held-out.json")) {
      assertThat(run.path().resolve(name)).hasSameTextualContentAs(whole.path().resolve(name));
    }
  }

  /** Links that somebody has put into a run: what they lead to stays as it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats.jsonl",
        "log.txt",
        ".lock",
        "snapshots",
        "samples",
        "checkpoints",
        "tensorboard"
      })
  void linksInARunAreNotFollowed(String name) throws IOException {
    RunDirectory run = train("run", ClassicRun.config(3, PrecisionChoice.F32), after(2));
    Path inside = run.path().resolve(name);
    Path outside = folder.resolve("precious");
    Files.move(inside, outside);
    if (Files.isDirectory(outside)) {
      Files.createDirectories(outside.resolve("000999"));
    } else {
      Files.writeString(outside, "precious");
    }
    List<String> before = everythingIn(outside);
    Files.createSymbolicLink(inside, outside);
    assertThatThrownBy(() -> resume(run, ResumeOptions.UNCHANGED))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.STORAGE))
        .hasMessageContaining(name);
    assertThat(everythingIn(outside)).isEqualTo(before);
  }

  private static List<String> everythingIn(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(file + (Files.isRegularFile(file) ? " " + Sha256.ofFile(file) : ""));
      }
      return all;
    }
  }

  @Test
  void nothingButACheckpointIsEnough() throws IOException {
    RunDirectory whole = train("whole", ClassicRun.config(3, PrecisionChoice.F32), () -> false);
    RunDirectory run = train("run", ClassicRun.config(3, PrecisionChoice.F32), after(2));
    Path left = folder.resolve("left");
    Path checkpoints = Files.createDirectories(left.resolve("checkpoints"));
    Files.move(run.path().resolve("checkpoints/000002"), checkpoints.resolve("000002"));
    RunDirectory bare = RunDirectory.open(left);
    assertThat(resume(bare, ResumeOptions.UNCHANGED).state()).isEqualTo(State.FINISHED);
    assertThat(bare.newestCheckpoint(lines::add).orElseThrow().file("state.safetensors"))
        .isEqualTo(whole.newestCheckpoint(lines::add).orElseThrow().file("state.safetensors"));
  }

  @Test
  void otherImagesAreRefusedByTheirHashAlone() throws IOException {
    RunDirectory run = train("run", ClassicRun.config(2, PrecisionChoice.F32), after(1));
    Files.delete(run.path().resolve("dataset.json"));
    Files.write(
        ClassicRun.drawn(folder).resolve("1.png"),
        Png.encode(new Image(8, 8, 3, 8, new short[192])));
    assertThatThrownBy(() -> resume(run, ResumeOptions.UNCHANGED))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("its training images were changed");
    assertThat(run.path().resolve("dataset.json")).doesNotExist();
  }

  @Test
  void blackImagesTrainLikeAnyOthers() throws IOException {
    Path black = Files.createDirectories(folder.resolve("black"));
    for (int i = 0; i < 2; i++) {
      Files.write(black.resolve(i + ".png"), Png.encode(new Image(8, 8, 3, 8, new short[192])));
    }
    DataSet data = DataSetReader.read(black, ReadOptions.DEFAULT.withSize(8));
    RunStatus status =
        Training.train(
            ClassicRun.config(2, PrecisionChoice.F32),
            data,
            new RunTarget(folder.resolve("runs"), "black", black, List.of()),
            CheckpointPlan.DEFAULT,
            ClassicRun.listener(lines),
            () -> false);
    assertThat(status.state()).isEqualTo(State.FINISHED);
  }

  private RunDirectory train(String name, TrainConfig config, BooleanSupplier stop) {
    lines.clear();
    return ClassicRun.train(folder, name, config, CheckpointPlan.DEFAULT, lines, stop);
  }

  private RunStatus resume(RunDirectory run, ResumeOptions wish) {
    return Training.resume(
        run, ClassicRun.data(folder), wish, ClassicRun.listener(lines), () -> false);
  }

  private static BooleanSupplier after(int iterations) {
    int[] asked = new int[1];
    return () -> asked[0]++ == iterations;
  }
}
