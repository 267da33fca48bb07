package org.inoculum.export;

import java.util.Locale;

/** In what form other programs get a generator. */
public enum ExportFormat {
  /** Weights and their description, for a program that has the network's code. */
  SAFETENSORS,
  /** The whole computation in standard operators, for ONNX Runtime and the like. */
  ONNX;

  /** On the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
