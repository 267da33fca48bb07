package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.HeldOutImages;
import org.inoculum.data.Manifest;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training is evaluated on, and what comes of it. ResumeTest and CrashTest break it off. */
class EvaluatorTest extends TorchTest {
  private static final int SIZE = 8;

  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  @Test
  void theBestHasTheLowestScore() {
    RunDirectory run = TinyRun.create(folder);
    TinyRun.go(run);
    List<EvaluationRecord> evaluated = run.metrics(EvaluationRecord.class);
    assertThat(evaluated.stream().map(EvaluationRecord::iteration)).containsExactly(4L, 8L, 9L);
    for (int i = 0; i < evaluated.size(); i++) {
      EvaluationRecord lowest =
          evaluated.subList(0, i + 1).stream()
              .min(Comparator.comparingDouble(EvaluationRecord::score))
              .orElseThrow();
      assertThat(evaluated.get(i).best()).isEqualTo(evaluated.get(i).score() <= lowest.score());
    }
    long newest =
        evaluated.stream()
            .filter(EvaluationRecord::best)
            .mapToLong(EvaluationRecord::iteration)
            .max()
            .orElseThrow();
    assertThat(run.best()).hasValue(newest);
    assertThat(run.snapshot(newest).info().iteration()).isEqualTo(newest);
  }

  @Test
  void aFolderOfHeldOutImagesJudgesAndOthersAreRefusedOnResuming() throws IOException {
    HeldOutFolder heldOut = drawn("held-out", 100, 14);
    TrainConfig config = config(ValidationSource.HELD_OUT_FOLDER);
    RunDirectory run = train(config, drawn("train", 0, 4), Optional.of(heldOut));
    EvaluationRecord evaluated = run.metrics(EvaluationRecord.class).get(0);
    assertThat(evaluated.validationSet()).isEqualTo(ValidationSource.HELD_OUT_FOLDER);
    assertThat(evaluated.nReal()).isEqualTo(14);
    assertThat(HeldOutImages.read(run.path()).folder()).isEqualTo(heldOut.folder().toString());
    assertThat(TrainConfig.read(run.config()).validationSet())
        .isEqualTo(ValidationSource.HELD_OUT_FOLDER);

    DataSet images = drawn("train", 0, 4).images();
    assertThatThrownBy(() -> resume(run, images, Optional.empty()))
        .hasMessageContaining("--held-out DIR");
    Files.delete(heldOut.folder().resolve("113.png"));
    assertThatThrownBy(() -> resume(run, images, Optional.of(drawn("held-out", 100, 13))))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("held-out images were changed")
        .hasMessageContaining("113.png is missing");
  }

  @Test
  void aSplitIsNotTrainedOn() throws IOException {
    HeldOutFolder all = drawn("train", 0, 100);
    RunDirectory run = train(config(ValidationSource.SPLIT), all, Optional.empty());
    assertThat(run.metrics(EvaluationRecord.class).get(0).nReal()).isEqualTo(12);
    HeldOutImages heldOut = HeldOutImages.read(run.path());
    assertThat(heldOut.fromTrainingFolder()).isTrue();
    assertThat(lines).anyMatch(line -> line.startsWith("88 images,"));
    String remembered = Files.readString(run.path().resolve("training-descriptors.json"));
    Manifest files = Objects.requireNonNull(heldOut.images());
    assertThat(files.files()).hasSize(12);
    files
        .files()
        .forEach(file -> assertThat(remembered).doesNotContain("\"" + file.source() + "\""));
    assertThat(run.dataset(Manifest.class).images()).isEqualTo(100);
  }

  @Test
  void heldOutImagesThatAreTrainedOnAreNamed() throws IOException {
    HeldOutFolder heldOut = drawn("held-out", 3, 14);
    HeldOutFolder training = drawn("train", 0, 4);
    TrainConfig config = config(ValidationSource.HELD_OUT_FOLDER);
    assertThatThrownBy(() -> ValidationSet.of(config, training.images(), Optional.of(heldOut)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageContaining("1 of the held-out images")
        .hasMessageContaining("3.png is 3.png");
  }

  @Test
  void onlyManyImagesAreSplitUnasked() throws IOException {
    assertThat(ValidationSource.unasked(drawn("few", 0, 64).images()))
        .isEqualTo(ValidationSource.TRAINING_IMAGES);
    assertThat(ValidationSource.unasked(drawn("many", 0, 256).images()))
        .isEqualTo(ValidationSource.SPLIT);
    assertThat(ValidationSource.unasked(inGroups(16))).isEqualTo(ValidationSource.SPLIT);
    assertThat(ValidationSource.unasked(inGroups(15))).isEqualTo(ValidationSource.TRAINING_IMAGES);
    ValidationSet split =
        ValidationSet.of(config(ValidationSource.SPLIT), inGroups(16), Optional.empty());
    assertThat(split.real().samples()).hasSize(32);
    assertThat(split.describe())
        .contains("evaluated on 32 images", "drawn by the seed in 2 whole groups");
    assertThat(ValidationSource.heldOut(256)).isEqualTo(32);
    assertThat(ValidationSource.heldOut(60_000)).isEqualTo(256);
  }

  /** 256 images of so many fields of view. */
  private static DataSet inGroups(int groups) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      Image image = DrawnBacilli.draw(0, i, 16);
      samples.add(new Sample(i + ".png", 0, image, String.valueOf(i), "field " + i % groups));
    }
    return new DataSet(
        "cells", List.of("cells"), 16, 3, samples, OfflineAugmentation.NONE, List.of());
  }

  private RunDirectory train(
      TrainConfig config, HeldOutFolder training, Optional<HeldOutFolder> heldOut) {
    Training.train(
        config,
        training.images(),
        heldOut,
        new RunTarget(folder.resolve("runs"), "evaluated", training.folder(), List.of()),
        CheckpointPlan.DEFAULT,
        ClassicRun.listener(lines),
        () -> false);
    return RunDirectory.open(folder.resolve("runs/00000-evaluated-classic"));
  }

  private void resume(RunDirectory run, DataSet images, Optional<HeldOutFolder> heldOut) {
    Training.resume(
        run, images, heldOut, ResumeOptions.UNCHANGED, ClassicRun.listener(lines), () -> false);
  }

  private static TrainConfig config(ValidationSource validationSet) {
    TrainConfig plain = ClassicRun.config(1, PrecisionChoice.F32);
    return new TrainConfig(
        plain.preset(),
        plain.budget(),
        plain.batch(),
        plain.size(),
        plain.channels(),
        plain.seed(),
        plain.threads(),
        plain.precision(),
        Reading.DEFAULT,
        validationSet,
        plain.recipe());
  }

  private HeldOutFolder drawn(String name, int first, int count) throws IOException {
    Path drawn = Files.createDirectories(folder.resolve(name));
    for (int i = first; i < first + count; i++) {
      Files.write(drawn.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 2 * SIZE)));
    }
    return new HeldOutFolder(drawn, DataSetReader.read(drawn, ReadOptions.DEFAULT.withSize(SIZE)));
  }
}
