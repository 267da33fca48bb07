package org.inoculum.torch;

/** The precision that the user asks for; {@link Engine} turns it into a {@link Precision}. */
public enum PrecisionChoice {
  /** 32-bit floats. */
  F32,
  /** bfloat16 (bf16), or an error where their gradients are wrong. */
  BF16,
  /**
   * bfloat16 (bf16) where the CPU multiplies them and the self-check passes, 32-bit floats
   * elsewhere.
   */
  AUTO
}
