package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.inoculum.image.Image;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test 8 of docs/explanation/reliability.md. */
class DivergenceTest extends TorchTest {
  @TempDir private Path folder;

  /** Losses that are not numbers at one iteration, unless the learning rate is lower. */
  private static class Fragile extends TinyTrainer {
    private final double survives;

    Fragile(double survives) {
      super(1);
      this.survives = survives;
    }

    @Override
    DoubleUnaryOperator loss(Iteration step) {
      boolean breaks = step.iteration() == 8 && step.learningRateFactor() > survives;
      return loss -> breaks ? Double.NaN : loss;
    }
  }

  @Test
  void onceItGoesBackToTheCheckpointWithHalfTheLearningRateAndSaysSo() {
    RunDirectory run = TinyRun.create(folder);
    List<String> lines = new ArrayList<>();
    RunStatus status = TinyRun.go(run, new Fragile(0.5), lines);
    assertThat(status.state()).isEqualTo(State.FINISHED);
    assertThat(lines)
        .filteredOn(line -> line.contains("not numbers"))
        .singleElement()
        .asString()
        .contains("iteration 8", "back to iteration 6", "half the learning rate");
    assertThat(TinyRun.stats(run))
        .extracting(Progress::iteration)
        .doesNotHaveDuplicates()
        .hasSize(9);
    CheckpointMetadata last =
        CheckpointMetadata.of(run.newestCheckpoint(warning -> {}).orElseThrow());
    assertThat(last.recovered()).isTrue();
    assertThat(last.learningRateFactor()).isEqualTo(0.5);
  }

  @Test
  void theSecondTimeItStopsAndWhatWasSavedIsWhole() {
    RunDirectory run = TinyRun.create(folder);
    RunStatus status = TinyRun.go(run, new Fragile(0), new ArrayList<>());
    assertThat(status.state()).isEqualTo(State.DIVERGED);
    assertThat(run.status()).isEqualTo(status);
    assertThat(status.message()).contains("iteration 8", "learningRate");
    assertThat(run.newestSnapshot(warning -> {}).orElseThrow().name()).isEqualTo("000004");
    assertThat(run.newestCheckpoint(warning -> {}).orElseThrow().iteration()).isEqualTo(6);
  }

  @Test
  void weightsThatAreNotNumbersAreSeenAtTheNextImageAndNeverSaved() {
    RunDirectory run = TinyRun.create(folder);
    List<String> lines = new ArrayList<>();
    TinyTrainer trainer =
        new TinyTrainer(1) {
          @Override
          public Map<String, Double> run(Iteration step) {
            Map<String, Double> measured = super.run(step);
            if (step.iteration() == 4 && step.learningRateFactor() == 1) {
              try (AutoGradMode noGradients = new AutoGradMode(false)) {
                weights().fill_(new Scalar(Double.POSITIVE_INFINITY));
              }
            }
            return measured;
          }
        };
    assertThat(TinyRun.go(run, trainer, lines).state()).isEqualTo(State.FINISHED);
    assertThat(lines).anyMatch(line -> line.contains("iteration 4 are not numbers"));
  }

  @Test
  void imagesThatAreAllAlikeAreSaidOnceByWhateverFamily() {
    RunDirectory run = TinyRun.create(folder);
    List<String> lines = new ArrayList<>();
    TrainConfig longer = TinyRun.config().with(new Budget(Budget.Unit.ITERATIONS, 24), 1);
    TinyRun.go(run, new TinyTrainer(1), longer, lines); // its samples are all the same
    assertThat(lines)
        .filteredOn(line -> line.contains("all alike"))
        .singleElement()
        .asString()
        .contains("iteration 20");
  }

  @Test
  void imagesThatAreAllAlikeAreACollapse() {
    Image dark = new Image(2, 1, 1, 8, new short[] {0, 10});
    Image bright = new Image(2, 1, 1, 8, new short[] {100, 30});
    assertThat(ModeCollapseCheck.spread(List.of(dark, dark))).isZero();
    // Standard deviations 50 and 10 over two images: the root of (2500 + 100) / 2.
    assertThat(ModeCollapseCheck.spread(List.of(dark, bright))).isEqualTo(Math.sqrt(1300));
    assertThat(ModeCollapseCheck.warning(500, 0.1, 40))
        .get()
        .asString()
        .contains("all alike", "--seed");
    assertThat(ModeCollapseCheck.warning(500, 5, 40)).isEmpty();
    assertThat(ModeCollapseCheck.warning(500, 0, 0)).as("all-black training images").isEmpty();
  }

  @Test
  void comparingImagesTakesNoTimeOfTheTraining() {
    Image sampleGrid = new Image(256, 256, 3, 8, new short[256 * 256 * 3]);
    List<Image> images = Collections.nCopies(48, sampleGrid);
    // A copy of an image for each of its samples would take minutes; this takes 0.1 s.
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> ModeCollapseCheck.spread(images));
  }
}
