package org.inoculum.copies;

/** An image that others are compared with, as it lies; about 2 kB. */
record KnownImage(Descriptor descriptor, Invariants invariants) {
  static KnownImage of(Descriptor descriptor) {
    return new KnownImage(descriptor, Invariants.of(descriptor));
  }
}
