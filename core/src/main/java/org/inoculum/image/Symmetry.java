package org.inoculum.image;

/**
 * The eight ways to lay an image down on its grid without touching a sample: the symmetry group of
 * the square, in the order of the Exif orientations 1 to 8.
 */
public enum Symmetry {
  /** As it is. */
  IDENTITY(false, false, false),
  /** Left and right swapped. */
  MIRROR(false, true, false),
  /** Half a turn. */
  ROTATE_180(false, true, true),
  /** Top and bottom swapped. */
  FLIP(false, false, true),
  /** Mirrored at the falling diagonal: rows become columns. */
  TRANSPOSE(true, false, false),
  /** A quarter turn clockwise. */
  ROTATE_90(true, true, false),
  /** Mirrored at the rising diagonal. */
  TRANSVERSE(true, true, true),
  /** A quarter turn counter-clockwise. */
  ROTATE_270(true, false, true);

  private final boolean swapsAxes;
  private final boolean reversesX;
  private final boolean reversesY;

  /** Swaps the axes first, then reverses. */
  Symmetry(boolean swapsAxes, boolean reversesX, boolean reversesY) {
    this.swapsAxes = swapsAxes;
    this.reversesX = reversesX;
    this.reversesY = reversesY;
  }

  /** What makes an image stored with Exif orientation 1..8 upright. */
  public static Symmetry ofExif(int orientation) {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("an orientation is 1..8, was " + orientation);
    }
    return values()[orientation - 1];
  }

  /** What lays an image back that was laid down so. */
  public Symmetry inverse() {
    return switch (this) {
      case ROTATE_90 -> ROTATE_270;
      case ROTATE_270 -> ROTATE_90;
      default -> this;
    };
  }

  /** The image so laid down; width and height change places where the axes do. */
  public Image apply(Image image) {
    if (this == IDENTITY) {
      return image;
    }
    int width = swapsAxes ? image.height() : image.width();
    int height = swapsAxes ? image.width() : image.height();
    int channels = image.channels();
    short[] samples = new short[width * height * channels];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = source(x, y, width, height, image.width()) * channels;
        for (int c = 0; c < channels; c++) {
          samples[to++] = (short) (int) image.value(from + c);
        }
      }
    }
    return new Image(width, height, channels, image.bitDepth(), samples);
  }

  /** As {@link #apply(Image)}. */
  FloatImage apply(FloatImage image) {
    if (this == IDENTITY) {
      return image;
    }
    int width = swapsAxes ? image.height() : image.width();
    int height = swapsAxes ? image.width() : image.height();
    int channels = image.channels();
    float[] values = new float[width * height * channels];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = source(x, y, width, height, image.width()) * channels;
        for (int c = 0; c < channels; c++) {
          values[to++] = image.value(from + c);
        }
      }
    }
    return new FloatImage(width, height, channels, values);
  }

  /** Width and height of an image of this size when it is laid down so. */
  public int[] apply(int width, int height) {
    return swapsAxes ? new int[] {height, width} : new int[] {width, height};
  }

  /** Left, top, width and height of a rectangle of an image of this size, laid down with it. */
  public double[] apply(
      double left, double top, double width, double height, int imageWidth, int imageHeight) {
    int[] size = apply(imageWidth, imageHeight);
    double x = swapsAxes ? top : left;
    double y = swapsAxes ? left : top;
    double across = swapsAxes ? height : width;
    double down = swapsAxes ? width : height;
    return new double[] {
      reversesX ? size[0] - x - across : x, reversesY ? size[1] - y - down : y, across, down
    };
  }

  /** The pixel, counted row by row, of the image as it was that (x, y) of the new one shows. */
  private int source(int x, int y, int width, int height, int sourceWidth) {
    int u = reversesX ? width - 1 - x : x;
    int v = reversesY ? height - 1 - y : y;
    return swapsAxes ? u * sourceWidth + v : v * sourceWidth + u;
  }
}
