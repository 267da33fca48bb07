package org.inoculum.image;

/** How a picture of any shape becomes a square. */
public enum Fit {
  /** The largest square in the middle, scaled: the ends of the longer side are lost. */
  CROP {
    @Override
    Image squareOf(Image image, int size) {
      int side = Math.min(image.width(), image.height());
      int left = (image.width() - side) / 2;
      int top = (image.height() - side) / 2;
      Image middle =
          side == image.width() && side == image.height() ? image : window(image, left, top, side);
      return Resize.to(middle, size, size);
    }
  },
  /**
   * The longer side scaled to the size, in the middle; the rest is filled with the picture's own
   * mirror image, since a bar of one colour would be learned as part of the specimen.
   */
  PAD {
    @Override
    Image squareOf(Image image, int size) {
      double scale = (double) size / Math.max(image.width(), image.height());
      int width = Math.max(1, (int) Math.round(image.width() * scale));
      int height = Math.max(1, (int) Math.round(image.height() * scale));
      Image scaled = Resize.to(image, width, height);
      return width == size && height == size
          ? scaled
          : window(scaled, -(size - width) / 2, -(size - height) / 2, size);
    }
  },
  /** Both sides scaled to the size: shapes are distorted. */
  STRETCH {
    @Override
    Image squareOf(Image image, int size) {
      return Resize.to(image, size, size);
    }
  };

  /** The picture as size x size; channels and bit depth stay. */
  public Image apply(Image image, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, was " + size);
    }
    return squareOf(image, size);
  }

  abstract Image squareOf(Image image, int size);

  /** The side x side window whose corner is at (left, top), mirrored where it leaves the image. */
  private static Image window(Image image, int left, int top, int side) {
    int channels = image.channels();
    short[] samples = new short[Math.multiplyExact(side * channels, side)];
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
