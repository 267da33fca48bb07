package org.inoculum.utility;

/** What is done to an image that a classifier is trained on, synthetic or real. */
public enum Augmentation {
  /** Nothing. */
  NONE("as they are"),
  /** Symmetries of the square, shifts of up to 4 of 64 pixels, up to 10 % gain and brightness. */
  CLASSICAL("classical"),
  /**
   * Classical, and with a chance of one half the colours of another training image of any class:
   * mean and deviation of each channel (Reinhard et al. 2001, in RGB).
   */
  COLOUR("classical and colours"),
  /**
   * Symmetries of the square, shifts of up to 8 pixels, up to 25 % gain and brightness, and with a
   * chance of one half a square of 16 pixels cut out (DeVries &amp; Taylor 2017, arXiv 1708.04552).
   */
  STRONG("strong classical");

  private final String words;

  Augmentation(String words) {
    this.words = words;
  }

  /** In words, such as "classical". */
  public String words() {
    return words;
  }
}
