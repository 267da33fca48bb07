package org.inoculum.augment;

/**
 * The strength of each augmentation. Each is drawn from a normal distribution with the given
 * standard deviation, or uniformly up to the given bound.
 *
 * @param shift bound of the shift along each axis, as a share of the side
 * @param resampled how often an image is magnified and turned, as a share of how often it is
 *     changed in another way
 * @param logScale standard deviation of the natural logarithm of the magnification
 * @param rotation bound of the turn, in degrees
 * @param brightness standard deviation of what is added, on the scale -1..1
 * @param logContrast standard deviation of the natural logarithm of the contrast
 * @param logSaturation standard deviation of the natural logarithm of the saturation
 * @param hue standard deviation of the turn around the grey axis, in degrees
 * @param logDensity standard deviation of the natural logarithm of the stain's optical density
 * @param cutout side of the square that is covered, as a share of the image's
 */
public record Strength(
    double shift,
    double resampled,
    double logScale,
    double rotation,
    double brightness,
    double logContrast,
    double logSaturation,
    double hue,
    double logDensity,
    double cutout) {
  /** What the preset {@code modern} takes. */
  public static final Strength DEFAULT =
      new Strength(0.125, 0.4, 0.15, 180, 0.15, 0.25, 0.35, 8, 0.2, 0.3);
}
