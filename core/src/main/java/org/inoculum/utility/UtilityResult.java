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
 * @param sets how many sets of synthetic images, each with real images of its own; the counts are
 *     of the first
 * @param repeats classifiers trained in each condition and set
 * @param budgets numbers of gradient steps that each condition was trained with
 * @param batch images of a step
 * @param seed of every random draw
 * @param interval share of the resamples inside the intervals
 * @param conditions what was trained on, and how well it classified; the best first
 * @param comparisons of conditions on the same test images; the first decides the outcome
 * @param labelChecks whether the synthetic images are what their labels say, by class
 * @param outcome of the best use of the synthetic images beside the best training without them
 * @param verdict the same in words, and what to do
 * @param warnings what a reader must know besides
 */
public record UtilityResult(
    String program,
    List<String> classes,
    Map<String, Long> train,
    Map<String, Long> heldOut,
    Map<String, Long> synthetic,
    int size,
    int sets,
    int repeats,
    List<Integer> budgets,
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
    budgets = List.copyOf(budgets);
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
    NO_DIFFERENCE;

    static Outcome of(double low, double high) {
      if (low > 0) {
        return GAIN;
      }
      return high < 0 ? HARM : NO_DIFFERENCE;
    }
  }

  /**
   * One condition.
   *
   * @param images such as "real with 25 % synthetic"
   * @param augmentation such as "classical"
   * @param steps gradient steps
   * @param balancedAccuracy mean over classes of the sensitivity, mean over classifiers, 0..1
   * @param low lower end of its interval
   * @param high upper end
   * @param byRepeat balanced accuracy of each classifier
   * @param sensitivity of each class: the share of its test images that are classified right
   */
  public record ConditionResult(
      String images,
      String augmentation,
      int steps,
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
