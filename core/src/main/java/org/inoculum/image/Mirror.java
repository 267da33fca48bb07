package org.inoculum.image;

/** A row of samples continued on both sides by its own mirror image, the border sample twice. */
final class Mirror {
  private Mirror() {}

  /** The position in 0..length-1 that any position shows: … 1 0 | 0 1 … n-1 | n-1 n-2 … */
  static int index(int position, int length) {
    int folded = Math.floorMod(position, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }
}
