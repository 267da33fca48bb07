package org.inoculum.train;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.augment.Augmentation;
import org.inoculum.augment.Strength;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.Latents;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Adam;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Precision;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The parts of a training, at the article's size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingKernels {
  private static final ClassicShape SHAPE = new ClassicShape(128, 3, 100);

  /** Images of a step. */
  @Param("16")
  public int batch;

  @SuppressWarnings("NullAway.Init") // by the set-up
  private ClassicNetworks networks;

  @SuppressWarnings("NullAway.Init") // by the set-up
  private PointerScope scope;

  @SuppressWarnings("NullAway.Init") // by the set-up
  private Tensor z;

  @SuppressWarnings("NullAway.Init") // by the set-up
  private Tensor images;

  private final Augmentation augmentation = new Augmentation(Strength.DEFAULT);

  /** Networks and what they are fed with. */
  @Setup
  public void begin() {
    LibTorch.load(LibTorch.defaultThreads());
    scope = new PointerScope();
    networks =
        new ClassicNetworks(
            SHAPE,
            1,
            new Adam.Options(2e-4, 0.5, 0.999, 1e-7),
            LossForm.LOGITS,
            Precision.F32,
            batch,
            LibTorch.defaultThreads());
    z = Latents.ofDraw(1, 0, batch, SHAPE.latentSize());
    images = torch.tanh(torch.randn(batch, SHAPE.channels(), SHAPE.size(), SHAPE.size()));
  }

  /** Frees them. */
  @TearDown
  public void end() {
    networks.close();
    scope.close();
  }

  /** One update of the generator. */
  @Benchmark
  public double generatorStep() {
    return networks.updateGenerator(z, Optional.empty());
  }

  /** One update of the discriminator. */
  @Benchmark
  public double discriminatorStep() {
    return networks.updateDiscriminator(images, true, Optional.empty()).loss();
  }

  /** Making images. */
  @Benchmark
  public long generate() {
    try (PointerScope step = new PointerScope()) {
      return networks.generate(z).numel();
    }
  }

  /** What the discriminator of the modern preset sees, forward. */
  @Benchmark
  public long augment() {
    try (PointerScope step = new PointerScope()) {
      return augmentation.apply(images, 0.4, RandomStream.of(1, Purpose.AUGMENTATION, 0)).numel();
    }
  }
}
