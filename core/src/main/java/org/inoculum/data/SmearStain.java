package org.inoculum.data;

import org.inoculum.random.RandomStream;

/**
 * How one slide was stained and photographed: the few looks that Ziehl-Neelsen smears come in, with
 * the numbers that tell them apart. A look is a starting point; every image strays from it.
 */
enum SmearStain {
  /** Hardly counterstained, under a warm lamp: the rod is light. */
  PEACH(0.28, new Rgb(217, 182, 158), new Rgb(1.0, 0.70, 0.33), 0.40, 0.40, 0.42, 0.78, 0.016, 2.3),
  /** Washed out, flat and almost without grain. */
  PINK(0.06, new Rgb(214, 182, 177), new Rgb(0.9, 0.8, 0.6), 0.43, 0.46, 0.28, 0.46, 0.011, 1.55),
  /** Decolourised too briefly: the ground kept some fuchsin. */
  ROSY(0.07, new Rgb(212, 167, 154), new Rgb(0.8, 0.9, 0.45), 0.39, 0.42, 0.45, 0.65, 0.028, 2.2),
  /** Methylene blue. */
  BLUISH(0.15, new Rgb(176, 189, 171), new Rgb(1.0, 0.75, 0.40), 0.56, 0.34, 0.55, 1.2, 0.030, 2.9),
  /** Methylene blue under a yellow lamp: the commonest look. */
  OLIVE(0.33, new Rgb(170, 170, 130), new Rgb(1.0, 0.72, 0.75), 0.50, 0.41, 0.9, 2.1, 0.040, 3.05),
  /** Malachite green, thick. */
  GREEN(0.09, new Rgb(142, 155, 118), new Rgb(1.0, 0.70, 0.70), 0.47, 0.43, 0.9, 2.1, 0.042, 3.0),
  /** A thick smear with much protein in it. */
  BROWN(0.02, new Rgb(146, 131, 110), new Rgb(1.0, 0.95, 0.85), 0.45, 0.33, 0.6, 2.0, 0.045, 3.2);

  private final double share;
  private final Rgb ground;
  private final Rgb counterstain;
  private final double rodRed;
  private final double rodBlue;
  private final double faintestRod;
  private final double darkestRod;
  private final double cloudiness;
  private final double grain;

  SmearStain(
      double share,
      Rgb ground,
      Rgb counterstain,
      double rodRed,
      double rodBlue,
      double faintestRod,
      double darkestRod,
      double cloudiness,
      double grain) {
    this.share = share;
    this.ground = ground;
    this.counterstain = counterstain;
    this.rodRed = rodRed;
    this.rodBlue = rodBlue;
    this.faintestRod = faintestRod;
    this.darkestRod = darkestRod;
    this.cloudiness = cloudiness;
    this.grain = grain;
  }

  /** One look, drawn by its share of the slides. */
  static SmearStain draw(RandomStream random) {
    double left = random.nextDouble();
    for (SmearStain stain : values()) {
      left -= stain.share;
      if (left < 0) {
        return stain;
      }
    }
    return OLIVE; // the shares add up to 1 but for rounding
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
        green * rodRed * (1.1 - 0.12 * green) * (1 + 0.07 * bounded(random)),
        green,
        green * rodBlue * (1 + 0.12 * bounded(random)));
  }

  /** What the counterstain absorbs, in units of what it absorbs in red. */
  Rgb counterstain() {
    return counterstain;
  }

  /** Standard deviation of the ground's clouds in optical density. */
  double drawCloudiness(RandomStream random) {
    return cloudiness * StrictMath.exp(0.4 * bounded(random));
  }

  /** Standard deviation of the camera's luma grain, in samples. */
  double grain() {
    return grain;
  }

  /** Standard normal, but never further out than 2.2: no image may leave its look. */
  private static double bounded(RandomStream random) {
    return Math.max(-2.2, Math.min(2.2, random.nextGaussian()));
  }
}
