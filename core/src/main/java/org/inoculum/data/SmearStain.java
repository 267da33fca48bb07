package org.inoculum.data;

import java.util.List;
import org.inoculum.random.RandomStream;

/**
 * The staining and photography of one slide: the few looks that Ziehl-Neelsen smears come in. A
 * look is a starting point; every image strays from it.
 *
 * @param share of the slides; the shares of all looks add up to 1
 * @param ground the empty ground, in samples (0..255)
 * @param counterstain what the counterstain absorbs, in units of what it absorbs in red
 * @param rodRed what the rod absorbs in red, in units of what it absorbs in green
 * @param rodBlue what it absorbs in blue, likewise
 * @param faintestRod the least optical density (natural logarithm) of a rod in green
 * @param darkestRod the greatest
 * @param cloudiness standard deviation of the ground's clouds, in optical density
 * @param grain standard deviation of the camera's luma grain, in samples
 */
record SmearStain(
    double share,
    Rgb ground,
    Rgb counterstain,
    double rodRed,
    double rodBlue,
    double faintestRod,
    double darkestRod,
    double cloudiness,
    double grain) {

  private static final List<SmearStain> LOOKS =
      List.of(
          // Peach: hardly counterstained, under a warm lamp: the rod is light.
          new SmearStain(
              0.28,
              new Rgb(217, 182, 158),
              new Rgb(1.0, 0.70, 0.33),
              0.40,
              0.40,
              0.45,
              0.82,
              0.016,
              2.3),
          // Pink: washed out, flat and almost without grain.
          new SmearStain(
              0.06,
              new Rgb(214, 182, 177),
              new Rgb(0.9, 0.8, 0.6),
              0.43,
              0.46,
              0.34,
              0.50,
              0.011,
              1.55),
          // Rosy: decolourised too briefly: the ground kept some fuchsin.
          new SmearStain(
              0.07,
              new Rgb(210, 169, 157),
              new Rgb(0.8, 0.9, 0.45),
              0.39,
              0.42,
              0.45,
              0.65,
              0.028,
              2.2),
          // Bluish: methylene blue.
          new SmearStain(
              0.15,
              new Rgb(176, 189, 171),
              new Rgb(1.0, 0.75, 0.40),
              0.56,
              0.34,
              0.55,
              1.2,
              0.030,
              2.9),
          // Olive: methylene blue under a yellow lamp: the commonest look.
          new SmearStain(
              0.33,
              new Rgb(170, 170, 130),
              new Rgb(1.0, 0.72, 0.75),
              0.50,
              0.41,
              0.95,
              2.25,
              0.044,
              3.05),
          // Green: malachite green, thick.
          new SmearStain(
              0.09,
              new Rgb(142, 155, 118),
              new Rgb(1.0, 0.70, 0.70),
              0.47,
              0.43,
              0.95,
              2.25,
              0.046,
              3.0),
          // Brown: a thick smear with much protein in it.
          new SmearStain(
              0.02,
              new Rgb(146, 131, 110),
              new Rgb(1.0, 0.95, 0.85),
              0.45,
              0.33,
              0.6,
              2.0,
              0.045,
              3.2));

  SmearStain {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1], was " + share);
    }
    if (!(faintestRod > 0 && faintestRod < darkestRod)) {
      throw new IllegalArgumentException(
          "rods must absorb, from faint to dark, was " + faintestRod + " to " + darkestRod);
    }
    if (!(cloudiness > 0 && grain > 0)) {
      throw new IllegalArgumentException(
          "cloudiness and grain must be positive, were " + cloudiness + " and " + grain);
    }
  }

  /** One look, drawn by its share of the slides. */
  static SmearStain draw(RandomStream random) {
    double left = random.nextDouble();
    for (SmearStain stain : LOOKS) {
      left -= stain.share;
      if (left < 0) {
        return stain;
      }
    }
    return LOOKS.get(0); // the shares add up to 1 but for rounding
  }

  /** The empty ground in samples (0..255): the look's own, brighter or darker, warmer or colder. */
  Rgb drawGround(RandomStream random) {
    double exposure = 1 + 0.055 * bounded(random);
    double warmth = 0.014 * bounded(random);
    double tint = 0.010 * bounded(random);
    return new Rgb(
        ground.red() * exposure * (1 + warmth),
        ground.green() * exposure * (1 + tint),
        ground.blue() * exposure * (1 - warmth));
  }

  /** Carbol fuchsin in the middle of the rod: optical densities (natural logarithm). */
  Rgb drawRodDensity(RandomStream random) {
    double green = random.nextDouble(faintestRod, darkestRod);
    return new Rgb(
        // the camera sees less red contrast in dark rods
        green * rodRed * (1.1 - 0.12 * green) * (1 + 0.11 * bounded(random)),
        green,
        green * rodBlue * (1 + 0.16 * bounded(random)));
  }

  /** Standard deviation of the ground's clouds in optical density. */
  double drawCloudiness(RandomStream random) {
    return cloudiness * StrictMath.exp(0.4 * bounded(random));
  }

  /** Standard normal, but never further out than 2.2: no image may leave its look. */
  private static double bounded(RandomStream random) {
    return Math.max(-2.2, Math.min(2.2, random.nextGaussian()));
  }
}
