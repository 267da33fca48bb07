package org.inoculum.image;

/** What each sample of a smaller or larger image is weighted by. */
public enum Kernel {
  /** A triangle. */
  BILINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** Keys' cubic with a = -0.5 (Keys 1981, eq. 4). */
  BICUBIC(2) {
    @Override
    double weight(double x) {
      return Cubic.weight(x);
    }
  },
  /**
   * A sinc in the window of a wider one (Duchon, "Lanczos filtering in one and two dimensions").
   */
  LANCZOS(3) {
    @Override
    double weight(double x) {
      return Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  };

  private final double radius;

  Kernel(double radius) {
    this.radius = radius;
  }

  /** In samples; further away the weight is zero. */
  double radius() {
    return radius;
  }

  /** The weight at a distance of x samples, not normalised. */
  abstract double weight(double x);

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
