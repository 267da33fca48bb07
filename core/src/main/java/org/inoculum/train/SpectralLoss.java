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
 * How far the texture of fakes is from that of real images: of each band of spatial frequencies,
 * how strong it is in each colour channel and how the channels vary together. An adversary learns
 * such averages slowly where the texture is a few grey levels (docs/method.md), and they can be
 * told from the training images at once (a loss on the spectrum: Durall et al., 2003.01826).
 *
 * <p>The bands are squares of the cosine transform (DCT-II), 1/16 of the sampling frequency wide in
 * each direction, and the one of the lowest frequencies is left out: there a picture's objects are,
 * and those are left to the adversary. A square and the one with rows and columns exchanged are one
 * band, since a picture may be turned. Rings, which mean over all directions, do not see a weave,
 * which has too much in some and too little in others (docs/method.md). In each band S is the
 * covariance of the channels, as a mean over frequencies and images, and the loss is Stein's (James
 * &amp; Stein, 1961): tr(S_fake / S_real) - log det(S_fake / S_real) - C. It is 0 where the two are
 * equal, and its expectation over small batches has its minimum there too, because S_fake stands in
 * the first term as it is and an error in its scale is only a constant in the second.
 *
 * @param cosines orthonormal DCT-II (side, side): a row for each frequency
 * @param bands (side², bands): what each coefficient counts in each band; a column's sum is 1
 * @param shares (bands) what each band counts in the loss: rings of frequencies alike, and in each
 *     ring the bands by their area; the sum is 1
 * @param whitening (classes, bands, C, C): W with W S_real W' = 1
 */
record SpectralLoss(Tensor cosines, Tensor bands, Tensor shares, Tensor whitening)
    implements AutoCloseable {
  /** Squares from frequency 0 to half the sampling frequency, in each direction. */
  private static final int SQUARES = 8;

  /** Bands: those squares whose row is not below their column, without the first. */
  private static final int BANDS = SQUARES * (SQUARES + 1) / 2 - 1;

  /**
   * Added to every variance: rounding to 256 levels of a range of 2. So what is weaker than that is
   * not asked for.
   */
  private static final double FLOOR = Math.pow(2 / 255.0, 2) / 12;

  /** Real images that are transformed at a time: all would take much memory. */
  private static final long AT_ONCE = 16;

  /**
   * The texture of these images.
   *
   * @param images of each class (n, C, side, side), in -1..1; a class without any, as idx files may
   *     have, is never asked for
   */
  static SpectralLoss of(List<Tensor> images) {
    try (PointerScope scope = new PointerScope()) {
      int side = (int) images.get(0).size(2);
      Tensor cosines = Tensor.create(cosines(side), side, side);
      Tensor bands = Tensor.create(bands(side), (long) side * side, BANDS);
      List<Tensor> whitening = new ArrayList<>();
      for (Tensor ofClass : images) {
        whitening.add(whitening(ofClass, cosines, bands));
      }
      Tensor shares = Tensor.create(sharesOfBands());
      Tensor all = torch.stack(new TensorVector(whitening.toArray(new Tensor[0])), 0);
      cosines.retainReference();
      bands.retainReference();
      shares.retainReference();
      all.retainReference();
      return new SpectralLoss(cosines, bands, shares, all);
    }
  }

  private static Tensor whitening(Tensor images, Tensor cosines, Tensor bands) {
    if (images.size(0) == 0) {
      return torch.eye(images.size(1)).repeat(BANDS, 1, 1);
    }
    // In 64 bits, so that the order of sums, which the number of threads decides, is lost in
    // rounding.
    Tensor wave = cosines.to(ScalarType.Double);
    Tensor squares = bands.to(ScalarType.Double);
    Tensor sum = torch.zeros(BANDS, images.size(1), images.size(1)).to(ScalarType.Double);
    for (long from = 0; from < images.size(0); from += AT_ONCE) {
      try (PointerScope scope = new PointerScope()) {
        Tensor some = images.narrow(0, from, Math.min(AT_ONCE, images.size(0) - from));
        sum.add_(covariances(some.to(ScalarType.Double), wave, squares).sum(0));
      }
    }
    Tensor mean = sum.div(new Scalar((double) images.size(0)));
    return torch.linalg_inv(torch.linalg_cholesky(mean)).to(ScalarType.Float);
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
    Tensor relative =
        white
            .matmul(covariances(images, cosines, bands))
            .matmul(white.transpose(2, 3))
            .mean(0); // (bands, C, C)
    Tensor trace = relative.diagonal(0, 1, 2).sum(1);
    return trace
        .sub(torch.logdet(relative))
        .sub(new Scalar((double) images.size(1)))
        .mul(shares)
        .sum(); // bands to one number
  }

  /** Of the channels, in each band of each image: (N, bands, C, C). */
  private static Tensor covariances(Tensor images, Tensor cosines, Tensor bands) {
    long n = images.size(0);
    long channels = images.size(1);
    Tensor transformed =
        cosines.matmul(images).matmul(cosines.t()).reshape(n, channels, -1); // (N, C, side²)
    return transformed
        .unsqueeze(2)
        .mul(transformed.unsqueeze(1))
        .matmul(bands) // (N, C, C, bands)
        .permute(0, 3, 1, 2)
        .add(torch.eye(channels).to(images.scalar_type()).mul(new Scalar(FLOOR)));
  }

  private static float[] cosines(int side) {
    float[] values = new float[side * side];
    for (int k = 0; k < side; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / side);
      for (int x = 0; x < side; x++) {
        values[k * side + x] = (float) (scale * Math.cos(Math.PI * (x + 0.5) * k / side));
      }
    }
    return values;
  }

  private static float[] bands(int side) {
    int[] bandOf = new int[side * side];
    int[] counts = new int[BANDS];
    for (int i = 0; i < bandOf.length; i++) {
      // Coefficient k stands for k / 2 cycles over the side.
      bandOf[i] = band(i / side * SQUARES / side, i % side * SQUARES / side);
      if (bandOf[i] >= 0) {
        counts[bandOf[i]]++;
      }
    }
    float[] values = new float[bandOf.length * BANDS];
    for (int i = 0; i < bandOf.length; i++) {
      if (bandOf[i] >= 0) {
        values[i * BANDS + bandOf[i]] = 1f / counts[bandOf[i]];
      }
    }
    return values;
  }

  /** Number of the band that a square belongs to; -1 of the first. */
  private static int band(int row, int column) {
    int most = Math.max(row, column);
    return most * (most + 1) / 2 + Math.min(row, column) - 1;
  }

  private static float[] sharesOfBands() {
    int[] ringOf = new int[BANDS];
    int[] areas = new int[BANDS];
    int[] areasOfRings = new int[SQUARES + 1];
    for (int square = 1; square < SQUARES * SQUARES; square++) {
      int row = square / SQUARES;
      int column = square % SQUARES;
      int ring = (int) Math.min(SQUARES, Math.hypot(row + 0.5, column + 0.5));
      ringOf[band(row, column)] = ring;
      areas[band(row, column)]++;
      areasOfRings[ring]++;
    }
    float[] shares = new float[BANDS];
    for (int band = 0; band < BANDS; band++) {
      shares[band] = (float) areas[band] / areasOfRings[ringOf[band]] / SQUARES;
    }
    return shares;
  }

  @Override
  public void close() {
    cosines.releaseReference();
    bands.releaseReference();
    shares.releaseReference();
    whitening.releaseReference();
  }
}
