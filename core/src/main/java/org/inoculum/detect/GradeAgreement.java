package org.inoculum.detect;

import org.jspecify.annotations.Nullable;

/**
 * The agreement of grades that counts lead to, of slides or patients: what a count decides.
 *
 * @param kappa with quadratic weights (Cohen, "Weighted kappa", Psychological Bulletin 1968): 1 for
 *     the same grades, 0 for chance; null where all have one grade, so that chance is always right
 * @param same share of slides whose grade is the same
 */
public record GradeAgreement(@Nullable Double kappa, double same) {

  /**
   * Of slides.
   *
   * @param found cells a field that were counted, in the mean of each slide's fields
   * @param truth cells a field that there are
   * @param bounds rising; a grade begins at each
   */
  static GradeAgreement of(double[] found, double[] truth, double[] bounds) {
    int grades = bounds.length + 1;
    double[][] seen = new double[grades][grades];
    for (int i = 0; i < found.length; i++) {
      seen[grade(found[i], bounds)][grade(truth[i], bounds)] += 1.0 / found.length;
    }
    double same = 0;
    double apart = 0;
    double byChance = 0;
    for (int i = 0; i < grades; i++) {
      same += seen[i][i];
      for (int j = 0; j < grades; j++) {
        double weight = (double) (i - j) * (i - j);
        apart += weight * seen[i][j];
        byChance += weight * row(seen, i) * column(seen, j);
      }
    }
    return new GradeAgreement(byChance == 0 ? null : 1 - apart / byChance, same);
  }

  /** How many bounds a mean count reaches. */
  static int grade(double count, double[] bounds) {
    int grade = 0;
    while (grade < bounds.length && count >= bounds[grade]) {
      grade++;
    }
    return grade;
  }

  private static double row(double[][] seen, int i) {
    double sum = 0;
    for (double one : seen[i]) {
      sum += one;
    }
    return sum;
  }

  private static double column(double[][] seen, int j) {
    double sum = 0;
    for (double[] row : seen) {
      sum += row[j];
    }
    return sum;
  }
}
