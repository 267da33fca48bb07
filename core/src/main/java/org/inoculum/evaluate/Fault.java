package org.inoculum.evaluate;

/** A fault that generated images are known to have, as far as it can be named. */
public enum Fault {
  /** Fine texture is weaker than in real images. */
  BLURRED,
  /** Fine texture is stronger than in real images. */
  NOISY,
  /** Colour or brightness is off. */
  OFF_COLOUR,
  /** Images resemble each other more than real ones do, or leave out kinds of real images. */
  NOT_VARIED,
  /** Images are training images, perhaps turned or mirrored. */
  COPIES,
  /** Images can be told from real ones, and none of the other rules says why. */
  DIFFERENT
}
