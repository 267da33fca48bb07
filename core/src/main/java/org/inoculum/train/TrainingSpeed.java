package org.inoculum.train;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inoculum.data.DataSet;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Timing;

/**
 * The speed of a preset on this machine: its iterations alone, without sample grids, checkpoints
 * and evaluation, on drawn images, since its speed does not depend on what they show.
 *
 * @param iterations that were timed
 * @param secondsPerIteration the median
 * @param imagesPerSecond real images shown in a second
 */
public record TrainingSpeed(int iterations, double secondsPerIteration, double imagesPerSecond) {
  private static final int IMAGES = 64;

  /**
   * Times one preset.
   *
   * @param config its budget and the precision asked for are not looked at
   * @param progress the share of a training's budget at which it is timed: presets that begin at
   *     half the size are faster there
   * @param forSeconds how long it is timed, about; at least one round is
   */
  public static TrainingSpeed measure(
      TrainConfig config, Precision precision, double progress, double forSeconds) {
    LibTorch.load(config.threads());
    try (RealImages reals = RealImages.of(drawn(config), OfflineAugmentation.NONE, config.seed());
        Trainer trainer = trainer(config, reals, precision)) {
      // A round has one step with a gradient penalty, where the preset has them.
      int round = config.recipe() instanceof ModernRecipe ? ModernNetworks.PENALTY_EVERY : 1;
      long[] iteration = {0};
      Timing timing =
          Timing.of(
              () -> {
                for (int i = 0; i < round; i++) {
                  trainer.run(new Iteration(++iteration[0], progress, 1));
                }
              },
              forSeconds);
      double seconds = timing.seconds() / round;
      return new TrainingSpeed(
          round * timing.repetitions(),
          seconds,
          config.recipe().realsPerIteration(config.batch()) / seconds);
    }
  }

  private static Trainer trainer(TrainConfig config, RealImages reals, Precision precision) {
    if (config.recipe() instanceof ModernRecipe modern) {
      return new ModernTrainer(config, modern, reals, Optional.empty(), precision);
    }
    return new ClassicTrainer(config, (ClassicRecipe) config.recipe(), reals, precision);
  }

  /** Images to train on, as the configuration asks for. */
  static DataSet drawn(TrainConfig config) {
    List<Sample> samples =
        IntStream.range(0, IMAGES)
            .mapToObj(i -> new Sample("drawn " + i, 0, image(config, i), ""))
            .toList();
    return new DataSet(
        "drawn",
        List.of("bacillus"),
        config.size(),
        config.channels(),
        samples,
        OfflineAugmentation.NONE,
        List.of());
  }

  private static Image image(TrainConfig config, int index) {
    Image colour = DrawnBacilli.draw(config.seed(), index, config.size());
    return config.channels() == 1 ? Channels.toGrey(colour) : colour;
  }
}
