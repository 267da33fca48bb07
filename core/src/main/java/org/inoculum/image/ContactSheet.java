package org.inoculum.image;

import java.util.Arrays;
import java.util.List;

/** Many images of one size side by side in one. */
public final class ContactSheet {
  private ContactSheet() {}

  /**
   * The tiles row by row, from the top left.
   *
   * @param tiles at least one; all of one size, number of channels and bit depth
   * @param columns tiles in a row, at least 1; the last row may be partly filled
   * @param gap pixels between tiles, at least 0; there is none around the sheet
   * @param background the sample value of gaps and empty places, 0..max
   */
  public static Image of(List<Image> tiles, int columns, int gap, int background) {
    if (tiles.isEmpty() || columns < 1 || gap < 0) {
      throw new IllegalArgumentException(
          tiles.size() + " tiles in " + columns + " columns with a gap of " + gap);
    }
    Image first = tiles.get(0);
    if (background < 0 || background > first.maxSample()) {
      throw new IllegalArgumentException("background " + background + " is not a sample value");
    }
    int across = Math.min(columns, tiles.size());
    int down = (tiles.size() + columns - 1) / columns;
    int width = Math.multiplyExact(across, first.width() + gap) - gap;
    int height = Math.multiplyExact(down, first.height() + gap) - gap;
    int channels = first.channels();
    short[] sheet = new short[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    Arrays.fill(sheet, (short) background);
    int row = first.width() * channels;
    for (int i = 0; i < tiles.size(); i++) {
      Image tile = tiles.get(i);
      if (tile.width() != first.width()
          || tile.height() != first.height()
          || tile.channels() != channels
          || tile.bitDepth() != first.bitDepth()) {
        throw new IllegalArgumentException(
            "tile " + i + " is " + tile + ", the first one " + first);
      }
      short[] samples = tile.samples();
      int left = i % columns * (first.width() + gap);
      int top = i / columns * (first.height() + gap);
      for (int y = 0; y < first.height(); y++) {
        System.arraycopy(samples, y * row, sheet, ((top + y) * width + left) * channels, row);
      }
    }
    return new Image(width, height, channels, first.bitDepth(), sheet);
  }

  /**
   * Columns that make a sheet of square tiles nearly square, and leave no place empty if up to half
   * more columns can do that: the root of the count, rounded up, or more.
   */
  public static int columnsFor(int count) {
    int square = Math.max(1, (int) Math.ceil(Math.sqrt(count)));
    for (int columns = square; columns <= square + square / 2; columns++) {
      if (count % columns == 0) {
        return columns;
      }
    }
    return square;
  }
}
