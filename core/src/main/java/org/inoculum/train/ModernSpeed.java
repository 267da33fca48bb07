package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.model.ModernShape;
import org.inoculum.torch.Engine;
import org.inoculum.torch.PrecisionChoice;

/**
 * The speed of the modern recipe on this machine, by resolution level: a training begins at lower
 * resolutions, where an image costs less.
 *
 * @param recipe whose schedule says how many images are shown at each level
 * @param iterations that were timed
 * @param secondsPerImage by level; level 0 is the full resolution
 */
public record ModernSpeed(ModernRecipe recipe, int iterations, List<Double> secondsPerImage) {
  /** Shares of a training at which augmentation is at its strongest. */
  private static final double LATE = 0.99;

  /** Sample grids, snapshots, checkpoints and evaluations, as a share of the iterations' time. */
  private static final double BESIDE = 0.08;

  private static final double LONGEST_KIMG = 1e6;

  /** Keeps a copy. */
  public ModernSpeed {
    secondsPerImage = List.copyOf(secondsPerImage);
  }

  /**
   * Times iterations at each level.
   *
   * @param size resolution of the images, in pixels
   * @param seconds in all, about: a machine on which one iteration takes longer takes longer
   */
  public static ModernSpeed measure(
      Preset preset, ModernRecipe recipe, int size, Engine engine, double seconds) {
    TrainConfig config =
        new TrainConfig(
            preset,
            preset.budget(),
            preset.batch(),
            size,
            3,
            0,
            engine.threads(),
            PrecisionChoice.AUTO,
            recipe);
    int highest = new ModernShape(size, 1, 1, 1, recipe.channels()).maxLevel();
    int iterations = 0;
    List<Double> byLevel = new ArrayList<>();
    for (int level = 0; level <= highest; level++) {
      double at = level == 0 ? LATE : Math.nextDown(recipe.until(level));
      TrainingSpeed speed =
          TrainingSpeed.measure(config, engine.precision(), at, seconds / (highest + 1));
      iterations += speed.iterations();
      byLevel.add(1 / speed.imagesPerSecond());
    }
    return new ModernSpeed(recipe, iterations, byLevel);
  }

  /** Seconds of iterations in a training of so many thousand images. */
  public double seconds(double kimg) {
    double perImage = 0;
    int highest = secondsPerImage.size() - 1;
    for (int level = highest; level >= 0; level--) {
      double from = level == highest ? 0 : recipe.until(level + 1, kimg);
      perImage += (recipe.until(level, kimg) - from) * secondsPerImage.get(level);
    }
    return 1000 * kimg * perImage;
  }

  /** Seconds of such a training with all that it does beside its iterations. */
  public double secondsInAll(double kimg) {
    return (1 + BESIDE) * seconds(kimg);
  }

  /** Thousands of images that a training of so many seconds shows, with all that it does. */
  public double kimgIn(double secondsInAll) {
    double low = 0;
    double high = LONGEST_KIMG;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (secondsInAll(middle) < secondsInAll) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
