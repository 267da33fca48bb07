package org.inoculum.bench;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.bench.protocol.Contestant;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.GeneratorInput;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.GemmSpeed;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.Tensors;

/** Our generator alone: a batch of latents to a batch of images, as floats. */
final class OurGeneration implements Contestant, AutoCloseable {
  /** Images at a time. */
  static final int BATCH = 64;

  static final long SEED = 3;

  private final Generator generator;
  private final Precision precision;
  private final int threads;

  OurGeneration(Snapshot snapshot, Precision precision, int threads) {
    LibTorch.load(threads);
    this.generator =
        GeneratorFile.decode(snapshot.info(), Safetensors.read(snapshot.weights()), "the snapshot");
    this.precision = precision;
    this.threads = threads;
  }

  @Override
  public double[] step() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      GeneratorInput input = GeneratorInput.of(generator, SEED, 0, new long[BATCH]);
      Tensor images;
      try (Autocast autocast = Autocast.to(precision)) {
        images = generator.forward(input);
      }
      return numbers(Tensors.toFloats(images));
    }
  }

  /** What two makers of the same images agree on: their mean square and two pixels. */
  static double[] numbers(float[] images) {
    double squares = 0;
    for (float value : images) {
      squares += (double) value * value;
    }
    return new double[] {
      squares / images.length, images[images.length / 3], images[images.length / 2]
    };
  }

  @Override
  public double gemm() {
    return GemmSpeed.gflops(GemmSpeed.SIDE, threads, precision, 1);
  }

  @Override
  public void close() {
    generator.close();
  }
}
