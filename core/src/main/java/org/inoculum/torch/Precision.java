package org.inoculum.torch;

/**
 * The number format of convolutions and GEMM. Weights, losses and the optimiser are always 32-bit.
 */
public enum Precision {
  /** 32-bit floats throughout. */
  F32,
  /** Products of 16-bit "brain" floats (8 bits of mantissa), accumulated in 32 bits. */
  BF16
}
