package org.inoculum.train;

import org.inoculum.data.OfflineAugmentation;
import org.inoculum.model.ModernShape;
import org.inoculum.recipe.Hyperparameters;

/**
 * The hyperparameters of the modern preset; each can be changed with {@code --set name=value}.
 * docs/explanation/method.md says what was tried.
 *
 * @param latentSize length of the random vector
 * @param channels channels of the generator's finest map but one, a multiple of 32
 * @param objective the objective of the two networks
 * @param learningRate of Adam, for both networks, at the start
 * @param learningRateEnd what is left of it at the end of its cosine schedule, as a share
 * @param beta1 of Adam
 * @param beta2 of Adam
 * @param epsilon of Adam
 * @param gammaStart weight of the gradient penalties R1 and R2 at the start, for images of 64
 *     pixels; for others it is in proportion to the number of pixels
 * @param gammaEnd their weight at the end of its cosine schedule
 * @param maxBandGain how much the weakest details are amplified, at most, before the discriminator
 *     sees them ({@link org.inoculum.model.BandGains}); 1 leaves them as they are
 * @param reconstructionWeight weight of the discriminator's reconstruction loss
 * @param spectralWeight weight of the generator's spectral loss ({@link SpectralLoss}); 0 is
 *     without
 * @param d4Symmetry whether an image that is turned or mirrored is still one of its kind: then each
 *     is trained on and made in any of the eight orientations of the square (D4); idx files, which
 *     hold digits, are left as they are
 * @param adaMaxP highest probability of each non-leaking change
 * @param adaMaxPSmooth the same where the images are smooth, their grain share below {@link
 *     GrainShare#NONE}: held-out images do not raise it there
 * @param adaRamp share of the training over which that probability grows from 0
 * @param adaTarget where held-out images are known: how far the discriminator may memorise its
 *     training images ({@link AugmentationControl}) before that probability grows further, above 0
 *     and up to 1; 0 leaves the probability alone
 * @param lowResUntil share of the training that is done at lower resolutions, down to 32 pixels: at
 *     half the resolution three quarters of it, before that at a quarter of the resolution three
 *     quarters of the rest, and so on
 * @param lowResKimg kimg after which lower resolutions end at the latest: as many at half the
 *     resolution and below, a third of them at a quarter and below, and so on, so that a long
 *     training spends its time at the full resolution
 * @param emaKimg longest half-life of G_ema, in kimg
 * @param emaRampup that half-life as a share of the kimg so far, where that is shorter
 * @param sampleEvery iterations between two sample grids and snapshots
 * @param sampleCount images in a sample grid
 */
