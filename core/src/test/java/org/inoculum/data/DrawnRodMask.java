package org.inoculum.data;

import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/** The pixels of the rod of a drawn bacillus, from the same draws as {@link DrawnBacilli#draw}. */
public final class DrawnRodMask {
  private static final double MASKED = 0.25;

  private DrawnRodMask() {}

  /**
   * Where the rod, as the optics blur it, has a quarter of its greatest density.
   *
   * @param side of the image, 128 or more, so that the rod is drawn on its pixels
   */
  public static boolean[] of(long seed, int index, int side) {
    RandomStream random = RandomStream.of(seed, Purpose.DRAWING, index);
    SmearStain stain = SmearStain.draw(random);
    stain.drawGround(random);
    stain.drawRodDensity(random);
    SmearGround.draw(random, side, stain.drawCloudiness(random));
    double x = 0.5 + 0.05 * Math.max(-2, Math.min(2, random.nextGaussian()));
    double y = 0.5 + 0.05 * Math.max(-2, Math.min(2, random.nextGaussian()));
    double[] rod = new double[side * side];
    BacillusShape.draw(random, x, y).addThickness(rod, side);
    double[] seen = GaussianBlur.blur(rod, side, 3.4 / 128 * side);
    double greatest = 0;
    for (double one : seen) {
      greatest = Math.max(greatest, one);
    }
    boolean[] mask = new boolean[seen.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = seen[i] >= MASKED * greatest;
    }
    return mask;
  }
}
