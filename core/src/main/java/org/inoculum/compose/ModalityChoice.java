package org.inoculum.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;

/**
 * Finds the modality from crops: whether their middle is darker than their border, brighter, or
 * both.
 *
 * @param modality that was found
 * @param why in words
 */
record ModalityChoice(Modality modality, String why) {
  private static final double CLEARLY = 1.5;
  private static final double DARK_GROUND = 0.4;

  /** Of the crops that cells are cut out of. */
  static ModalityChoice of(List<Image> crops) {
    List<Double> grounds = new ArrayList<>();
    List<Double> darker = new ArrayList<>();
    List<Double> brighter = new ArrayList<>();
    for (Image crop : crops) {
      Image grey = Channels.toGrey(crop);
      double[] border = sorted(grey, false);
      double[] middle = sorted(grey, true);
      double ground = border[border.length / 2];
      grounds.add(ground);
      darker.add(ground - middle[middle.length / 50]);
      brighter.add(middle[middle.length - 1 - middle.length / 50] - ground);
    }
    double ground = CellPool.median(grounds);
    double dark = CellPool.median(darker);
    double bright = CellPool.median(brighter);
    String measured =
        String.format(
            Locale.ROOT,
            "ground at %.0f %% of white, cells %.0f %% darker and %.0f %% brighter than it",
            100 * ground,
            100 * Math.max(0, dark),
            100 * Math.max(0, bright));
    if (dark > CLEARLY * bright && ground > DARK_GROUND / 2) {
      return new ModalityChoice(Modality.BRIGHTFIELD, measured);
    }
    if (bright > CLEARLY * dark && ground < DARK_GROUND) {
      return new ModalityChoice(Modality.FLUORESCENCE, measured);
    }
    return new ModalityChoice(Modality.OTHER, measured);
  }

  /** Samples of the middle half, or of the border of an eighth, as shares of white. */
  private static double[] sorted(Image grey, boolean middle) {
    double[] values = new double[grey.width() * grey.height()];
    int count = 0;
    for (int y = 0; y < grey.height(); y++) {
      for (int x = 0; x < grey.width(); x++) {
        double u = Math.abs((x + 0.5) / grey.width() - 0.5);
        double v = Math.abs((y + 0.5) / grey.height() - 0.5);
        boolean wanted = middle ? Math.max(u, v) <= 0.25 : Math.max(u, v) >= 0.375;
        if (wanted) {
          values[count++] = (double) grey.sample(x, y, 0) / grey.maxSample();
        }
      }
    }
    double[] some = Arrays.copyOf(values, count);
    Arrays.sort(some);
    return some;
  }
}
