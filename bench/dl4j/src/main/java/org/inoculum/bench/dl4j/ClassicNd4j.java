package org.inoculum.bench.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.inoculum.bench.protocol.Contestant;
import org.inoculum.bench.protocol.Work;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The classic iteration in single operations of ND4J, with the chain rule by hand as ours has it:
 * maps are allocated once, and nothing is computed that nobody asks for but the images' gradient in
 * the discriminator's own updates, which ND4J cannot leave out.
 */
final class ClassicNd4j implements Contestant {
  private final Nd4jGenerator generator;
  private final Nd4jDiscriminator discriminator;
  private final INDArray reals;
  private final INDArray z1;
  private final INDArray z2;
  private final INDArray mask1;
  private final INDArray mask2;
  private final INDArray mask3;

  private ClassicNd4j(Work work) throws IOException {
    generator = new Nd4jGenerator(work);
    discriminator = new Nd4jDiscriminator(work);
    int half = work.batch() / 2;
    reals = Nd4j.create(work.floats("reals"), half, work.channels(), work.size(), work.size());
    z1 = Nd4j.create(work.floats("z1"), half, work.latentSize());
    z2 = Nd4j.create(work.floats("z2"), work.batch(), work.latentSize());
    mask1 = Nd4j.create(work.floats("mask1"), half, work.features());
    mask2 = Nd4j.create(work.floats("mask2"), half, work.features());
    mask3 = Nd4j.create(work.floats("mask3"), work.batch(), work.features());
  }

  public static void main(String[] arguments) throws IOException {
    // Its memory is bounded by what it asks for, as everybody else's.
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    threads(Integer.parseInt(arguments[1]));
    Contestant.serve(new ClassicNd4j(Work.read(Path.of(arguments[0]))));
  }

  /** Of ND4J's own loops, of its GEMM, and of oneDNN. */
  private static void threads(int count) {
    Nd4j.getEnvironment().setMaxThreads(count);
    Nd4j.factory().blas().setMaxThreads(count);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
  }

  @Override
  public double[] step() {
    double d1 = discriminator.update(reals, mask1, true);
    double d2 = discriminator.update(generator.forward(z1), mask2, false);
    Nd4jDiscriminator.Output output = discriminator.evaluate(generator.forward(z2), mask3);
    generator.update(z2, output.gradient());
    return new double[] {d1, d2, output.loss()};
  }
}
