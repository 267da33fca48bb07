package org.inoculum.data;

import org.inoculum.UserException;

/**
 * Which part of the images {@link Preparation} puts into a folder of its own, to judge a training
 * by.
 *
 * @param share of the images, above 0 and below 1
 * @param near what is done about images on both sides that show nearly the same
 */
public record HoldOut(double share, NearDuplicateRule near) {
  /** Checks the share. */
  public HoldOut {
    if (!(share > 0 && share < 1)) {
      throw UserException.usage("--hold-out must be above 0 and below 1, was " + share);
    }
  }
}
