package org.inoculum.image;

/** A square cut out of an image. */
public final class Crop {
  private Crop() {}

  /**
   * The side x side part whose corner is at (left, top). Where it leaves the image it shows the
   * image's own mirror image, the border sample twice (see {@link Mirror}); channels and bit depth
   * stay.
   *
   * @param left column of the corner, also outside of the image
   * @param top row of the corner
   * @param side at least 1
   */
  public static Image of(Image image, int left, int top, int side) {
    int channels = image.channels();
    short[] samples = new short[Math.multiplyExact(Math.multiplyExact(side, channels), side)];
    int to = 0;
    for (int y = 0; y < side; y++) {
      int row = Mirror.index(top + y, image.height());
      for (int x = 0; x < side; x++) {
        int column = Mirror.index(left + x, image.width());
        for (int c = 0; c < channels; c++) {
          samples[to++] = (short) image.sample(column, row, c);
        }
      }
    }
    return new Image(side, side, channels, image.bitDepth(), samples);
  }
}
