package org.inoculum.detect;

/**
 * The agreement of two counts of the same fields (Bland &amp; Altman, "Statistical methods for
 * assessing agreement between two methods of clinical measurement", Lancet 1986).
 *
 * @param bias mean of found less true cells
 * @param low bias less 1.96 standard deviations of the differences
 * @param high bias plus as much
 */
record CountAgreement(double bias, double low, double high) {
  private static final double DEVIATIONS = 1.96;

  /** Of two or more fields; of one there is no deviation. */
  static CountAgreement of(double[] found, double[] truth) {
    double mean = 0;
    for (int i = 0; i < found.length; i++) {
      mean += (found[i] - truth[i]) / found.length;
    }
    double squares = 0;
    for (int i = 0; i < found.length; i++) {
      double away = found[i] - truth[i] - mean;
      squares += away * away;
    }
    double deviation = found.length < 2 ? 0 : Math.sqrt(squares / (found.length - 1));
    return new CountAgreement(mean, mean - DEVIATIONS * deviation, mean + DEVIATIONS * deviation);
  }
}
