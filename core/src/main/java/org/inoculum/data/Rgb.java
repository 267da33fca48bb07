package org.inoculum.data;

/** One number per colour channel: a colour in samples (0..255), or optical densities. */
record Rgb(double red, double green, double blue) {

  /** The number of channel 0 (red), 1 (green) or 2 (blue). */
  double channel(int c) {
    return switch (c) {
      case 0 -> red;
      case 1 -> green;
      case 2 -> blue;
      default -> throw new IllegalArgumentException("a channel is 0, 1 or 2, was " + c);
    };
  }
}
