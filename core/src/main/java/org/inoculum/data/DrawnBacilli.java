package org.inoculum.data;

import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * The built-in demo set: single bacilli in the look of a Ziehl-Neelsen smear, drawn by this class
 * from a seed. <b>Every image is made up</b>: it comes from no patient, no slide and no photograph,
 * and proves nothing about any of them.
 *
 * <p>The model, from the lamp to the file:
 *
 * <ol>
 *   <li>A slide has one of a few {@linkplain SmearStain looks}: ground colour, stains, grain.
 *   <li>Around the middle lies {@linkplain BacillusShape one rod}, bent, tapered and beaded.
 *   <li>Behind it lies the {@linkplain SmearGround ground}: clouds, vacuoles, debris, uneven light.
 *   <li>Light is absorbed as Beer and Lambert say: ground colour x exp(-density), densities adding
 *       up. The optics blur the rod's density (a narrow Gaussian for the focus and a broad, weak
 *       one, strongest in blue, which gives dark rods their warm fringe); blurring the density
 *       instead of the light is the same to first order.
 *   <li>The camera averages over each pixel and adds {@linkplain CameraGrain grain}.
 * </ol>
 *
 * <p>Steps 1 to 4 are measured in units of the frame and drawn before the grain: one (seed, index)
 * is the same image at every size. Its numbers were set by eye and by measured statistics beside
 * photographs of real smears; no pixel was taken from them.
 */
public final class DrawnBacilli {
  private static final int SMALLEST = 16;
  private static final int LARGEST = 1024;

  /** Small images are computed on a finer grid, of at least this many points a side. */
  private static final int LEAST_GRID = 128;

  /** What the narrow blur leaves of the middle of a usual rod. */
  private static final double PEAK_LEFT = 0.62;

  /** What fuchsin absorbs, in units of what it absorbs in green. */
  private static final Rgb FUCHSIN = new Rgb(0.3, 1, 0.55);

  private static final Rgb FRINGE = new Rgb(0.04, 0.14, 0.36);
  private static final double FRINGE_WIDTH = 10.0 / 128;

  private DrawnBacilli() {}

  /**
   * Image {@code index} of the demo set of {@code seed}: size x size, RGB, 8 bit. A function of the
   * arguments alone, the same bytes on every machine.
   *
   * @param size width and height in pixels, 16..1024
   * @throws IllegalArgumentException if size is out of range or index negative
   */
  public static Image draw(long seed, int index, int size) {
    if (size < SMALLEST || size > LARGEST) {
      throw new IllegalArgumentException(
          "size must be " + SMALLEST + ".." + LARGEST + ", was " + size);
    }
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative, was " + index);
    }
    RandomStream random = RandomStream.of(seed, Purpose.DRAWING, index);
    int perPixel = (LEAST_GRID + size - 1) / size;
    int side = size * perPixel;

    SmearStain stain = SmearStain.draw(random);
    Rgb groundColour = stain.drawGround(random);
    Rgb rodDensity = stain.drawRodDensity(random);
    SmearGround ground = SmearGround.draw(random, side, stain.drawCloudiness(random));
    double centreX = 0.5 + 0.05 * Math.max(-2, Math.min(2, random.nextGaussian()));
    double centreY = 0.5 + 0.05 * Math.max(-2, Math.min(2, random.nextGaussian()));
    double[] rod = new double[side * side];
    BacillusShape.draw(random, centreX, centreY).addThickness(rod, side);
    if (random.nextDouble() < 0.06) {
      addNeighbour(random, rod, side);
    }
    double focus = random.nextDouble(2.9, 3.9) / 128 * side;
    double[] sharp = GaussianBlur.blur(rod, side, focus);
    double[] fringe = GaussianBlur.blur(rod, side, FRINGE_WIDTH * side);

    double[][] grain = CameraGrain.draw(random, size, stain.grain());
    short[] samples = new short[size * size * 3];
    for (int c = 0; c < 3; c++) {
      double fringeShare = FRINGE.channel(c);
      double rodScale = rodDensity.channel(c) / (PEAK_LEFT * (1 - 0.7 * fringeShare));
      double[] light = new double[side * side];
      for (int i = 0; i < light.length; i++) {
        double density =
            ground.counterstain[i] * stain.counterstain().channel(c)
                + ground.fuchsin[i] * FUCHSIN.channel(c)
                + ground.neutral[i]
                + rodScale * ((1 - fringeShare) * sharp[i] + fringeShare * fringe[i]);
        light[i] = groundColour.channel(c) * StrictMath.exp(-density);
      }
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          int pixel = row * size + column;
          double value = average(light, side, row, column, perPixel) + grain[c][pixel];
          samples[pixel * 3 + c] = (short) Math.max(0, Math.min(255, Math.round(value)));
        }
      }
    }
    return new Image(size, size, 3, 8, samples);
  }

  /** Another rod that reaches into the frame. */
  private static void addNeighbour(RandomStream random, double[] rod, int side) {
    double angle = random.nextDouble(0, 2 * Math.PI);
    double away = random.nextDouble(0.5, 0.65);
    BacillusShape.draw(
            random, 0.5 + away * StrictMath.cos(angle), 0.5 + away * StrictMath.sin(angle))
        .addThickness(rod, side);
  }

  private static double average(double[] light, int side, int row, int column, int perPixel) {
    double sum = 0;
    for (int y = row * perPixel; y < (row + 1) * perPixel; y++) {
      for (int x = column * perPixel; x < (column + 1) * perPixel; x++) {
        sum += light[y * side + x];
      }
    }
    return sum / (perPixel * perPixel);
  }
}
