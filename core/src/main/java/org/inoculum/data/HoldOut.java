package org.inoculum.data;

import org.inoculum.UserException;

/**
 * The part of the images that {@link Preparation} puts into a folder of its own, to evaluate a
 * training on.
 *
 * @param share of the images, above 0 and below 1
 * @param near what is done about images on both sides that show nearly the same
 */
public record HoldOut(double share, NearDuplicateRule near) {
  /** Checks the share. */
  public HoldOut {
    if (!(share > 0 && share < 1)) {
      throw UserException.usage("--held-out-share must be above 0 and below 1, was " + share);
    }
  }
}
