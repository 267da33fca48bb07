package org.inoculum.random;

/**
 * A stream of random draws that is a function of (seed, purpose, index) alone, the same on every
 * Java version and CPU. An index is usually a step or an image number: nothing has to be remembered
 * to repeat a draw.
 *
 * <p>The generator is SplitMix64 (Steele, Lea &amp; Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014).
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spareGaussian = Double.NaN;

  private RandomStream(long state) {
    this.state = state;
  }

  /** The stream of one (seed, purpose, index). */
  public static RandomStream of(long seed, Purpose purpose, long index) {
    long state = mix(seed + GOLDEN_GAMMA);
    state = mix(state ^ fnv1a(purpose.name()));
    return new RandomStream(mix(state + index * GOLDEN_GAMMA));
  }

  /** 64 uniform bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Uniform in 0 .. bound-1 for a bound of at least 1, without modulo bias. */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, was " + bound);
    }
    long mask = Long.highestOneBit(bound) * 2L - 1;
    while (true) {
      long draw = nextLong() & mask;
      if (draw < bound) {
        return (int) draw;
      }
    }
  }

  /**
   * Standard normal (Box &amp; Muller 1958; strict mathematics, so that every platform draws the
   * same bits).
   */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - nextDouble()));
    double angle = 2.0 * Math.PI * nextDouble();
    spareGaussian = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long fnv1a(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }
}
