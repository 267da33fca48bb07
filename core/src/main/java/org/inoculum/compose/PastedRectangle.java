package org.inoculum.compose;

/**
 * The baseline of cutting: the rectangle of a crop around its cell, with a soft edge, that replaces
 * what it is pasted on. Its amounts are levels above the mean of the crop's own ground; its mask is
 * the cell's.
 */
final class PastedRectangle {
  private PastedRectangle() {}

  /** The rectangle around a cell that was cut out of this crop. */
  static Cell of(Cell cell, CellCrop crop, Modality modality, ComposeRecipe recipe) {
    ChannelPlanes levels = ChannelPlanes.levels(crop.image(), modality);
    int width = levels.width;
    int height = levels.height;
    double unit = CellCutter.unit(width, height);
    double margin = recipe.pasteMargin() * unit;
    double feather = recipe.pasteFeather() * unit;
    PixelSet mask = mask(cell, width, height);
    int[] bounds = mask.bounds();
    float[] share = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int beside = Math.min(x - bounds[0], bounds[2] - x);
        double inside = margin + 1 + Math.min(beside, Math.min(y - bounds[1], bounds[3] - y));
        double part = feather < 1 ? Math.floor(inside) : inside / feather;
        share[y * width + x] = (float) Math.max(0, Math.min(1, part));
      }
    }
    Cut cut = cell.cut();
    for (int c = 0; c < levels.channels(); c++) {
      for (int i = 0; i < share.length; i++) {
        levels.channel[c][i] -= cut.ground()[c];
      }
    }
    return Cell.of(new Cut(mask, share, levels, cut.ground(), cut.hue(), cut.peak()), crop);
  }

  /** In the whole crop. */
  private static PixelSet mask(Cell cell, int width, int height) {
    PixelSet own = cell.cut().mask();
    boolean[] in = new boolean[width * height];
    for (int i = 0; i < own.in.length; i++) {
      int row = i / own.width;
      in[(row + cell.top()) * width + i % own.width + cell.left()] = own.in[i];
    }
    return new PixelSet(width, height, in);
  }
}
