package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus.State;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModernTrainingTest extends TorchTest {
  private static final int SIZE = 32;

  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStoppedTrainingGoesOnToTheBit(Precision precision) throws IOException {
    PrecisionChoice choice = PrecisionChoice.valueOf(precision.name());
    // The gradient penalty comes every eighth step: once before the break, once after.
    RunDirectory whole = train("whole", config(17, choice), () -> false);
    int[] asked = new int[1];
    RunDirectory broken = train("broken", config(17, choice), () -> asked[0]++ == 9);
    assertThat(broken.status().state()).isEqualTo(State.STOPPED);
    Training.resume(
        broken, data(), ResumeOptions.UNCHANGED, ClassicRun.listener(lines), () -> false);
    assertThat(TinyRun.fingerprint(broken)).isEqualTo(TinyRun.fingerprint(whole));
    assertThat(broken.path().resolve("samples/000017.png"))
        .hasSameBinaryContentAs(whole.path().resolve("samples/000017.png"));
  }

  /** 33 iterations are 8 looks at held-out images: the break lies among them. */
  @Test
  void aSteeredTrainingGoesOnToTheBit() throws IOException {
    TrainConfig config = steered(42);
    RunDirectory whole = train("steered", config, () -> false);
    int[] asked = new int[1];
    RunDirectory broken = train("halted", config, () -> asked[0]++ == 37);
    Training.resume(
        broken,
        data(),
        heldOut(),
        ResumeOptions.UNCHANGED,
        ClassicRun.listener(lines),
        () -> false);
    assertThat(TinyRun.fingerprint(broken)).isEqualTo(TinyRun.fingerprint(whole));
    List<Progress> stats = TinyRun.stats(whole);
    assertThat(stats.get(41).measured().get("ada/overfitting")).isNotZero();
    assertThat(stats.get(41).measured().get("ada/p")).isNotEqualTo(0.4);
  }

  @Test
  void whatItMeasuresAndSavesSaysWhatItIs() {
    RunDirectory run = train("run", config(8, PrecisionChoice.F32), () -> false);
    Map<?, ?> last = Json.readLines(run.path().resolve("stats.jsonl"), Map.class).get(7);
    assertThat(last.keySet().stream().map(String::valueOf).toList())
        .contains("loss/d", "loss/g", "penalty", "reconstruction", "spectral", "ada/p");
    assertThat((Double) last.get("penalty")).isPositive();
    assertThat((Double) last.get("ada/p")).isEqualTo(0.4);
    Snapshot snapshot = run.newestSnapshot(lines::add).orElseThrow();
    assertThat(snapshot.info().family()).isEqualTo("modern");
    assertThat(snapshot.info().classes()).isEqualTo(2);
    assertThat(snapshot.info().d4Symmetry()).isTrue();
    assertThat(run.status().kimg()).isEqualTo(0.032);
  }

  /** 9 images of one class and 1 of another: by root of size three to one, not nine to one. */
  @Test
  void rareClassesAreDrawnMoreOftenThanTheyAre() {
    try (PointerScope scope = new PointerScope();
        RealImages reals = RealImages.of(data(), OfflineAugmentation.NONE, 0)) {
      RealImages.Batch batch = reals.drawBalanced(1000, RandomStream.of(0, Purpose.SAMPLING, 1));
      assertThat(batch.images().size(0)).isEqualTo(1000);
      long rare = 0;
      for (long label : batch.labels()) {
        rare += label;
      }
      assertThat(rare).isBetween(210L, 290L);
    }
  }

  @Test
  void imagesThatHaveAnUpAndADownAreMadeAsTheyAre() {
    Map<String, Object> recipe = new LinkedHashMap<>(Json.tree(Preset.MODERN.recipe()));
    recipe.put("d4Symmetry", false);
    TrainConfig config =
        new TrainConfig(
            Preset.MODERN,
            new Budget(Budget.Unit.ITERATIONS, 1),
            4,
            SIZE,
            3,
            1,
            2,
            PrecisionChoice.F32,
            Json.ofTree(recipe, ModernRecipe.class, "test"));
    RunDirectory run = train("upright", config, () -> false);
    assertThat(run.newestSnapshot(lines::add).orElseThrow().info().d4Symmetry()).isFalse();
  }

  /** A six that is turned over is a nine. */
  @Test
  void imagesOfIdxFilesAreNotTurned() {
    DataSet cells = data();
    List<Sample> digits =
        IntStream.range(0, 10)
            .mapToObj(i -> new Sample("idx#" + i, i % 2, cells.samples().get(i).image(), ""))
            .toList();
    DataSet data =
        new DataSet(
            "digits", List.of("6", "9"), SIZE, 3, digits, OfflineAugmentation.NONE, List.of());
    try (RealImages ofCells = RealImages.of(cells, OfflineAugmentation.NONE, 0);
        RealImages upright = RealImages.of(cells, OfflineAugmentation.NONE, 0, false);
        RealImages ofDigits = RealImages.of(data, OfflineAugmentation.NONE, 0)) {
      assertThat(ofCells.d4Symmetry()).isTrue();
      assertThat(upright.d4Symmetry()).isFalse();
      assertThat(ofDigits.d4Symmetry()).isFalse();
    }
  }

  private RunDirectory train(String name, TrainConfig config, BooleanSupplier stop) {
    Path runs = folder.resolve(name);
    Training.train(
        config,
        data(),
        config.validationSet() == ValidationSource.HELD_OUT_FOLDER ? heldOut() : Optional.empty(),
        new RunTarget(runs, name, drawn(), List.of("train")),
        CheckpointPlan.DEFAULT,
        ClassicRun.listener(lines),
        stop);
    return RunDirectory.open(runs.resolve("00000-" + name + "-modern"));
  }

  private static TrainConfig config(int iterations, PrecisionChoice precision) {
    return new TrainConfig(
        Preset.MODERN,
        new Budget(Budget.Unit.ITERATIONS, iterations),
        4,
        SIZE,
        3,
        1,
        2,
        precision,
        Preset.MODERN.recipe());
  }

  private static TrainConfig steered(int iterations) {
    TrainConfig config = config(iterations, PrecisionChoice.F32);
    return new TrainConfig(
        config.preset(),
        config.budget(),
        config.batch(),
        SIZE,
        3,
        1,
        2,
        PrecisionChoice.F32,
        Reading.DEFAULT,
        ValidationSource.HELD_OUT_FOLDER,
        config.recipe());
  }

  private Optional<HeldOutFolder> heldOut() {
    Path drawn = folder.resolve("held-out");
    if (!drawn.toFile().exists()) {
      Storage.newFolder(
          drawn,
          part -> {
            Storage.createFolders(part.resolve("rare"));
            for (int i = 0; i < 12; i++) {
              Path file = part.resolve("rare").resolve(i + ".png");
              Storage.writeInto(file, Png.encode(DrawnBacilli.draw(1, i, 2 * SIZE)));
            }
          });
    }
    DataSet images = DataSetReader.read(drawn, ReadOptions.DEFAULT.withSize(SIZE));
    return Optional.of(new HeldOutFolder(drawn, images));
  }

  private DataSet data() {
    return DataSetReader.read(drawn(), ReadOptions.DEFAULT.withSize(SIZE));
  }

  private Path drawn() {
    Path drawn = folder.resolve("drawn");
    if (!drawn.toFile().exists()) {
      Storage.newFolder(
          drawn,
          part -> {
            Storage.createFolders(part.resolve("common"));
            Storage.createFolders(part.resolve("rare"));
            for (int i = 0; i < 10; i++) {
              Path file = part.resolve(i < 9 ? "common" : "rare").resolve(i + ".png");
              Storage.writeInto(file, Png.encode(DrawnBacilli.draw(0, i, 2 * SIZE)));
            }
          });
    }
    return drawn;
  }
}
