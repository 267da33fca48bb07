package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.inoculum.model.ClassicShape;
import org.inoculum.torch.Engine;
import org.inoculum.torch.GemmSpeed;
import org.inoculum.torch.PrecisionChoice;

/**
 * The speed at which a machine trains: {@code doctor --bench}.
 *
 * @param gemm what it does at best
 * @param classic the iteration that docs/explanation/performance.md compares engines by
 * @param presets what a user waits for
 */
public record MachineSpeed(Gemm gemm, Classic classic, List<OfPreset> presets) {
  /** Length of the training that is told of, in thousand images. */
  private static final double KIMG = 100;

  private static final double SECONDS_IN_MINUTE = 60;

  /**
   * A product of two matrices, in the precision of training.
   *
   * @param side of the matrices, in numbers
   * @param gflops billions of additions and multiplications a second
   */
  public record Gemm(int side, double gflops) {}

  /**
   * One iteration of the article's recipe.
   *
   * @param iterations that were timed
   * @param millisPerIteration the median
   * @param gflops billions of additions and multiplications a second ({@link ClassicWork})
   * @param shareOfGemm of that rate
   */
  public record Classic(
      int size,
      int batch,
      int iterations,
      double millisPerIteration,
      double gflops,
      double shareOfGemm) {}

  /**
   * A preset in training, without sample grids, checkpoints and evaluation.
   *
   * @param iterations that were timed
   * @param imagesPerSecond real images shown in a second, over a training of 100,000 that begins at
   *     lower resolutions where the preset does
   * @param minutesTo100Kimg what 100,000 real images take
   */
  public record OfPreset(
      String preset,
      int size,
      int batch,
      int iterations,
      double imagesPerSecond,
      double minutesTo100Kimg) {}

  /**
   * The effort of the measurement.
   *
   * @param gemmSide of the matrices, in numbers
   * @param classicSize resolution of the images, in pixels
   * @param classicBatch images of its generator update
   * @param modernSize resolution of the images, in pixels
   * @param seconds in all, about: a machine on which one iteration takes longer takes longer
   */
  public record Effort(
      int gemmSide, int classicSize, int classicBatch, int modernSize, double seconds) {
    /** What {@code doctor --bench} measures. */
    public static final Effort DEFAULT =
        new Effort(GemmSpeed.SIDE, Preset.CLASSIC.size(), 32, Preset.MODERN.size(), 42);
  }

  /**
   * Measures.
   *
   * @param progress is told what is being measured
   */
  public static MachineSpeed measure(Effort effort, Engine engine, Consumer<String> progress) {
    progress.accept("GEMM");
    double best =
        GemmSpeed.gflops(
            effort.gemmSide, engine.threads(), engine.precision(), 0.06 * effort.seconds);
    progress.accept("the classic iteration");
    TrainingSpeed iteration =
        TrainingSpeed.measure(
            config(Preset.CLASSIC, effort.classicSize, effort.classicBatch, engine),
            engine.precision(),
            0,
            0.4 * effort.seconds);
    double gflops =
        ClassicWork.ofIteration(
                new ClassicShape(effort.classicSize, 3, Preset.CLASSIC.recipe().latentSize()),
                effort.classicBatch)
            / iteration.secondsPerIteration()
            / 1e9;
    Classic classic =
        new Classic(
            effort.classicSize,
            effort.classicBatch,
            iteration.iterations(),
            1000 * iteration.secondsPerIteration(),
            gflops,
            gflops / best);
    List<OfPreset> presets = new ArrayList<>();
    presets.add(ofModern(Preset.MODERN, effort.modernSize, engine, 0.4 * effort.seconds, progress));
    presets.add(ofModern(Preset.TINY, Preset.TINY.size(), engine, 0.14 * effort.seconds, progress));
    presets.add(
        ofPreset(
            "classic",
            effort.classicSize,
            effort.classicBatch,
            iteration.iterations(),
            1 / iteration.imagesPerSecond()));
    return new MachineSpeed(new Gemm(effort.gemmSide, best), classic, presets);
  }

  private static OfPreset ofModern(
      Preset preset, int size, Engine engine, double seconds, Consumer<String> progress) {
    progress.accept(String.format(Locale.ROOT, "the %s preset", preset.label()));
    ModernSpeed speed =
        ModernSpeed.measure(preset, (ModernRecipe) preset.recipe(), size, engine, seconds);
    return ofPreset(
        preset.label(),
        size,
        preset.batch(),
        speed.iterations(),
        speed.seconds(KIMG) / (1000 * KIMG));
  }

  private static OfPreset ofPreset(
      String preset, int size, int batch, int iterations, double secondsPerImage) {
    return new OfPreset(
        preset,
        size,
        batch,
        iterations,
        1 / secondsPerImage,
        1000 * KIMG * secondsPerImage / SECONDS_IN_MINUTE);
  }

  private static TrainConfig config(Preset preset, int size, int batch, Engine engine) {
    return new TrainConfig(
        preset,
        preset.budget(),
        batch,
        size,
        3,
        0,
        engine.threads(),
        PrecisionChoice.AUTO,
        preset.recipe());
  }
}
