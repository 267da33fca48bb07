package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The spectral loss: how far the texture of fakes is from that of real images: of each of the
 * {@link FrequencyBands}, how strong it is in each colour channel and how the channels vary
 * together. An adversary learns such averages slowly where the texture is a few grey levels
 * (docs/explanation/method.md), and they can be told from the training images at once (a loss on
 * the spectrum: Durall et al., 2003.01826). What lies below the bands, an image's objects, is left
 * to the adversary.
 *
 * <p>Each direction has bands of its own, and fakes are looked at in the position in which the
 * generator makes them: a mean over directions, or over positions, does not see a weave, which has
 * too much in some directions and too little in others (docs/explanation/method.md). Coarser
 * details belong to objects, which a symmetric generator may make in the direction that it likes:
 * there the mean over the positions counts.
 *
 * <p>In each band S is the covariance of the channels, as a mean over frequencies and images, and
 * the loss is Stein's (James &amp; Stein, 1961): tr(S_fake / S_real) - log det(S_fake / S_real) -
 * C. It is 0 where the two are equal, and its expectation over small batches has its minimum there
 * too, because S_fake stands in the first term as it is and an error in its scale is only a
 * constant in the second.
 *
 * @param bands of their frequencies
 * @param merging (bands, bands): makes one of those bands whose direction does not count
 * @param shares (bands) what each band counts in the loss; the sum is 1
 * @param whitening (classes, bands, C, C): W with W S_real W' = 1
 */
record SpectralLoss(FrequencyBands bands, Tensor merging, Tensor shares, Tensor whitening)
    implements AutoCloseable {
  /** Cycles over the side: where there are fewer, details belong to objects. */
  static final double OBJECTS = 16;

  /**
   * Added to every variance: rounding to 256 levels of a range of 2. So what is weaker than that is
   * not asked for.
   */
  static final double ROUNDING = Math.pow(2 / 255.0, 2) / 12;

  /** Real images that are transformed at a time: all would take much memory. */
  private static final long AT_ONCE = 16;

  /**
   * The texture of these images.
   *
   * @param images of each class (n, C, side, side), in -1..1; a class without any, as idx files may
   *     have, is never asked for
   * @param d4Symmetry whether each of them stands for its eight orientations on the square
   */
  static SpectralLoss of(List<Tensor> images, boolean d4Symmetry) {
    try (PointerScope scope = new PointerScope()) {
      int side = (int) images.get(0).size(2);
      FrequencyBands bands = FrequencyBands.of(side);
      Tensor positions = merging(side, d4Symmetry ? Double.POSITIVE_INFINITY : 0);
      List<Tensor> whitening = new ArrayList<>();
      for (Tensor ofClass : images) {
        whitening.add(whitening(ofClass, bands, positions));
      }
      Tensor merging = merging(side, d4Symmetry ? OBJECTS : 0);
      Tensor shares = Tensor.create(FrequencyBands.shares());
      Tensor all = torch.stack(new TensorVector(whitening.toArray(new Tensor[0])), 0);
      merging.retainReference();
      shares.retainReference();
      all.retainReference();
      return new SpectralLoss(bands, merging, shares, all);
    }
  }

  private static Tensor merging(int side, double cycles) {
    return Tensor.create(
        FrequencyBands.overPositions(side, cycles), FrequencyBands.COUNT, FrequencyBands.COUNT);
  }

  private static Tensor whitening(Tensor images, FrequencyBands bands, Tensor positions) {
    long channels = images.size(1);
    if (images.size(0) == 0) {
      return torch.eye(channels).repeat(FrequencyBands.COUNT, 1, 1);
    }
    // In 64 bits, so that the order of sums, which the number of threads decides, is lost in
    // rounding.
    Tensor sum = torch.zeros(FrequencyBands.COUNT, channels, channels).to(ScalarType.Double);
    for (long from = 0; from < images.size(0); from += AT_ONCE) {
      try (PointerScope scope = new PointerScope()) {
        Tensor some = images.narrow(0, from, Math.min(AT_ONCE, images.size(0) - from));
        sum.add_(covariances(some.to(ScalarType.Double), bands).sum(0));
      }
    }
    Tensor mean = sum.div(new Scalar((double) images.size(0)));
    Tensor real = merged(mean, positions);
    return torch.linalg_inv(torch.linalg_cholesky(real)).to(ScalarType.Float);
  }

  private static Tensor merged(Tensor found, Tensor merging) {
    return merging.to(found.scalar_type()).matmul(found.flatten(1, 2)).view_as(found);
  }

  /**
   * Mean of the bands' losses, weighted by their shares.
   *
   * @param images (N, C, side, side), in -1..1
   * @param labels their classes (N)
   * @return a number, at least 0
   */
  Tensor of(Tensor images, Tensor labels) {
    Tensor white = whitening.index_select(0, labels); // (N, bands, C, C)
    Tensor found = white.matmul(covariances(images, bands)).matmul(white.transpose(2, 3)).mean(0);
    Tensor relative = merged(found, merging); // (bands, C, C)
    Tensor trace = relative.diagonal(0, 1, 2).sum(1);
    return trace
        .sub(torch.logdet(relative))
        .sub(new Scalar((double) images.size(1)))
        .mul(shares)
        .sum(); // bands to one number
  }

  /** Of the channels, in each band of each image: (N, bands, C, C). */
  private static Tensor covariances(Tensor images, FrequencyBands bands) {
    Tensor rounding = torch.eye(images.size(1)).to(images.scalar_type()).mul(new Scalar(ROUNDING));
    return bands.covariances(images).add(rounding);
  }

  @Override
  public void close() {
    bands.close();
    merging.releaseReference();
    shares.releaseReference();
    whitening.releaseReference();
  }
}
