package org.inoculum.data;

import org.inoculum.random.RandomStream;

/**
 * The surroundings of the rod, as optical densities: clouds of counterstain, uneven light, round
 * vacuoles and blots of debris. All of it is out of focus, so it is built from smooth functions of
 * the place in the frame and needs no blur.
 *
 * <p>The clouds are sums of Gaussian spots of many sizes at random places: smooth, the same in
 * every direction, and without the lattice that interpolated value noise shows.
 */
final class SmearGround {
  /** The optics show nothing finer, in units of the frame. */
  private static final double SHARPEST = 0.018;

  /** Beyond this many widths a spot adds nothing that 8 bits would show. */
  private static final double REACH = 4.5;

  private final int side;

  /** Density of the counterstain, in red; the other channels follow the stain's vector. */
  final double[] counterstain;

  /** Density of fuchsin that the decolouriser left, in green. */
  final double[] fuchsin;

  /** Density that is the same in all channels. */
  final double[] neutral;

  private SmearGround(int side) {
    this.side = side;
    counterstain = new double[side * side];
    fuchsin = new double[side * side];
    neutral = new double[side * side];
  }

  /**
   * A ground of side x side points, whose clouds have the standard deviation {@code cloudiness}.
   */
  static SmearGround draw(RandomStream random, int side, double cloudiness) {
    SmearGround ground = new SmearGround(side);
    ground.addClouds(random, ground.counterstain, 140, cloudiness);
    ground.addClouds(random, ground.fuchsin, 60, 0.6 * cloudiness);
    ground.addClouds(random, ground.neutral, 60, 0.35 * cloudiness);
    ground.addUnevenLight(random);
    int vacuoles = cloudiness > 0.025 ? random.nextInt(4) : 0;
    for (int i = 0; i < vacuoles; i++) {
      ground.addVacuole(random, cloudiness);
    }
    int small = random.nextInt(4) - 1;
    for (int i = 0; i < small; i++) {
      ground.addBlot(
          random, random.nextDouble(0.03, 0.08), 0.04 + 0.4 * cube(random.nextDouble()), 0.42);
    }
    if (random.nextDouble() < 0.08) {
      ground.addBlot(random, random.nextDouble(0.12, 0.24), random.nextDouble(0.4, 1.1), 0.45);
    }
    return ground;
  }

  private void addClouds(RandomStream random, double[] density, int spots, double deviation) {
    double[] clouds = new double[side * side];
    for (int i = 0; i < spots; i++) {
      double size = 0.018 * StrictMath.pow(9, random.nextDouble());
      double strength = random.nextGaussian() * Math.sqrt(Math.sqrt(size));
      addSpot(
          clouds, random.nextDouble(-0.1, 1.1), random.nextDouble(-0.1, 1.1), size, size, strength);
    }
    double sum = 0;
    double squares = 0;
    for (double value : clouds) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / clouds.length;
    double scale = deviation / Math.sqrt(Math.max(1e-12, squares / clouds.length - mean * mean));
    for (int i = 0; i < clouds.length; i++) {
      density[i] += (clouds[i] - mean) * scale;
    }
  }

  /** Makes most draws small and a few large. */
  private static double cube(double value) {
    return value * value * value;
  }

  private void addUnevenLight(RandomStream random) {
    double right = 0.02 * random.nextGaussian();
    double down = 0.02 * random.nextGaussian();
    double corners = random.nextDouble(0, 0.03);
    for (int row = 0; row < side; row++) {
      double v = 2 * (row + 0.5) / side - 1;
      for (int column = 0; column < side; column++) {
        double u = 2 * (column + 0.5) / side - 1;
        neutral[row * side + column] += right * u + down * v + corners * (u * u + v * v) / 2;
      }
    }
  }

  /** A clear disc with a darker rim. */
  private void addVacuole(RandomStream random, double cloudiness) {
    double x = random.nextDouble();
    double y = random.nextDouble();
    double radius = random.nextDouble(0.05, 0.12);
    double rim = cloudiness * random.nextDouble(0.8, 2.0);
    addSpot(counterstain, x, y, radius, radius, rim);
    addSpot(counterstain, x, y, 0.7 * radius, 0.7 * radius, -2.2 * rim);
  }

  /** A ragged blot of counterstain: overlapping spots around a place away from the middle. */
  private void addBlot(RandomStream random, double size, double density, double distance) {
    double angle = random.nextDouble(0, 2 * Math.PI);
    double away = distance * random.nextDouble(0.75, 1.25);
    double x = 0.5 + away * StrictMath.cos(angle);
    double y = 0.5 + away * StrictMath.sin(angle);
    double[] blot = new double[side * side];
    for (int i = 0; i < 24; i++) {
      double width = Math.max(SHARPEST, size * random.nextDouble(0.15, 0.45));
      addSpot(
          blot,
          x + 0.6 * size * random.nextGaussian(),
          y + 0.6 * size * random.nextGaussian(),
          width,
          width * random.nextDouble(0.8, 1.5),
          random.nextDouble(-0.3, 1));
    }
    for (int i = 0; i < blot.length; i++) {
      counterstain[i] += density * (1 - StrictMath.exp(-Math.max(0, blot[i]))); // saturates inside
    }
  }

  private void addSpot(
      double[] density, double x, double y, double width, double height, double strength) {
    double[] across = bell(x, width);
    double[] down = bell(y, height);
    for (int row = first(y, height); row <= last(y, height); row++) {
      double s = strength * down[row];
      for (int column = first(x, width); column <= last(x, width); column++) {
        density[row * side + column] += s * across[column];
      }
    }
  }

  private double[] bell(double centre, double width) {
    double[] bell = new double[side];
    for (int i = first(centre, width); i <= last(centre, width); i++) {
      double distance = ((i + 0.5) / side - centre) / width;
      bell[i] = StrictMath.exp(-0.5 * distance * distance);
    }
    return bell;
  }

  private int first(double centre, double width) {
    return Math.max(0, (int) Math.ceil((centre - REACH * width) * side));
  }

  private int last(double centre, double width) {
    return Math.min(side - 1, (int) Math.floor((centre + REACH * width) * side));
  }
}
