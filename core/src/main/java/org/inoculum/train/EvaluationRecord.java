package org.inoculum.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inoculum.evaluate.HeldOutScore;
import org.jspecify.annotations.Nullable;

/**
 * The scores of generated images at one point of a training: a line of {@code metrics.jsonl}. A
 * function of the seed, the snapshot and the real images; no clock decides anything in it. Scores
 * are missing where hardly an image is left that is no copy.
 *
 * @param iteration of the snapshot
 * @param kimg thousands of real images that trained it
 * @param validationSet which real images it was compared with
 * @param nReal how many
 * @param nGenerated generated images that were compared; copies are left out
 * @param copies share of generated images that copy a training image and were left out; missing
 *     where there are too many training images to look
 * @param energyDistance the score that decides, as {@link HeldOutScore.Result} has it; smaller is
 *     better
 * @param energyDistanceError standard error
 * @param energyDistanceBaseline what real images score
 * @param best whether it is the best snapshot from here on
 */
public record EvaluationRecord(
    long iteration,
    double kimg,
    ValidationSource validationSet,
    int nReal,
    int nGenerated,
    @Nullable Double copies,
    @Nullable Double energyDistance,
    @Nullable Double energyDistanceError,
    @Nullable Double energyDistanceBaseline,
    @Nullable Double precision,
    @Nullable Double precisionBaseline,
    @Nullable Double recall,
    @Nullable Double recallBaseline,
    @Nullable Double coverage,
    @Nullable Double coverageBaseline,
    boolean best) {

  static EvaluationRecord of(
      long iteration,
      double kimg,
      ValidationSource validationSet,
      int nReal,
      int nGenerated,
      @Nullable Double copies,
      Optional<HeldOutScore.Result> found,
      boolean best) {
    HeldOutScore.Result scores = found.orElse(null);
    return new EvaluationRecord(
        iteration,
        kimg,
        validationSet,
        nReal,
        nGenerated,
        copies,
        scores == null ? null : scores.energyDistance(),
        scores == null ? null : scores.energyDistanceError(),
        scores == null ? null : scores.energyDistanceBaseline(),
        scores == null ? null : scores.precision(),
        scores == null ? null : scores.precisionBaseline(),
        scores == null ? null : scores.recall(),
        scores == null ? null : scores.recallBaseline(),
        scores == null ? null : scores.coverage(),
        scores == null ? null : scores.coverageBaseline(),
        best);
  }

  /** Every score there is by its name, as {@code metrics.jsonl} has them. */
  public Map<String, Double> scores() {
    Map<String, Double> scores = new LinkedHashMap<>();
    put(scores, "energyDistance", energyDistance);
    put(scores, "energyDistanceError", energyDistanceError);
    put(scores, "energyDistanceBaseline", energyDistanceBaseline);
    put(scores, "precision", precision);
    put(scores, "precisionBaseline", precisionBaseline);
    put(scores, "recall", recall);
    put(scores, "recallBaseline", recallBaseline);
    put(scores, "coverage", coverage);
    put(scores, "coverageBaseline", coverageBaseline);
    put(scores, "copies", copies);
    return scores;
  }

  private static void put(Map<String, Double> scores, String name, @Nullable Double score) {
    if (score != null) {
      scores.put(name, score);
    }
  }

  /** The score that decides; the worst where there is none. */
  double score() {
    return energyDistance == null ? Double.POSITIVE_INFINITY : energyDistance;
  }
}
