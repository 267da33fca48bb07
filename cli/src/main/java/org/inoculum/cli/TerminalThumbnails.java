package org.inoculum.cli;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;

/**
 * Small images made of characters: each shows two pixels one above the other, the upper in the
 * colour of a half block, the lower in that of its background.
 */
final class TerminalThumbnails {
  private static final char UPPER_HALF = '\u2580';

  /** Levels of xterm's colour cube, whose numbers begin at 16; the greys begin at 232. */
  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

  private TerminalThumbnails() {}

  /**
   * Some of the images side by side, spread over all of them, as many as fit.
   *
   * @param images of one size and 8 bits
   * @param side pixels of a thumbnail, even
   * @param columns characters that there are
   * @return lines of at most so many characters
   */
  static List<String> of(List<Image> images, int side, int columns, Terminal.Colours colours) {
    int count = Math.min(images.size(), (columns + 1) / (side + 1));
    List<Image> small = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      small.add(Resize.to(images.get(i * images.size() / count), side, side));
    }
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < side && count > 0; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          line.append(' ');
        }
        row(line, small.get(i), y, colours);
        line.append(Ink.RESET);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static void row(StringBuilder line, Image image, int y, Terminal.Colours colours) {
    String before = "";
    for (int x = 0; x < image.width(); x++) {
      String colour =
          Ink.ESCAPE
              + "38;"
              + colour(image, x, y, colours)
              + ";48;"
              + colour(image, x, y + 1, colours)
              + "m";
      line.append(colour.equals(before) ? "" : colour).append(UPPER_HALF);
      before = colour;
    }
  }

  private static String colour(Image image, int x, int y, Terminal.Colours colours) {
    int red = image.sample(x, y, 0);
    int green = image.sample(x, y, image.channels() == 3 ? 1 : 0);
    int blue = image.sample(x, y, image.channels() == 3 ? 2 : 0);
    return colours == Terminal.Colours.TRUE
        ? "2;" + red + ";" + green + ";" + blue
        : "5;" + nearest(red, green, blue);
  }

  /** The nearest of xterm's 216 colours and 24 greys. */
  static int nearest(int red, int green, int blue) {
    int r = step(red);
    int g = step(green);
    int b = step(blue);
    int grey = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3f - 8) / 10)));
    int level = 8 + 10 * grey;
    return distance(red, green, blue, CUBE[r], CUBE[g], CUBE[b])
            <= distance(red, green, blue, level, level, level)
        ? 16 + 36 * r + 6 * g + b
        : 232 + grey;
  }

  private static int step(int value) {
    int best = 0;
    for (int i = 1; i < CUBE.length; i++) {
      if (Math.abs(value - CUBE[i]) < Math.abs(value - CUBE[best])) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int r1, int g1, int b1, int r2, int g2, int b2) {
    return (r1 - r2) * (r1 - r2) + (g1 - g2) * (g1 - g2) + (b1 - b2) * (b1 - b2);
  }
}
