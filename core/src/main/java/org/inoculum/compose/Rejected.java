package org.inoculum.compose;

/** Says why a crop gives no cell; caught where crops are cut one by one. */
final class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  Rejected(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
