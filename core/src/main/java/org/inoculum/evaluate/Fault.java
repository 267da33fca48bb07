package org.inoculum.evaluate;

/** A fault that generated images are known to have, as far as it can be named. */
public enum Fault {
  /** Fine texture is weaker than in real images. */
  BLURRED("train longer"),
  /** Fine texture is stronger than in real images. */
  NOISY("train longer"),
  /** Colour or brightness is off. */
  OFF_COLOUR(
      "see whether the held-out images have the stain and exposure of the training images; then train longer"),
  /** Images resemble each other more than real ones do, or leave out kinds of real images. */
  NOT_VARIED("train longer, or give more images"),
  /** Images are training images, perhaps turned or mirrored. */
  COPIES("give more images, or train for a shorter time; the copy check leaves copies out"),
  /** Images can be told from real ones, and none of the other rules says why. */
  DIFFERENT("train longer, and look at the generated images beside real ones");

  private final String remedy;

  Fault(String remedy) {
    this.remedy = remedy;
  }

  /** What helps most, in a few words. */
  String remedy() {
    return remedy;
  }
}
