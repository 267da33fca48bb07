package org.inoculum.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.model.GeneratorInput;
import org.inoculum.model.ModernGenerator;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;

/**
 * The noise of G_ema, which is learnt for it instead of averaged. Filters that turn noise into
 * texture wander while a generator trains, and the average of filters is weaker than any of them:
 * averaged images have half the real texture's power (docs/explanation/method.md). How strong the
 * noise has to be to make up for that, the {@link SpectralLoss} tells.
 */
final class EmaNoise implements AutoCloseable {
  /** Steps from one correction to the next. */
  static final int EVERY = 4;

  /** Images of a correction at most; they tell their texture well enough. */
  private static final int IMAGES = 8;

  /** Its learning rate, in learning rates of the networks. */
  private static final double RATE = 30;

  private static final double BETA2 = 0.95;

  private final ModernGenerator ema;
  private final List<SpectralLoss> spectra;
  private final Precision precision;
  private final ProgressiveAdam optimiser;

  /**
   * Corrects G_ema.
   *
   * @param spectra of the real images, as they are, at half the resolution and so on
   * @param adam of the networks
   */
  EmaNoise(
      ModernGenerator ema, List<SpectralLoss> spectra, Adam.Options adam, Precision precision) {
    this.ema = ema;
    this.spectra = spectra;
    this.precision = precision;
    this.optimiser =
        new ProgressiveAdam(
            ema.weights(),
            ema.shape().maxLevel(),
            name -> isNoise(name) ? ema.maxLevel(name) : -1,
            new Adam.Options(
                RATE * adam.learningRate(), 0, BETA2, adam.epsilon(), adam.largestStep()));
  }

  /** Whether a parameter of the generator is a strength of its noise. */
  static boolean isNoise(String name) {
    return name.startsWith("noise");
  }

  /**
   * One correction.
   *
   * @param input of images as they are wanted
   * @param level resolution level of those images
   */
  void correct(GeneratorInput input, int level, double learningRateFactor) {
    try (PointerScope scope = new PointerScope()) {
      GeneratorInput some = input.narrow(0, Math.min(IMAGES, input.labels().size(0)));
      Tensor images;
      try (Autocast autocast = Autocast.to(precision)) {
        images = ema.forward(some, level);
      }
      Tensor apart = spectra.get(level).of(ema.asMade(images, some), some.labels());
      List<Tensor> strengths = optimiser.parameters(level);
      TensorVector gradients =
          torch.grad(new TensorVector(apart), new TensorVector(strengths.toArray(new Tensor[0])));
      optimiser.step(level, Arrays.asList(gradients.get()), learningRateFactor);
    }
  }

  /** What it remembers, by name, for the training state. */
  Map<String, Adam> adams() {
    return optimiser.adams("emaNoiseAdam");
  }

  @Override
  public void close() {
    optimiser.close();
  }
}
