package org.inoculum.copies;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a {@link Descriptor} stays when the picture is turned or mirrored: its coordinates in the
 * 36 products of even cosines, cos(a x) cos(b y) + cos(b x) cos(a y), which span everything that
 * the eight symmetries of the square leave alone. They are orthonormal and divided as distances
 * are, so the distance of two pictures, laid down in whatever way, is never smaller than that of
 * these.
 */
public final class Invariants {
  private static final int SIDE = Descriptor.SIDE;

  /** The width of a cell of the grid; limits are some hundredths to two tenths. */
  private static final double CELL = 0.125;

  /** Single precision must not hide a neighbour. */
  private static final double SLACK = 1e-4;

  private static final float[][] BASIS = basis();

  private final float[] values;

  private Invariants(float[] values) {
    this.values = values;
  }

  /**
   * A cell of a grid over the first three coordinates.
   *
   * @param x of the first
   * @param y of the second
   * @param z of the third
   */
  public record Cell(int x, int y, int z) {}

  /** Of a picture. */
  public static Invariants of(Descriptor picture) {
    float[] values = new float[BASIS.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = picture.product(BASIS[k]);
    }
    return new Invariants(values);
  }

  /** Where the picture lies. */
  public Cell cell() {
    return new Cell(cell(values[0]), cell(values[1]), cell(values[2]));
  }

  /** Every cell that a picture nearer than {@code limit} can lie in. */
  public List<Cell> cellsWithin(double limit) {
    double reach = limit + SLACK;
    List<Cell> cells = new ArrayList<>();
    for (int x = cell(values[0] - reach); x <= cell(values[0] + reach); x++) {
      for (int y = cell(values[1] - reach); y <= cell(values[1] + reach); y++) {
        for (int z = cell(values[2] - reach); z <= cell(values[2] + reach); z++) {
          cells.add(new Cell(x, y, z));
        }
      }
    }
    return cells;
  }

  /** False where the two pictures are certainly not nearer than {@code limit}. */
  public boolean mayBeWithin(double limit, Invariants other) {
    double enough = (limit + SLACK) * (limit + SLACK);
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      double difference = values[k] - other.values[k];
      sum += difference * difference;
      if (sum > enough) {
        return false;
      }
    }
    return true;
  }

  private static int cell(double value) {
    return (int) Math.floor(value / CELL);
  }

  private static float[][] basis() {
    List<float[]> all = new ArrayList<>();
    for (int sum = 0; sum <= 2 * (SIDE - 2); sum += 2) { // coarse ones first
      for (int a = 0; a <= sum / 2; a += 2) {
        int b = sum - a;
        if (b < SIDE && b % 2 == 0) {
          all.add(product(a, b));
        }
      }
    }
    // The mean and the next coarsest are gone from a descriptor, so they tell nothing apart.
    all.add(all.remove(0));
    return all.toArray(new float[0][]);
  }

  private static float[] product(int a, int b) {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      double value =
          a == b
              ? wave(a, x) * wave(a, y)
              : (wave(a, x) * wave(b, y) + wave(b, x) * wave(a, y)) / Math.sqrt(2);
      values[i] = (float) (value / SIDE); // root mean square, as Descriptor.distance
    }
    return values;
  }

  private static double wave(int frequency, int x) {
    return frequency == 0
        ? Math.sqrt(1.0 / SIDE)
        : Math.sqrt(2.0 / SIDE) * Math.cos(Math.PI * (2 * x + 1) * frequency / (2.0 * SIDE));
  }
}
