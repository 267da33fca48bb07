package org.inoculum.image;

/** How an image of any shape becomes a square. */
public enum Fit {
  /** The largest square in the middle, scaled: the ends of the longer side are lost. */
  CROP {
    @Override
    Image squareOf(Image image, int size) {
      int side = Math.min(image.width(), image.height());
      int left = (image.width() - side) / 2;
      int top = (image.height() - side) / 2;
      Image middle =
          side == image.width() && side == image.height() ? image : Crop.of(image, left, top, side);
      return Resize.to(middle, size, size);
    }
  },
  /**
   * The longer side scaled to the size, in the middle; the rest is filled with the image's own
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
          : Crop.of(scaled, -(size - width) / 2, -(size - height) / 2, size);
    }
  },
  /** Both sides scaled to the size: shapes are distorted. */
  STRETCH {
    @Override
    Image squareOf(Image image, int size) {
      return Resize.to(image, size, size);
    }
  };

  /** The image as size x size; channels and bit depth stay. */
  public Image apply(Image image, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, was " + size);
    }
    return squareOf(image, size);
  }

  abstract Image squareOf(Image image, int size);
}
