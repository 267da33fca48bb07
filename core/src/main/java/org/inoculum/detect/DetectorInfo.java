package org.inoculum.detect;

import java.util.List;

/**
 * What a detector file says of itself.
 *
 * @param classes that it tells apart, in the order of their labels
 * @param scale pixels of the network's input for one of a field of the magnification that it knows
 * @param thresholds the score of each class from which on a cell counts
 * @param steps of its training
 * @param seed of the test that trained it
 * @param trainedOn such as "9 annotated fields"
 * @param tested what it reached in the test
 */
public record DetectorInfo(
    List<String> classes,
    double scale,
    List<Double> thresholds,
    int steps,
    long seed,
    String trainedOn,
    String tested) {
  private static final int MOST_CLASSES = 1000;

  /** Checks what a network is built from. */
  public DetectorInfo {
    classes = List.copyOf(classes);
    thresholds = List.copyOf(thresholds);
    if (classes.isEmpty()
        || classes.size() > MOST_CLASSES
        || thresholds.size() != classes.size()
        || !(scale > 0 && scale <= 100)) {
      throw new IllegalArgumentException(
          classes.size() + " classes, " + thresholds.size() + " thresholds, scale " + scale);
    }
  }
}
