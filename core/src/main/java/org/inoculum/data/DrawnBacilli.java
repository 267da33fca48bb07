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
    return new SmearOptics(stain, groundColour, rodDensity, side, side, perPixel)
        .photograph(random, ground, rod, focus, side);
  }

  /** Another rod that reaches into the frame. */
  private static void addNeighbour(RandomStream random, double[] rod, int side) {
    double angle = random.nextDouble(0, 2 * Math.PI);
    double away = random.nextDouble(0.5, 0.65);
    BacillusShape.draw(
            random, 0.5 + away * StrictMath.cos(angle), 0.5 + away * StrictMath.sin(angle))
        .addThickness(rod, side);
  }
}
