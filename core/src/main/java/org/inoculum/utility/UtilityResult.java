package org.inoculum.utility;

import java.util.List;
import java.util.Map;

/**
 * The result of the utility test; written as it is with {@code --json}.
 *
 * @param program name and version
 * @param classes in the order of the labels
 * @param train images by class
 * @param heldOut images by class
 * @param synthetic images by class
 * @param size side of the images in pixels
 * @param repeats classifiers trained in each condition
 * @param steps gradient steps of each
 * @param batch images of a step
 * @param seed of every random draw
 * @param interval share of the resamples inside the intervals
 * @param conditions what was trained on, and how well it classified
 * @param comparisons of conditions on the same test images
 * @param labelChecks whether the synthetic images are what their labels say, by class
 * @param outcome of adding the synthetic images, the mean without and beside classical augmentation
 * @param verdict the same in a sentence
 * @param warnings what a reader must know besides
 */
public record UtilityResult(
    String program,
    List<String> classes,
    Map<String, Long> train,
    Map<String, Long> heldOut,
    Map<String, Long> synthetic,
    int size,
    int repeats,
    int steps,
    int batch,
    long seed,
    double interval,
    List<ConditionResult> conditions,
    List<ConditionComparison> comparisons,
    List<LabelCheck> labelChecks,
    Outcome outcome,
    String verdict,
    List<String> warnings) {
  /** Keeps copies of the lists. */
  public UtilityResult {
    classes = List.copyOf(classes);
    conditions = List.copyOf(conditions);
    comparisons = List.copyOf(comparisons);
    labelChecks = List.copyOf(labelChecks);
    warnings = List.copyOf(warnings);
  }

  /** The outcome of a comparison. */
  public enum Outcome {
    /** The interval lies above 0. */
    GAIN,
    /** The interval lies below 0. */
    HARM,
    /** The interval holds 0. */
    CANNOT_TELL;

    static Outcome of(double low, double high) {
      if (low > 0) {
        return GAIN;
      }
      return high < 0 ? HARM : CANNOT_TELL;
    }
  }

  /**
   * One condition.
   *
   * @param condition such as "real + synthetic"
   * @param balancedAccuracy mean over classes of the sensitivity, mean over seeds, 0..1
   * @param low lower end of its interval
   * @param high upper end
   * @param byRepeat balanced accuracy of each classifier
   * @param sensitivity of each class: the share of its test images that are classified right
   */
  public record ConditionResult(
      String condition,
      double balancedAccuracy,
      double low,
      double high,
      List<Double> byRepeat,
      Map<String, Double> sensitivity) {}

  /**
   * Two conditions on the same test images and seeds.
   *
   * @param condition the one
   * @param against the other
   * @param difference of balanced accuracies, the one less the other
   * @param low lower end of its paired bootstrap interval
   * @param high upper end
   * @param outcome which way it fell
   */
  public record ConditionComparison(
      String condition,
      String against,
      double difference,
      double low,
      double high,
      Outcome outcome) {}
}
