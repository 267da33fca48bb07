package org.inoculum.data;

import org.inoculum.image.DecodingLimits;
import org.inoculum.image.PlaneChoice;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * The choice of an image in a file and of how its values become grey levels: what a run writes
 * down, so that its images can be read the same way again.
 *
 * @param plane which image of a file that holds several
 * @param window what becomes black to white in data of more than 8 bits
 * @param limits what a file may ask for
 * @param skipBad whether a file that cannot be read is left out and counted, rather than refused
 */
public record Reading(
    PlaneChoice plane, WindowChoice window, DecodingLimits limits, boolean skipBad) {
  /** The only image of each file, the default window and limits, no file left out. */
  public static final Reading DEFAULT =
      new Reading(PlaneChoice.ONLY, WindowChoice.DEFAULT, DecodingLimits.DEFAULT, false);

  /** The same with another window. */
  public Reading with(WindowChoice other) {
    return new Reading(plane, other, limits, skipBad);
  }

  /**
   * The same with the window that a data set was found to have; null: it had no high-bit-depth
   * files.
   */
  public Reading settledOn(@Nullable Window found) {
    return found == null ? this : with(WindowChoice.values(found));
  }
}
