package org.inoculum.utility;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inoculum.data.DataSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the synthetic images of a class are what their label says: how many of them
 * classifiers take for it that were trained on real images alone, beside how many of the real test
 * images of the class the same classifiers know (train on real, test on synthetic).
 *
 * @param name of the class
 * @param images synthetic ones of the class
 * @param named share of them that is taken for the class, mean over seeds, 0..1; null without
 *     images
 * @param real share of the real test images of the class that is, 0..1
 */
public record LabelCheck(String name, int images, @Nullable Double named, double real) {
  /** Below this part of what real images get, the labels of a class are doubtful. */
  private static final double DOUBTFUL = 0.5;

  /**
   * One for each class.
   *
   * @param found classes of the synthetic images, by each classifier
   * @param real share of the real test images of each class that is taken for it
   */
  static List<LabelCheck> of(DataSet synthetic, List<int[]> found, Map<String, Double> real) {
    List<LabelCheck> checks = new ArrayList<>();
    for (int label = 0; label < synthetic.classes().size(); label++) {
      int wanted = label;
      int[] images =
          IntStream.range(0, synthetic.samples().size())
              .filter(i -> synthetic.samples().get(i).label() == wanted)
              .toArray();
      long right =
          found.stream()
              .mapToLong(classes -> IntStream.of(images).filter(i -> classes[i] == wanted).count())
              .sum();
      String name = synthetic.classes().get(label);
      checks.add(
          new LabelCheck(
              name,
              images.length,
              images.length == 0 ? null : (double) right / ((double) images.length * found.size()),
              real.getOrDefault(name, 0.0)));
    }
    return checks;
  }

  /** A sentence where the labels are doubtful. */
  Optional<String> warning() {
    return named == null || named >= DOUBTFUL * real
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "of the synthetic images of %s, classifiers trained on real images take only %.0f%% for that class (of real test images %.0f%%): look at them before you use them",
                name,
                100 * named,
                100 * real));
  }
}
