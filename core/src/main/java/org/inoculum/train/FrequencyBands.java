package org.inoculum.train;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Bands of spatial frequencies, each in each direction: squares of the discrete Fourier transform,
 * 1/16 of the sampling frequency wide. Those of the lowest frequencies are left out: there a
 * image's objects are.
 *
 * <p>Frequencies are odd multiples of half a cycle, so that none is its own mirror image. Images
 * are taken without their mean and fade out towards their borders, over an eighth of the side
 * (Tukey's window), because the transform takes opposite borders for neighbours.
 *
 * @param waves cosines, then sines, of half the resolution's frequencies, windowed: (side, side)
 * @param window of an image, its sum is 1: (side, side)
 * @param squares what each coefficient counts in each square, a column's sum is 1: (side² / 4, 64)
 */
record FrequencyBands(Tensor waves, Tensor window, Tensor squares) implements AutoCloseable {
  /** From frequency 0 to half the sampling frequency, along rows and along columns. */
  private static final int SQUARES = 8;

  private static final int QUADRANT = SQUARES * SQUARES;

  /**
   * How many there are. First those of waves that run along the falling diagonal, by rows, then
   * those of the rising one, each without its first; the other two quadrants are the same waves.
   */
  static final int COUNT = 2 * (QUADRANT - 1);

  /** Share of the side over which an image fades, at each border. */
  private static final double FADING = 1 / 8.0;

  /** Of square images, whose side is even. */
  static FrequencyBands of(int side) {
    return of(side, FADING);
  }

  /**
   * Of square images, whose side is even.
   *
   * @param fading share of the side over which an image fades, at each border; at most a half
   */
  static FrequencyBands of(int side, double fading) {
    FrequencyBands bands =
        new FrequencyBands(
            Tensor.create(waves(side, fading), side, side),
            Tensor.create(weights(side, fading), side, side),
            Tensor.create(squares(side), (long) side * side / 4, QUADRANT));
    bands.waves.retainReference();
    bands.window.retainReference();
    bands.squares.retainReference();
    return bands;
  }

  /**
   * The covariances of the channels in each band of each image.
   *
   * @param images (N, C, side, side), of any floating type, which the result has too
   * @return (N, {@link #COUNT}, C, C)
   */
  Tensor covariances(Tensor images) {
    ScalarType type = images.scalar_type();
    long n = images.size(0);
    long channels = images.size(1);
    long half = images.size(2) / 2;
    Tensor mean = images.mul(window.to(type)).sum(new long[] {2, 3}).view(n, channels, 1, 1);
    Tensor wave = waves.to(type);
    Tensor products = wave.matmul(images.sub(mean)).matmul(wave.t()); // of rows and of columns
    Tensor cosines = products.narrow(2, 0, half);
    Tensor sines = products.narrow(2, half, half);
    Tensor cc = cosines.narrow(3, 0, half);
    Tensor cs = cosines.narrow(3, half, half);
    Tensor sc = sines.narrow(3, 0, half);
    Tensor ss = sines.narrow(3, half, half);
    Tensor parts =
        torch
            .stack(new TensorVector(cc.sub(ss), cs.add(sc), cc.add(ss), cs.sub(sc)), 2)
            .reshape(n, channels, 2, 2, half * half); // quadrant, real and imaginary
    return parts
        .unsqueeze(2)
        .mul(parts.unsqueeze(1))
        .sum(4) // (N, C, C, quadrant, half²)
        .matmul(squares.to(type)) // (N, C, C, quadrant, 64)
        .narrow(4, 1, QUADRANT - 1L)
        .flatten(3, 4)
        .permute(0, 3, 1, 2);
  }

  /**
   * What each band counts: rings of frequencies alike, and in each ring its bands alike; the sum is
   * 1.
   */
  static float[] shares() {
    int[] ofRing = new int[SQUARES + 1];
    for (int square = 1; square < QUADRANT; square++) {
      ofRing[ring(square)] += 2;
    }
    float[] shares = new float[COUNT];
    for (int band = 0; band < COUNT; band++) {
      shares[band] = 1f / ofRing[ring(band % (COUNT / 2) + 1)] / SQUARES;
    }
    return shares;
  }

  /**
   * 1 for each band of at least so many cycles over the side, else 0.
   *
   * @param cycles along the ring's inner edge
   */
  static float[] fromCycles(int side, double cycles) {
    float[] fine = new float[COUNT];
    for (int band = 0; band < COUNT; band++) {
      int ring = ring(band % (COUNT / 2) + 1);
      fine[band] = ring * side / (2.0 * SQUARES) >= cycles ? 1 : 0;
    }
    return fine;
  }

  /** From 1. */
  private static int ring(int square) {
    int row = square / SQUARES;
    int column = square % SQUARES;
    return (int) Math.min(SQUARES, Math.hypot(row + 0.5, column + 0.5));
  }

  /**
   * What means over the eight orientations of the square (D4) of what is found in each band: a
   * matrix to multiply it with.
   *
   * @param cycles over the side from which on bands are left as they are
   */
  static float[] overPositions(int side, double cycles) {
    float[] matrix = new float[COUNT * COUNT];
    for (int band = 0; band < COUNT; band++) {
      boolean fine = ring(band % (COUNT / 2) + 1) * side / (2.0 * SQUARES) >= cycles;
      for (int position = 0; position < 4; position++) { // half a turn changes no wave
        int there = fine ? band : turned(band, position % 2 == 1, position / 2 == 1);
        matrix[band * COUNT + there] += 0.25f;
      }
    }
    return matrix;
  }

  /**
   * The band of the same waves in another position of the image.
   *
   * @param mirrored left to right, or top to bottom, which is the same for waves
   */
  static int turned(int band, boolean mirrored, boolean transposed) {
    int quadrant = band / (COUNT / 2);
    int square = band % (COUNT / 2) + 1;
    int there = transposed ? square % SQUARES * SQUARES + square / SQUARES : square;
    return (mirrored ? 1 - quadrant : quadrant) * (COUNT / 2) + there - 1;
  }

  private static double window(int x, int side, double fading) {
    double in = (Math.min(x, side - 1 - x) + 0.5) / side / fading;
    return in < 1 ? Math.pow(Math.sin(Math.PI / 2 * in), 2) : 1;
  }

  private static float[] weights(int side, double fading) {
    double sum = 0;
    for (int x = 0; x < side; x++) {
      sum += window(x, side, fading);
    }
    float[] weights = new float[side * side];
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          (float) (window(i / side, side, fading) * window(i % side, side, fading) / (sum * sum));
    }
    return weights;
  }

  /** Of such a length that white noise has its own variance in every band. */
  private static float[] waves(int side, double fading) {
    double energy = 0;
    for (int x = 0; x < side; x++) {
      energy += Math.pow(window(x, side, fading), 2);
    }
    float[] waves = new float[side * side];
    for (int k = 0; k < side / 2; k++) {
      for (int x = 0; x < side; x++) {
        double length = window(x, side, fading) / Math.sqrt(energy);
        double phase = 2 * Math.PI * (k + 0.5) * (x + 0.5) / side;
        waves[k * side + x] = (float) (length * Math.cos(phase));
        waves[(k + side / 2) * side + x] = (float) (length * Math.sin(phase));
      }
    }
    return waves;
  }

  private static float[] squares(int side) {
    int half = side / 2;
    int[] squareOf = new int[half * half];
    int[] counts = new int[QUADRANT];
    for (int i = 0; i < squareOf.length; i++) {
      squareOf[i] = i / half * SQUARES / half * SQUARES + i % half * SQUARES / half;
      counts[squareOf[i]]++;
    }
    float[] values = new float[squareOf.length * QUADRANT];
    for (int i = 0; i < squareOf.length; i++) {
      values[i * QUADRANT + squareOf[i]] = 1f / counts[squareOf[i]];
    }
    return values;
  }

  @Override
  public void close() {
    waves.releaseReference();
    window.releaseReference();
    squares.releaseReference();
  }
}
