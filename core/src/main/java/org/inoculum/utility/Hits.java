package org.inoculum.utility;

/**
 * Right answers of every condition by class, from a draw of classifiers and images.
 *
 * @param hits by condition and class
 * @param images that were classified, by class, each as often as classifiers saw it
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared
record Hits(double[][] hits, double[] images) {
  static Hits none(int conditions, int classes) {
    return new Hits(new double[conditions][classes], new double[classes]);
  }

  double balanced(int condition) {
    double sum = 0;
    for (int label = 0; label < images.length; label++) {
      sum += images[label] == 0 ? 0 : hits[condition][label] / images[label];
    }
    return sum / images.length;
  }
}
