package org.inoculum.detect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of the test whether composed fields help a detector; written as it is with {@code
 * --json}.
 *
 * @param program name and version
 * @param classes that the detector tells apart
 * @param fields how many fields there are, by set
 * @param cells how many cells there are in them, by set
 * @param medianSide the median of the longer sides of the boxes, in pixels
 * @param scale pixels of the detector's input for one of a field
 * @param tolerance pixels of a field by which a found centre may miss a cell's
 * @param repeats detectors trained in each condition
 * @param steps gradient steps of each
 * @param tried what was tried to find the plateau; none where the steps were given
 * @param flat whether the plateau was reached; null where it was not looked for
 * @param batch crops of a step
 * @param seed of every random draw
 * @param interval share of the resamples inside the intervals
 * @param grades rising means of cells a field, at each of which a grade begins
 * @param testFields names of the test fields
 * @param truths cells of each of them
 * @param conditions what was trained on, and how well cells were found
 * @param comparisons of conditions on the same test fields and seeds
 * @param worth the most annotated fields tried whose mean AP is not above that of composed ones; 0
 *     where there are none; null where it was not tried
 * @param verdict what to do
 * @param warnings what a reader must know besides
 */
public record FieldsResult(
    String program,
    List<String> classes,
    Map<String, Integer> fields,
    Map<String, Long> cells,
    double medianSide,
    double scale,
    double tolerance,
    int repeats,
    int steps,
    List<Steps> tried,
    @Nullable Boolean flat,
    int batch,
    long seed,
    double interval,
    List<Double> grades,
    List<String> testFields,
    List<Integer> truths,
    List<ConditionScores> conditions,
    List<ConditionDifference> comparisons,
    @Nullable Integer worth,
    String verdict,
    List<String> warnings) {
  /** Keeps copies of the lists. */
  public FieldsResult {
    classes = List.copyOf(classes);
    tried = List.copyOf(tried);
    grades = List.copyOf(grades);
    testFields = List.copyOf(testFields);
    truths = List.copyOf(truths);
    conditions = List.copyOf(conditions);
    comparisons = List.copyOf(comparisons);
    warnings = List.copyOf(warnings);
  }

  /**
   * A detector of the first seed that was trained to find the plateau.
   *
   * @param condition what it was trained on
   * @param steps how long
   * @param ap by centre
   */
  public record Steps(String condition, int steps, double ap) {}

  /**
   * One condition.
   *
   * @param condition such as "9 annotated fields"
   * @param ap average precision by centre, mean over seeds, 0..1
   * @param low lower end of its interval over fields (or groups) and seeds
   * @param high upper end
   * @param apByRepeat of each seed
   * @param apSpread standard deviation over seeds; null for one seed
   * @param apIou50 average precision at an IoU of 0.5
   * @param f1 by centre, at a threshold that was chosen on other fields
   * @param countError mean over fields of the absolute error of the count
   * @param countErrorByRepeat of each seed
   * @param counted cells found in all test fields, mean over seeds
   * @param cells cells that are there
   * @param countBias mean over fields of found less true cells (Bland &amp; Altman 1986)
   * @param countLow lower limit of agreement: bias less 1.96 standard deviations
   * @param countHigh upper limit
   * @param countedByField cells found in each test field, mean over seeds
   * @param precisions by centre at recalls of 0, 0.01 … 1, mean over seeds
   * @param grades agreement of the grades; null where there are none
   */
  public record ConditionScores(
      String condition,
      double ap,
      double low,
      double high,
      List<Double> apByRepeat,
      @Nullable Double apSpread,
      double apIou50,
      double f1,
      double countError,
      List<Double> countErrorByRepeat,
      double counted,
      long cells,
      double countBias,
      double countLow,
      double countHigh,
      List<Double> countedByField,
      List<Double> precisions,
      @Nullable GradeAgreement grades) {}

  /**
   * Two conditions on the same test fields and seeds.
   *
   * @param condition the one
   * @param against the other
   * @param difference of AP by centre, the one less the other
   * @param low lower end of its paired bootstrap interval over fields and seeds
   * @param high upper end
   * @param byRepeat of each seed
   * @param iouDifference of AP at an IoU of 0.5
   * @param iouLow lower end of its interval
   * @param iouHigh upper end
   * @param countDifference of the error of the count
   * @param countLow lower end of its interval
   * @param countHigh upper end
   */
  public record ConditionDifference(
      String condition,
      String against,
      double difference,
      double low,
      double high,
      List<Double> byRepeat,
      double iouDifference,
      double iouLow,
      double iouHigh,
      double countDifference,
      double countLow,
      double countHigh) {}
}
