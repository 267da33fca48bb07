package org.inoculum.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.bench.protocol.Contestant;
import org.inoculum.bench.protocol.Work;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.Latents;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Adam;
import org.inoculum.torch.GemmSpeed;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.Weights;

/**
 * Our classic iteration on the arrays of a {@link Work}. It lies in this package because the
 * networks' updates are nobody else's business.
 */
public final class ClassicIteration implements Contestant, AutoCloseable {
  private static final long SEED = 1;

  private final Precision precision;
  private final int threads;
  private final ClassicNetworks networks;
  private final Tensor reals;
  private final Tensor z1;
  private final Tensor z2;
  private final Tensor mask1;
  private final Tensor mask2;
  private final Tensor mask3;

  private ClassicIteration(Work work, Precision precision, int threads) throws IOException {
    this.precision = precision;
    this.threads = threads;
    this.networks = networks(work, precision, threads);
    long half = work.batch() / 2;
    this.reals =
        Tensor.create(work.floats("reals"), half, work.channels(), work.size(), work.size());
    this.z1 = Tensor.create(work.floats("z1"), half, work.latentSize());
    this.z2 = Tensor.create(work.floats("z2"), work.batch(), work.latentSize());
    this.mask1 = Tensor.create(work.floats("mask1"), half, work.features());
    this.mask2 = Tensor.create(work.floats("mask2"), half, work.features());
    this.mask3 = Tensor.create(work.floats("mask3"), work.batch(), work.features());
  }

  /** The iteration of a folder, whose weights are those of {@link #write}. */
  public static ClassicIteration of(Path folder, Precision precision, int threads)
      throws IOException {
    LibTorch.load(threads);
    return new ClassicIteration(Work.read(folder), precision, threads);
  }

  /** Writes the arrays that all engines start from. */
  public static void write(Work work) throws IOException {
    LibTorch.load(1);
    try (PointerScope scope = new PointerScope();
        ClassicNetworks networks = networks(work, Precision.F32, 1)) {
      work.writeShape();
      write(work, "generator.", networks.generator().weights());
      write(work, "discriminator.", networks.discriminator().weights());
      int half = work.batch() / 2;
      work.write("reals", reals(work, half));
      work.write("z1", Tensors.toFloats(Latents.ofDraw(SEED, 0, half, work.latentSize())));
      work.write("z2", Tensors.toFloats(Latents.ofDraw(SEED, 1, work.batch(), work.latentSize())));
      work.write("mask1", mask(work, 0, half));
      work.write("mask2", mask(work, 1, half));
      work.write("mask3", mask(work, 2, work.batch()));
    }
  }

  /** Losses of the discriminator on real images and on fakes, and of the generator. */
  @Override
  public double[] step() {
    try (PointerScope scope = new PointerScope()) {
      double d1 = networks.updateDiscriminator(reals, true, Optional.of(mask1)).loss();
      double d2 =
          networks.updateDiscriminator(networks.generate(z1), false, Optional.of(mask2)).loss();
      return new double[] {d1, d2, networks.updateGenerator(z2, Optional.of(mask3))};
    }
  }

  @Override
  public double gemm() {
    return GemmSpeed.gflops(GemmSpeed.SIDE, threads, precision, 1);
  }

  @Override
  public void close() {
    networks.close();
  }

  private static ClassicNetworks networks(Work work, Precision precision, int threads) {
    return new ClassicNetworks(
        new ClassicShape(work.size(), work.channels(), work.latentSize()),
        SEED,
        new Adam.Options(Work.LEARNING_RATE, Work.BETA1, Work.BETA2, Work.EPSILON),
        LossForm.LOGITS,
        precision,
        work.batch(),
        threads);
  }

  private static void write(Work work, String prefix, Weights weights) throws IOException {
    for (Map.Entry<String, Tensor> one : weights.all().entrySet()) {
      work.write(prefix + one.getKey(), Tensors.toFloats(one.getValue()));
    }
  }

  private static float[] reals(Work work, int count) {
    int plane = work.size() * work.size();
    float[] reals = new float[count * work.channels() * plane];
    for (int n = 0; n < count; n++) {
      short[] samples = DrawnBacilli.draw(SEED, n, work.size()).samples();
      for (int c = 0; c < work.channels(); c++) {
        for (int i = 0; i < plane; i++) {
          reals[(n * work.channels() + c) * plane + i] =
              (samples[i * work.channels() + c] - 127.5f) / 127.5f;
        }
      }
    }
    return reals;
  }

  private static float[] mask(Work work, int draw, int rows) {
    RandomStream random = RandomStream.of(SEED, Purpose.DROPOUT, draw);
    double rate = ClassicRecipe.ARTICLE.dropout();
    float[] mask = new float[rows * work.features()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < rate ? 0 : (float) (1 / (1 - rate));
    }
    return mask;
  }
}
