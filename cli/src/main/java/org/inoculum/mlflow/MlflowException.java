package org.inoculum.mlflow;

import java.io.IOException;

/** The server did not do what it was asked. */
final class MlflowException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * An answer that is none.
   *
   * @param status of HTTP, or 0 where there was no answer at all
   */
  MlflowException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** Whether the same may succeed later. */
  boolean passes() {
    return status == 0 || status == 429 || status >= 500;
  }
}
