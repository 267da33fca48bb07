package org.inoculum.copies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of a descriptor that stay the same however its picture is laid down on the grid. Two
 * pictures are at least as far from each other, under all eight symmetries, as these numbers of
 * theirs: most pairs are told apart by one look instead of eight.
 *
 * <p>The eight symmetries exchange the pixels of an orbit (8 of them, or 4 on the diagonals). The
 * values on an orbit are a sum of parts that belong to the irreducible representations of the
 * symmetry group of the square (J.-P. Serre, Linear Representations of Finite Groups, section 2.6):
 * its mean, which does not change; three patterns that change their sign at most; and a rest that
 * keeps its length. Mean, three absolute values and length, in an orthonormal basis, are no farther
 * apart than the values are.
 */
final class Invariants {
  /** Numbers that are looked at together; their count is a multiple of it. */
  static final int HEAD = 12;

  private static final int ORDER = 8;
  private static final int REVERSES_X = 1;
  private static final int REVERSES_Y = 2;
  private static final int SWAPS_AXES = 4;
  private static final int PATTERNS = 4;
  private static final int PARTS = PATTERNS + 1;

  /** Has no factor in common with the 36 orbits. */
  private static final int STRIDE = 5;

  private static final List<int[]> ORBITS = orbits();

  /** What rounding to floats can do is far below this share. */
  private static final double SLACK = 1e-3;

  private final float[] numbers;

  private Invariants(float[] numbers) {
    this.numbers = numbers;
  }

  static Invariants of(Descriptor picture) {
    float[] numbers = new float[PARTS * ORBITS.size()];
    for (int o = 0; o < ORBITS.size(); o++) {
      int[] orbit = ORBITS.get(o);
      double[] parts = new double[PATTERNS];
      double squares = 0;
      for (int g = 0; g < ORDER; g++) {
        double value = picture.value(orbit[g]);
        squares += value * value;
        for (int part = 0; part < PATTERNS; part++) {
          parts[part] += sign(part, g) * value;
        }
      }
      // On a diagonal each pixel is met twice.
      double scale = Math.sqrt(pixels(orbit)) / ORDER;
      double rest = squares * pixels(orbit) / ORDER;
      for (int part = 0; part < PATTERNS; part++) {
        double length = parts[part] * scale;
        rest -= length * length;
        numbers[part * ORBITS.size() + o] = (float) (part == 0 ? length : Math.abs(length));
      }
      numbers[PATTERNS * ORBITS.size() + o] = (float) Math.sqrt(Math.max(0, rest));
    }
    return new Invariants(numbers);
  }

  /** Whether no way to lay one of the two pictures down brings them as near as {@code limit}. */
  boolean areFarther(Invariants other, double limit) {
    double enough = enough(limit);
    double sum = 0;
    for (int from = 0; from < numbers.length; from += HEAD) {
      sum += squares(numbers, from, other.numbers, from);
      if (sum > enough) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same by the first {@value #HEAD} numbers alone, which tell most pairs apart; false where
   * they do not.
   *
   * @param heads of many pictures, one after the other
   * @param from where the other picture's begin
   */
  boolean areFarther(float[] heads, int from, double enough) {
    return squares(numbers, 0, heads, from) > enough;
  }

  /** Writes the first {@value #HEAD} numbers. */
  void putHead(float[] heads, int to) {
    System.arraycopy(numbers, 0, heads, to, HEAD);
  }

  /** The sum of squares above which two pictures are farther than {@code limit}. */
  static double enough(double limit) {
    return limit * limit * Descriptor.VALUES * (1 + SLACK) + SLACK * SLACK;
  }

  private static float squares(float[] one, int at, float[] other, int from) {
    float sum = 0;
    for (int i = 0; i < HEAD; i++) {
      float difference = one[at + i] - other[from + i];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * The pixels of each orbit, in the order of the symmetries, whose bits say what they do. Orbits
   * that lie apart come one after the other, so that the first few tell much.
   */
  private static List<int[]> orbits() {
    int last = Descriptor.SIDE - 1;
    List<int[]> orbits = new ArrayList<>();
    for (int y = 0; y <= last / 2; y++) {
      for (int x = 0; x <= y; x++) {
        int[] orbit = new int[ORDER];
        for (int g = 0; g < ORDER; g++) {
          int u = (g & SWAPS_AXES) == 0 ? x : y;
          int v = (g & SWAPS_AXES) == 0 ? y : x;
          u = (g & REVERSES_X) == 0 ? u : last - u;
          v = (g & REVERSES_Y) == 0 ? v : last - v;
          orbit[g] = v * Descriptor.SIDE + u;
        }
        orbits.add(orbit);
      }
    }
    List<int[]> spread = new ArrayList<>();
    for (int i = 0; i < orbits.size(); i++) {
      spread.add(orbits.get(i * STRIDE % orbits.size()));
    }
    return spread;
  }

  /**
   * The pattern's value at the g-th pixel: 1 or -1 by the parity of the reversals, by whether the
   * axes are swapped, or by both; 1 for the mean.
   */
  private static int sign(int part, int g) {
    int reversals = Integer.bitCount(g & (REVERSES_X | REVERSES_Y));
    int swaps = Integer.bitCount(g & SWAPS_AXES);
    int parity = (part & 1) * reversals + (part >> 1) * swaps;
    return parity % 2 == 0 ? 1 : -1;
  }

  private static int pixels(int[] orbit) {
    return (int) Arrays.stream(orbit).distinct().count();
  }
}
