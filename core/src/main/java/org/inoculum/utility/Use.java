package org.inoculum.utility;

/** How synthetic images are used in a training. */
public enum Use {
  /** Not at all. */
  NONE("real", 0),
  /** They alone (train on synthetic, test on real). */
  ALONE("synthetic", 1),
  /** An image of a batch is synthetic with a chance of one tenth. */
  TENTH("real with 10 % synthetic", 0.1),
  /** With a chance of one quarter. */
  QUARTER("real with 25 % synthetic", 0.25),
  /** With a chance of one half. */
  HALF("real with 50 % synthetic", 0.5),
  /** The first half of the steps with synthetic images alone, the rest with real ones. */
  FIRST("synthetic first, then real", Double.NaN),
  /**
   * A quarter, of those synthetic images alone whose label two classifiers confirm that were
   * trained on one half of the real images each.
   */
  CONFIRMED("real with 25 % synthetic of confirmed label", 0.25);

  private final String words;
  private final double share;

  Use(String words, double share) {
    this.words = words;
    this.share = share;
  }

  /** In words, such as "real with 25 % synthetic". */
  public String words() {
    return words;
  }

  /** The chance that an image is synthetic in a step. */
  double share(int step, int steps) {
    return this == FIRST ? (step < steps / 2 ? 1 : 0) : share;
  }

  /** Whether synthetic images are added to real ones. */
  boolean adds() {
    return this != NONE && this != ALONE;
  }
}
