package org.inoculum.compose;

/** Euclidean distances of short vectors. */
final class Distances {
  private Distances() {}

  static double between(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
