package org.inoculum.bench;

import java.util.concurrent.TimeUnit;
import org.inoculum.metric.DensityCoverage;
import org.inoculum.metric.Features;
import org.inoculum.metric.Fid;
import org.inoculum.metric.Kid;
import org.inoculum.metric.PrecisionRecall;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The mathematics of an evaluation: 512 images of 256 features on both sides. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MetricKernels {
  private static final int ROWS = 512;
  private static final int DIMENSION = 256;

  private final Features real = drawn(0);
  private final Features generated = drawn(1);

  /** Kernel distance. */
  @Benchmark
  public Kid kid() {
    return Kid.of(real, generated);
  }

  /** Fréchet distance. */
  @Benchmark
  public Fid fid() {
    return Fid.of(real, generated);
  }

  /** Precision and recall. */
  @Benchmark
  public PrecisionRecall precisionRecall() {
    return PrecisionRecall.of(real, generated, 5);
  }

  /** Density and coverage. */
  @Benchmark
  public DensityCoverage densityCoverage() {
    return DensityCoverage.of(real, generated, 5);
  }

  private static Features drawn(int index) {
    RandomStream random = RandomStream.of(0, Purpose.CHECKING, index);
    float[] values = new float[ROWS * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Features.ofFloats(values, DIMENSION, "drawn");
  }
}
