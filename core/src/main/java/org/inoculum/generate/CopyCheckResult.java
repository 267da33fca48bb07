package org.inoculum.generate;

import org.inoculum.copies.CopyFilter;
import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.copies.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * The result of the copy check for an image by itself.
 *
 * @param nearestReal the training image that is nearest to it
 * @param distance to it, between descriptors
 * @param ratio of that to the training image's own distance to its nearest different neighbour
 * @param rejected a copy or blank; null for neither
 * @param descriptor what it shows
 * @param repeatLimit how near to an accepted image it repeats that one
 */
public record CopyCheckResult(
    String nearestReal,
    double distance,
    double ratio,
    @Nullable Reason rejected,
    Descriptor descriptor,
    double repeatLimit) {

  static CopyCheckResult of(CopyFilter.SingleCheck alone) {
    return new CopyCheckResult(
        alone.nearest().name(),
        rounded(alone.nearest().distance()),
        rounded(alone.nearest().ratio()),
        alone.rejected().orElse(null),
        alone.descriptor(),
        alone.repeatLimit());
  }

  /** Four digits are more than the descriptors are good for. */
  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
