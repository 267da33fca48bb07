package org.inoculum.copies;

/** A picture that others are compared with, as it lies; about 2 kB. */
record Known(Descriptor picture, Invariants invariants) {
  static Known of(Descriptor picture) {
    return new Known(picture, Invariants.of(picture));
  }
}
