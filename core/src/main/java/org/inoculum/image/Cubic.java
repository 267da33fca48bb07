package org.inoculum.image;

/** Keys' cubic convolution kernel with a = -0.5 (Keys 1981, eq. 4). */
final class Cubic {
  private static final double A = -0.5;

  private Cubic() {}

  /** The weight at a distance of x samples; zero from 2 on. */
  static double weight(double x) {
    double t = Math.abs(x);
    if (t < 1) {
      return ((A + 2) * t - (A + 3)) * t * t + 1;
    }
    return t < 2 ? ((t - 5) * t + 8) * t * A - 4 * A : 0;
  }
}
