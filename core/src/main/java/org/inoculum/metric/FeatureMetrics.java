package org.inoculum.metric;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of two feature matrices, with the distances between the sets computed only once.
 *
 * @param precisionRecall k = 3 unless said otherwise
 * @param densityCoverage k = 5 unless said otherwise
 * @param kid all pairs
 * @param fid covariance with n - 1
 * @param authenticity against the training images; against the real ones if there are none
 * @param vendi of the generated images
 * @param copyTest null without training images
 */
public record FeatureMetrics(
    PrecisionRecall precisionRecall,
    DensityCoverage densityCoverage,
    Kid kid,
    Fid fid,
    Authenticity authenticity,
    Vendi vendi,
    @Nullable CopyTest copyTest) {

  /**
   * All metrics of {@code generated}.
   *
   * @param real what the generated images are compared with, best images held out of the training
   * @param train the images that the generator was trained on, or null
   * @throws org.inoculum.UserException (bad data) if dimensions differ or a set is too small for k
   */
  public static FeatureMetrics of(
      Features real,
      Features generated,
      @Nullable Features train,
      int kPrecisionRecall,
      int kDensityCoverage) {
    Features.requireSameDimension(real, generated);
    Neighbours.requireNeighbours(real, kPrecisionRecall);
    Neighbours.requireNeighbours(generated, kPrecisionRecall);
    Neighbours.requireNeighbours(real, kDensityCoverage);

    // These two work in long stretches on one processor: let them share the others.
    ForkJoinTask<Fid> fid = start(() -> Fid.of(real, generated));
    ForkJoinTask<Vendi> vendi = start(() -> Vendi.of(generated));

    KernelSums kernelReal = KernelSums.within(real);
    KernelSums kernelGenerated = KernelSums.within(generated);
    KernelSums kernelAcross = KernelSums.between(real, generated);
    Neighbours ofReal = neighbours(real, Math.max(kPrecisionRecall, kDensityCoverage), kernelReal);
    Neighbours ofGenerated = neighbours(generated, kPrecisionRecall, kernelGenerated);
    PrecisionRecall.Scan balls = new PrecisionRecall.Scan(ofReal, ofGenerated, kPrecisionRecall);
    DensityCoverage.Scan density =
        new DensityCoverage.Scan(ofReal, generated.count(), kDensityCoverage);
    Nearest nearestReal = new Nearest(generated.count());
    Pairs.between(
        real,
        generated,
        Pairs.Kernel.SQUARED_DISTANCE,
        tile -> {
          balls.visit(tile);
          density.visit(tile);
          nearestReal.visit(tile);
          kernelAcross.visit(tile);
        });

    Authenticity authenticity = Authenticity.of(ofReal, nearestReal, generated.count());
    CopyTest copyTest = null;
    if (train != null) {
      Features.requireSameDimension(train, generated);
      Nearest nearestTrain = Nearest.of(generated, train);
      authenticity = Authenticity.of(Neighbours.within(train, 1), nearestTrain, generated.count());
      copyTest = CopyTest.of(train.count(), Nearest.of(real, train), nearestTrain);
    }
    return new FeatureMetrics(
        balls.result(),
        density.result(),
        Kid.of(kernelReal, kernelGenerated, kernelAcross, real.count(), generated.count()),
        fid.join(),
        authenticity,
        vendi.join(),
        copyTest);
  }

  private static <T> ForkJoinTask<T> start(Callable<T> metric) {
    return ForkJoinPool.commonPool().submit(metric);
  }

  private static Neighbours neighbours(Features features, int k, KernelSums kernel) {
    Neighbours.Search search = new Neighbours.Search(features, k);
    Pairs.within(
        features,
        Pairs.Kernel.SQUARED_DISTANCE,
        tile -> {
          search.visit(tile);
          kernel.visit(tile);
        });
    return search.result();
  }
}
