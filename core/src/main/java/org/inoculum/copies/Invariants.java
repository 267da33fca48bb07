package org.inoculum.copies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers of a descriptor that stay the same however its image is laid down on the grid. Two images
 * are at least as far from each other, under all eight symmetries, as these numbers of theirs: most
 * pairs are told apart by one look instead of eight.
 *
 * <p>The eight symmetries exchange the pixels of an orbit (8 of them, or 4 on the diagonals). The
 * values on an orbit are a sum of parts that belong to the irreducible representations of the
 * symmetry group of the square (J.-P. Serre, Linear Representations of Finite Groups, section 2.6):
 * its mean, which does not change; three patterns that change their sign at most; and a rest that
 * keeps its length. Mean, three absolute values and length, in an orthonormal basis, are no farther
 * apart than the values are.
 *
 * <p>The means come first, as coordinates in the 36 products of even cosines, cos(a x) cos(b y) +
 * cos(b x) cos(a y), which span the same space: a few coarse ones tell most pairs apart, and the
 * first three are the axes of a grid in which neighbours are looked up.
 */
public final class Invariants {
  /** Numbers that are looked at together; their count is a multiple of it. */
  static final int HEAD = 12;

  private static final int ORDER = 8;
  private static final int REVERSES_X = 1;
  private static final int REVERSES_Y = 2;
  private static final int SWAPS_AXES = 4;
  private static final int PATTERNS = 4;
  private static final int PARTS = PATTERNS + 1;

  /** The width of a cell of the grid; limits are some hundredths to two tenths. */
  private static final double CELL = 0.125;

  /** Single precision must not hide a neighbour. */
  private static final double SLACK = 1e-4;

  private static final List<int[]> ORBITS = orbits();

  /** For each cosine its share of each orbit's mean. */
  private static final double[][] WAVES = waves();

  private final float[] numbers;

  private Invariants(float[] numbers) {
    this.numbers = numbers;
  }

  /**
   * A cell of a grid over the first three numbers.
   *
   * @param x of the first
   * @param y of the second
   * @param z of the third
   */
  public record Cell(int x, int y, int z) {}

  /** Of an image; divided as {@link Descriptor#distance distances} are. */
  public static Invariants of(Descriptor descriptor) {
    int orbits = ORBITS.size();
    float[] numbers = new float[PARTS * orbits];
    double[] means = new double[orbits];
    for (int o = 0; o < orbits; o++) {
      int[] orbit = ORBITS.get(o);
      double[] parts = new double[PATTERNS];
      double squares = 0;
      for (int g = 0; g < ORDER; g++) {
        double value = descriptor.value(orbit[g]) / Descriptor.SIDE;
        squares += value * value;
        for (int part = 0; part < PATTERNS; part++) {
          parts[part] += sign(part, g) * value;
        }
      }
      // On a diagonal each pixel is met twice.
      double scale = Math.sqrt(pixels(orbit)) / ORDER;
      double rest = squares * pixels(orbit) / ORDER;
      means[o] = parts[0] * scale;
      rest -= means[o] * means[o];
      for (int part = 1; part < PATTERNS; part++) {
        double length = parts[part] * scale;
        rest -= length * length;
        numbers[part * orbits + o] = (float) Math.abs(length);
      }
      numbers[PATTERNS * orbits + o] = (float) Math.sqrt(Math.max(0, rest));
    }
    for (int k = 0; k < orbits; k++) {
      double coordinate = 0;
      for (int o = 0; o < orbits; o++) {
        coordinate += WAVES[k][o] * means[o];
      }
      numbers[k] = (float) coordinate;
    }
    return new Invariants(numbers);
  }

  /** Whether no way to lay one of the two images down brings them as near as {@code limit}. */
  public boolean areFarther(Invariants other, double limit) {
    double enough = enough(limit);
    double sum = 0;
    for (int from = 0; from < numbers.length; from += HEAD) {
      sum += squares(from, other.numbers, from);
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
   * @param heads of many images, one after the other
   * @param from where the other image's begin
   * @param enough of the limit
   */
  boolean areFarther(float[] heads, int from, double enough) {
    return squares(0, heads, from) > enough;
  }

  /** Writes the first {@value #HEAD} numbers. */
  void putHead(float[] heads, int to) {
    System.arraycopy(numbers, 0, heads, to, HEAD);
  }

  /** The sum of squares above which two images are farther than {@code limit}. */
  static double enough(double limit) {
    return (limit + SLACK) * (limit + SLACK);
  }

  private float squares(int at, float[] other, int from) {
    float sum = 0;
    for (int i = 0; i < HEAD; i++) {
      float difference = numbers[at + i] - other[from + i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Where the image lies. */
  public Cell cell() {
    return new Cell(cell(numbers[0]), cell(numbers[1]), cell(numbers[2]));
  }

  /** Every cell that an image nearer than {@code limit} can lie in. */
  public List<Cell> cellsWithin(double limit) {
    double reach = limit + SLACK;
    List<Cell> cells = new ArrayList<>();
    for (int x = cell(numbers[0] - reach); x <= cell(numbers[0] + reach); x++) {
      for (int y = cell(numbers[1] - reach); y <= cell(numbers[1] + reach); y++) {
        for (int z = cell(numbers[2] - reach); z <= cell(numbers[2] + reach); z++) {
          cells.add(new Cell(x, y, z));
        }
      }
    }
    return cells;
  }

  private static int cell(double value) {
    return (int) Math.floor(value / CELL);
  }

  /** The pixels of each orbit, in the order of the symmetries, whose bits say what they do. */
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
    return orbits;
  }

  private static double[][] waves() {
    List<int[]> frequencies = new ArrayList<>();
    for (int a = 0; a < Descriptor.SIDE; a += 2) {
      for (int b = a; b < Descriptor.SIDE; b += 2) {
        frequencies.add(new int[] {a, b});
      }
    }
    frequencies.sort(Comparator.comparingInt(pair -> pair[0] + pair[1])); // coarse ones first
    // A descriptor has no mean, which therefore tells nothing apart.
    frequencies.add(frequencies.remove(0));
    return frequencies.stream()
        .map(pair -> ORBITS.stream().mapToDouble(orbit -> wave(pair, orbit)).toArray())
        .toArray(double[][]::new);
  }

  /** The wave's value at an orbit's pixels, times the root of their number. */
  private static double wave(int[] pair, int[] orbit) {
    int x = orbit[0] % Descriptor.SIDE;
    int y = orbit[0] / Descriptor.SIDE;
    double value =
        pair[0] == pair[1]
            ? cosine(pair[0], x) * cosine(pair[0], y)
            : (cosine(pair[0], x) * cosine(pair[1], y) + cosine(pair[1], x) * cosine(pair[0], y))
                / Math.sqrt(2);
    return value * Math.sqrt(pixels(orbit));
  }

  private static double cosine(int frequency, int x) {
    int side = Descriptor.SIDE;
    return frequency == 0
        ? Math.sqrt(1.0 / side)
        : Math.sqrt(2.0 / side) * Math.cos(Math.PI * (2 * x + 1) * frequency / (2.0 * side));
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
