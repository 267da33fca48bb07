package org.inoculum.utility;

import java.util.Locale;

/** A condition: the kind of images that a classifier is trained on. */
public enum Condition {
  /** The real training images as they are. */
  REAL(true, false, false),
  /** With symmetries of the square, shifts, brightness and contrast. */
  REAL_CLASSICAL(true, false, true),
  /** The synthetic images alone (train on synthetic, test on real). */
  SYNTHETIC(false, true, false),
  /** Every image of a batch real or synthetic with equal chance. */
  REAL_SYNTHETIC(true, true, false),
  /** The same, with classical augmentation of both. */
  REAL_CLASSICAL_SYNTHETIC(true, true, true);

  private final boolean real;
  private final boolean synthetic;
  private final boolean classical;

  Condition(boolean real, boolean synthetic, boolean classical) {
    this.real = real;
    this.synthetic = synthetic;
    this.classical = classical;
  }

  boolean real() {
    return real;
  }

  boolean synthetic() {
    return synthetic;
  }

  boolean classical() {
    return classical;
  }

  /** In words, such as "real + classical + synthetic". */
  public String describe() {
    return name().toLowerCase(Locale.ROOT).replace("_", " + ");
  }
}