public record ModernRecipe(
    int latentSize,
    int channels,
    GanLoss objective,
    double learningRate,
    double learningRateEnd,
    double beta1,
    double beta2,
    double epsilon,
    double gammaStart,
    double gammaEnd,
    double maxBandGain,
    double reconstructionWeight,
    double spectralWeight,
    boolean d4Symmetry,
    double adaMaxP,
    double adaMaxPSmooth,
    double adaRamp,
    double adaTarget,
    double lowResUntil,
    double lowResKimg,
    double emaKimg,
    double emaRampup,
    int sampleEvery,
    int sampleCount)
    implements Recipe {
  /** The highest probability that does not make changes the rule (2006.06676, section 3.1). */
  static final double MAX_ADA_P = 0.8;

  /** Names, ranges and meanings of the fields. */
  public static final Hyperparameters HYPERPARAMETERS =
      Hyperparameters.of(ModernRecipe.class, "modern.json");

  /** What the search of docs/explanation/method.md has come to so far. */
  public static final ModernRecipe DEFAULT = HYPERPARAMETERS.defaults(ModernRecipe.class);

  /** Checks the ranges. */
  public ModernRecipe {
    HYPERPARAMETERS.check("latentSize", latentSize);
    HYPERPARAMETERS.check("channels", channels);
    HYPERPARAMETERS.check("learningRate", learningRate);
    HYPERPARAMETERS.check("learningRateEnd", learningRateEnd);
    HYPERPARAMETERS.check("beta1", beta1);
    HYPERPARAMETERS.check("beta2", beta2);
    HYPERPARAMETERS.check("epsilon", epsilon);
    HYPERPARAMETERS.check("gammaStart", gammaStart);
    HYPERPARAMETERS.check("gammaEnd", gammaEnd);
    HYPERPARAMETERS.check("maxBandGain", maxBandGain);
    HYPERPARAMETERS.check("reconstructionWeight", reconstructionWeight);
    HYPERPARAMETERS.check("spectralWeight", spectralWeight);
    HYPERPARAMETERS.check("adaMaxP", adaMaxP);
    HYPERPARAMETERS.check("adaMaxPSmooth", adaMaxPSmooth);
    HYPERPARAMETERS.check("adaRamp", adaRamp);
    HYPERPARAMETERS.check("adaTarget", adaTarget);
    HYPERPARAMETERS.check("lowResUntil", lowResUntil);
    HYPERPARAMETERS.check("lowResKimg", lowResKimg);
    HYPERPARAMETERS.check("emaKimg", emaKimg);
    HYPERPARAMETERS.check("emaRampup", emaRampup);
    HYPERPARAMETERS.check("sampleEvery", sampleEvery);
    HYPERPARAMETERS.check("sampleCount", sampleCount);
    new ModernShape(32, 1, 1, latentSize, channels);
  }

  /** The data's own symmetries are applied as images are drawn, so nothing is made beforehand. */
  @Override
  public OfflineAugmentation augmentationBefore() {
    return OfflineAugmentation.NONE;
  }

  @Override
  public int realsPerIteration(int batch) {
    return batch;
  }

  @Override
  public void requireMakes(int size, int imageChannels) {
    new ModernShape(size, imageChannels, 1, latentSize, channels);
  }

  /**
   * The resolution level at a point of the training. An image costs a quarter at half the
   * resolution, so a short training sees about as many at each of the smaller ones.
   *
   * @param kimgSeen thousand images before that point
   * @param most as many as the smallest trained side allows
   */
  int level(double progress, double kimgSeen, int most) {
    int level = 0;
    while (level < most
        && progress < until(level + 1)
        && kimgSeen < lowResKimg / Math.pow(3, level)) {
      level++;
    }
    return level;
  }

  /** The share of the training after which the level is lower than this, at least 1. */
  double until(int level) {
    return lowResUntil / Math.pow(4, level - 1);
  }

  /**
   * The share of a training of so many thousand images, which ends after those, whatever time they
   * take, after which the level is lower than this.
   *
   * @param level from 0, where it is all
   */
  double until(int level, double kimg) {
    return level == 0 ? 1 : Math.min(until(level), lowResKimg / Math.pow(3, level - 1) / kimg);
  }

  /** The learning rate at a point of the training, as a share of the first. */
  double learningRateFactor(double progress) {
    return cosine(progress, 1, learningRateEnd);
  }

  /**
   * Weight of the gradient penalties at a point of the training. A pixel of half the resolution
   * stands for four, and so does its share of the gradient: the sum of their squares is four times
   * as large for the same function.
   *
   * @param side of the images that are trained on
   */
  double gamma(double progress, int side) {
    double sides = side / 64.0;
    return sides * sides * cosine(progress, gammaStart, gammaEnd);
  }

  /** Share of the EMA that stays after a step of so many images. */
  double emaDecay(double kimgSeen, int batch) {
    double halfLifeKimg = Math.min(emaKimg, emaRampup * kimgSeen);
    return halfLifeKimg == 0 ? 0 : Math.pow(0.5, batch / 1000.0 / halfLifeKimg);
  }

  private static double cosine(double progress, double first, double last) {
    return last + (first - last) * (1 + Math.cos(Math.PI * progress)) / 2;
  }
}
