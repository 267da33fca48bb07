package org.inoculum.copies;

/** A picture that others are compared with, as it lies; about 2 kB. */
record KnownImage(Descriptor picture, Invariants invariants) {
  static KnownImage of(Descriptor picture) {
    return new KnownImage(picture, Invariants.of(picture));
  }
}
