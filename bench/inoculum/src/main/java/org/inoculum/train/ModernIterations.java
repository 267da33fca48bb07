package org.inoculum.train;

import java.util.Optional;
import org.inoculum.bench.protocol.Contestant;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.torch.GemmSpeed;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;

/** As many iterations of the modern preset, on drawn images, as have one gradient penalty. */
public final class ModernIterations implements Contestant, AutoCloseable {
  /** Of the training: at the whole size, augmentation at its full strength. */
  private static final double USED = 0.9;

  private final TrainConfig config;
  private final Precision precision;
  private final RealImages reals;
  private final ModernTrainer trainer;
  private long iteration;

  /**
   * A training at its begin.
   *
   * @param size side of its images, in pixels
   */
  public ModernIterations(int size, Precision precision, int threads) {
    LibTorch.load(threads);
    Preset preset = Preset.MODERN;
    this.config =
        new TrainConfig(
            preset,
            preset.budget(),
            preset.batch(),
            size,
            3,
            0,
            threads,
            PrecisionChoice.AUTO,
            preset.recipe());
    this.precision = precision;
    this.reals = RealImages.of(TrainingSpeed.drawn(config), OfflineAugmentation.NONE, 0);
    this.trainer =
        new ModernTrainer(
            config, (ModernRecipe) config.recipe(), reals, Optional.empty(), precision);
  }

  /** The losses of the last one. */
  @Override
  public double[] step() {
    double[] losses = new double[0];
    for (int i = 0; i < ModernNetworks.PENALTY_EVERY; i++) {
      var measured = trainer.run(new Iteration(++iteration, USED, 1));
      losses = new double[] {measured.get("loss/d"), measured.get("loss/g")};
    }
    return losses;
  }

  @Override
  public double gemm() {
    return GemmSpeed.gflops(GemmSpeed.SIDE, config.threads(), precision, 1);
  }

  @Override
  public void close() {
    trainer.close();
    reals.close();
  }
}
