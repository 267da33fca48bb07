package org.inoculum.torch;

/** What the user asks for; {@link Engine} turns it into a {@link Precision}. */
public enum PrecisionChoice {
  /** 32-bit floats. */
  F32,
  /** 16-bit brain floats, or an error where their gradients are wrong. */
  BF16,
  /**
   * 16-bit brain floats where the processor multiplies them and the self-check passes, 32-bit
   * floats elsewhere.
   */
  AUTO
}
