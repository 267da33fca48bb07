package org.inoculum.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Warns of unusual numbers in an inspection. */
final class CountWarnings {
  private static final int FEW = 20;
  private static final int IMBALANCE = 4;

  private CountWarnings() {}

  /**
   * Warnings, a sentence each.
   *
   * @param classes images of each
   * @param bitDepths bits of a stored sample to count
   * @param sizes "width x height" to count
   */
  static List<String> of(
      Map<String, Integer> classes, Map<String, Integer> bitDepths, Map<String, Integer> sizes) {
    List<String> warnings = new ArrayList<>();
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (Map.Entry<String, Integer> named : classes.entrySet()) {
      least = Math.min(least, named.getValue());
      most = Math.max(most, named.getValue());
      if (named.getValue() < FEW) {
        warnings.add(
            "class "
                + named.getKey()
                + " has only "
                + named.getValue()
                + " images; fewer than "
                + FEW
                + " are easily memorised");
      }
    }
    if (most > IMBALANCE * (long) least) {
      warnings.add(
          "the largest class has "
              + most
              + " images and the smallest "
              + least
              + ": more than "
              + IMBALANCE
              + " to 1");
    }
    if (bitDepths.size() > 1) {
      warnings.add("bit depths are mixed; all but 8 bits share one window");
    }
    if (sizes.size() > 1) {
      warnings.add("images come in " + sizes.size() + " sizes; all are brought to one");
    }
    return warnings;
  }
}
