package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Preparation;
import org.inoculum.data.PrepareOptions;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassicTrainingTest extends TorchTest {
  private static final int SIZE = 16;

  @TempDir private Path folder;

  @Test
  void aTrainingLeavesAWholeRunDirectory() throws IOException {
    List<String> lines = new ArrayList<>();
    RunDirectory run = train(config(5, recipe(2, 2e-4)), lines, () -> false);
    assertThat(names(run.path()))
        .containsExactly(
            ".lock",
            "checkpoints",
            "config.json",
            "dataset.json",
            "held-out.json",
            "log.txt",
            "provenance.json",
            "samples",
            "snapshots",
            "stats.jsonl",
            "status.json",
            "tensorboard",
            "training-descriptors.json",
            "training-descriptors.sha256");
    assertThat(names(run.path().resolve("samples")))
        .containsExactly("000000.png", "000002.png", "000004.png", "000005.png", "reals.png");
    assertThat(names(run.path().resolve("snapshots")))
        .containsExactly("000002", "000004", "000005");
    assertThat(run.status().state()).isEqualTo(State.FINISHED);
    assertThat(run.status().iteration()).isEqualTo(5);
    assertThat(run.status().kimg()).isEqualTo(0.02);
    assertThat(TrainConfig.read(run.config())).isEqualTo(config(5, recipe(2, 2e-4)));
    assertThat(
            ImageFiles.read(run.path().resolve("samples/000005.png"), DecodingLimits.DEFAULT)
                .channels())
        .isEqualTo(3);
    assertThat(Json.readLines(run.path().resolve("stats.jsonl"), Map.class))
        .extracting(Progress::ofLine)
        .hasSize(5)
        .allSatisfy(
            progress -> assertThat(progress.measured().get("loss/d_real")).isBetween(0.0, 10.0));
    assertThat(Files.readAllLines(run.path().resolve("log.txt"))).isEqualTo(lines);
  }

  /** 4 drawn images become 40; at batch 8 an epoch has 5 iterations. */
  @Test
  void theConsoleLinesAreTheArticles() {
    List<String> lines = new ArrayList<>();
    train(config(6, recipe(6, 2e-4)), lines, () -> false);
    List<String> article = lines.stream().filter(line -> line.startsWith(">")).toList();
    assertThat(article).hasSize(7);
    assertThat(article.get(0))
        .matches(">1, 1/5, d1=\\d+\\.\\d{3}, d2=\\d+\\.\\d{3} g=\\d+\\.\\d{3}");
    assertThat(article.get(4)).startsWith(">1, 5/5, d1=");
    assertThat(article.get(5)).startsWith(">2, 1/5, d1=");
    assertThat(article.get(6)).matches(">Accuracy real: \\d+%, fake: \\d+%");
  }

  @Test
  void theSameConfigurationGivesTheSameBytes() throws IOException {
    byte[] first = weights(train(config(4, recipe(4, 2e-4)), new ArrayList<>(), () -> false), 4);
    byte[] second = weights(train(config(4, recipe(4, 2e-4)), new ArrayList<>(), () -> false), 4);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aStoppedTrainingHasSavedWhatItHad() {
    int[] asked = new int[1];
    RunDirectory run =
        train(config(1000, recipe(100, 2e-4)), new ArrayList<>(), () -> asked[0]++ == 3);
    assertThat(run.status().state()).isEqualTo(State.STOPPED);
    assertThat(run.status().iteration()).isEqualTo(3);
    assertThat(run.newestSnapshot(warning -> {}).orElseThrow().name()).isEqualTo("000003");
  }

  @Test
  void lossesThatAreNotNumbersStopItAndAreNotSaved() {
    RunDirectory[] run = new RunDirectory[1];
    assertThatThrownBy(
            () -> run[0] = train(config(20, recipe(1, 1e30)), new ArrayList<>(), () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("are not numbers")
        .hasMessageContaining("learningRate");
    Path left = folder.resolve("runs/00000-drawn-classic");
    assertThat(RunDirectory.open(left).status().state()).isEqualTo(State.DIVERGED);
    assertThat(RunDirectory.open(left).newestSnapshot(warning -> {})).isEmpty();
    assertThat(names(left.resolve("samples"))).containsExactly("000000.png", "reals.png");
  }

  @Test
  void aFolderThatPrepareHasAugmentedIsNotAugmentedAgain() {
    Path prepared = folder.resolve("prepared");
    Preparation.prepare(
        drawn(),
        prepared,
        new PrepareOptions(SIZE, Fit.CROP, OfflineAugmentation.ARTICLE, 10, 0, Reading.DEFAULT));
    DataSet data = DataSetReader.read(prepared, ReadOptions.DEFAULT.withSize(SIZE));
    assertThat(data.samples()).hasSize(40);
    assertThat(Training.augmentation(config(1, recipe(1, 2e-4)), data))
        .isEqualTo(OfflineAugmentation.NONE);
  }

  @Test
  void nativeMemoryDoesNotGrowWithTheSteps() {
    List<Long> counts = new ArrayList<>();
    List<Long> resident = new ArrayList<>();
    train(
        config(120, recipe(1000, 2e-4)),
        new ArrayList<>(),
        () -> {
          if (counts.size() == 20 || counts.size() == 110) {
            System.gc(); // what Java has not cleared away yet is no leak
          }
          counts.add(Pointer.totalCount());
          resident.add(Pointer.physicalBytes());
          return false;
        });
    assertThat(counts.get(110)).isEqualTo(counts.get(20));
    // One forgotten map of 8 x 128 x 16 x 16 floats a step would be 90 MiB; Java's own heap moves
    // by less than 24.
    assertThat(resident.get(110) - resident.get(20)).isLessThan(24 << 20);
  }

  private RunDirectory train(TrainConfig config, List<String> lines, BooleanSupplier stop) {
    RunDirectory[] started = new RunDirectory[1];
    RunStatus status =
        Training.train(
            config,
            DataSetReader.read(drawn(), ReadOptions.DEFAULT.withSize(SIZE)),
            new RunTarget(folder.resolve("runs"), "drawn", drawn(), List.of("train")),
            CheckpointPlan.DEFAULT,
            new TrainingListener() {
              @Override
              public void started(RunDirectory run) {
                started[0] = run;
              }

              @Override
              public void line(String text) {
                lines.add(text);
              }

              @Override
              public void progressed(Progress progress) {}
            },
            stop);
    assertThat(started[0].status()).isEqualTo(status);
    return started[0];
  }

  private Path drawn() {
    Path drawn = folder.resolve("drawn");
    if (!Files.exists(drawn)) {
      Storage.newFolder(
          drawn,
          part -> {
            for (int i = 0; i < 4; i++) {
              Storage.writeInto(
                  part.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, SIZE)));
            }
          });
    }
    return drawn;
  }

  private static TrainConfig config(double iterations, ClassicRecipe recipe) {
    return new TrainConfig(
        Preset.CLASSIC,
        new Budget(Budget.Unit.ITERATIONS, iterations),
        8,
        SIZE,
        3,
        1,
        2,
        PrecisionChoice.AUTO,
        recipe);
  }

  private static ClassicRecipe recipe(int sampleEvery, double learningRate) {
    ClassicRecipe article = ClassicRecipe.ARTICLE;
    return new ClassicRecipe(
        article.latentSize(),
        learningRate,
        article.beta1(),
        article.beta2(),
        article.epsilon(),
        article.dropout(),
        article.loss(),
        article.augmentation(),
        sampleEvery,
        9,
        20);
  }

  private static byte[] weights(RunDirectory run, int iteration) throws IOException {
    return Files.readAllBytes(
        run.path()
            .resolve("snapshots")
            .resolve(RunDirectory.number(iteration))
            .resolve("generator.safetensors"));
  }

  private static List<String> names(Path path) {
    try (Stream<Path> children = Files.list(path)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
