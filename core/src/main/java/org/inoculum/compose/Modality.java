package org.inoculum.compose;

import java.util.Locale;
import java.util.Optional;

/**
 * How a cell changes the light of the ground that it lies on. Images are turned into levels, in
 * which cells are added to ground or taken from it.
 */
public enum Modality {
  /**
   * Light passes through stain: intensities multiply, so levels are ln(I + 1) and a cell is an
   * optical density (Beer and Lambert; Ruifrok and Johnston, "Quantification of histochemical
   * staining by color deconvolution", 2001).
   */
  BRIGHTFIELD(-1),
  /** Cells shine: levels are intensities, 0..1, and a cell is added. */
  FLUORESCENCE(1),
  /**
   * Phase contrast and others, where neither holds: a cell replaces its ground, with soft edges.
   */
  OTHER(0);

  private final int sign;

  Modality(int sign) {
    this.sign = sign;
  }

  /** In lower case, as it is typed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** From what was typed. */
  public static Optional<Modality> ofLabel(String label) {
    for (Modality one : values()) {
      if (one.label().equals(label.toLowerCase(Locale.ROOT))) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** The level of a sample of 0..255, which may have a fraction. */
  float level(float sample) {
    return this == BRIGHTFIELD ? (float) Math.log(sample + 1.0) : sample / 255;
  }

  /** The opposite of {@link #level}, within 0..255. */
  float sample(float level) {
    float sample = this == BRIGHTFIELD ? (float) Math.exp(level) - 1 : level * 255;
    return Math.max(0, Math.min(255, sample));
  }

  /** How much cell there is, above 0 for what cells do, where ground of one level shows another. */
  float amount(float ground, float level) {
    return sign < 0 ? ground - level : level - ground;
  }

  /** The level of ground with this much cell on it; no ground is left where the share is 1. */
  float laid(float ground, float amount) {
    return sign < 0 ? ground - amount : ground + amount;
  }

  /** Whether what is darker than the ground is no cell. */
  boolean brightIsCell() {
    return this == FLUORESCENCE;
  }

  /** Whether cells may be darker and brighter than their ground. */
  boolean isSigned() {
    return this == OTHER;
  }
}
