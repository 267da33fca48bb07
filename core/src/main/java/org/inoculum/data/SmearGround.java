package org.inoculum.data;

import org.inoculum.random.RandomStream;

/**
 * The surroundings of the rods, as optical densities: clouds of counterstain, uneven light, round
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

  private final int columns;
  private final int rows;

  /** Points of a frame's side, the unit of all places and sizes. */
  private final int frame;

  /** Density of the counterstain, in red; the other channels follow the stain's vector. */
  final double[] counterstain;

  /** Density of fuchsin that the decolouriser left, in green. */
  final double[] fuchsin;

  /** Density that is the same in all channels. */
  final double[] neutral;

  private SmearGround(int columns, int rows, int frame) {
    this.columns = columns;
    this.rows = rows;
    this.frame = frame;
    counterstain = new double[columns * rows];
    fuchsin = new double[columns * rows];
    neutral = new double[columns * rows];
  }

  /**
   * A ground of side x side points, whose clouds have the standard deviation {@code cloudiness}.
   */
  static SmearGround draw(RandomStream random, int side, double cloudiness) {
    SmearGround ground = new SmearGround(side, side, side);
    ground.addClouds(random, ground.counterstain, 140, cloudiness);
    ground.addClouds(random, ground.fuchsin, 60, 0.6 * cloudiness);
    ground.addClouds(random, ground.neutral, 60, 0.35 * cloudiness);
    ground.addUnevenLight(random, 0.02, 0, 0.03);
    int vacuoles = cloudiness > 0.025 ? random.nextInt(4) : 0;
    for (int i = 0; i < vacuoles; i++) {
      ground.addVacuole(random, random.nextDouble(), random.nextDouble(), cloudiness);
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

  /**
   * The ground of a field of view of columns x rows points: as that of a frame, with as many clouds
   * and vacuoles for its area, darker corners, nuclei of white blood cells, and debris of both
   * stains, which must not be taken for rods.
   *
   * @param frame points of a frame's side
   */
  static SmearGround drawField(
      RandomStream random, int columns, int rows, int frame, double cloudiness) {
    SmearGround ground = new SmearGround(columns, rows, frame);
    double across = (double) columns / frame;
    double down = (double) rows / frame;
    double area = across * down;
    int spots = (int) Math.ceil(100 * area);
    ground.addClouds(random, ground.counterstain, spots, cloudiness);
    ground.addClouds(random, ground.fuchsin, spots / 2, 0.6 * cloudiness);
    ground.addClouds(random, ground.neutral, spots / 2, 0.35 * cloudiness);
    ground.addUnevenLight(random, 0.035, 0.02, 0.14);
    for (int i = number(random, 0.4 * area); i > 0; i--) {
      ground.addVacuole(
          random, random.nextDouble(0, across), random.nextDouble(0, down), cloudiness);
    }
    for (int i = number(random, 0.05 * area); i > 0; i--) {
      ground.addNucleus(random, random.nextDouble(0, across), random.nextDouble(0, down));
    }
    for (int i = number(random, 0.2 * area); i > 0; i--) {
      ground.addBlotAt(
          random,
          ground.counterstain,
          random.nextDouble(0, across),
          random.nextDouble(0, down),
          random.nextDouble(0.03, 0.1),
          0.04 + 0.4 * cube(random.nextDouble()));
    }
    for (int i = number(random, 0.06 * area); i > 0; i--) {
      ground.addBlotAt(
          random,
          ground.fuchsin,
          random.nextDouble(0, across),
          random.nextDouble(0, down),
          random.nextDouble(0.05, 0.16),
          random.nextDouble(0.1, 0.8));
    }
    return ground;
  }

  /** A whole number around {@code mean}, from none to twice as many. */
  private static int number(RandomStream random, double mean) {
    return (int) Math.round(2 * mean * random.nextDouble());
  }

  /** A nucleus of two to four lobes, sharply bounded, in faint cytoplasm. */
  private void addNucleus(RandomStream random, double x, double y) {
    double size = random.nextDouble(0.16, 0.26);
    double density = random.nextDouble(0.6, 1.3);
    addSpot(counterstain, x, y, 2 * size, 2 * size, random.nextDouble(0.02, 0.1));
    double[] lobes = new double[columns * rows];
    double heading = random.nextDouble(0, 2 * Math.PI);
    for (int lobe = 2 + random.nextInt(3); lobe > 0; lobe--) {
      heading += random.nextDouble(1.2, 2.6);
      double away = size * random.nextDouble(0.5, 1);
      double width = size * random.nextDouble(0.35, 0.55);
      addSpot(
          lobes,
          x + away * StrictMath.cos(heading),
          y + away * StrictMath.sin(heading),
          width,
          width * random.nextDouble(0.8, 1.25),
          random.nextDouble(3, 6));
    }
    saturate(lobes, counterstain, density);
  }

  private void addClouds(RandomStream random, double[] density, int spots, double deviation) {
    double[] clouds = new double[columns * rows];
    double across = (double) columns / frame;
    double down = (double) rows / frame;
    for (int i = 0; i < spots; i++) {
      double size = 0.018 * StrictMath.pow(9, random.nextDouble());
      double strength = random.nextGaussian() * Math.sqrt(Math.sqrt(size));
      addSpot(
          clouds,
          random.nextDouble(-0.1, across + 0.1),
          random.nextDouble(-0.1, down + 0.1),
          size,
          size,
          strength);
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

  /** A slope of the given deviation and corners that are darker, by {@code from} to {@code to}. */
  private void addUnevenLight(RandomStream random, double slope, double from, double to) {
    double right = slope * random.nextGaussian();
    double down = slope * random.nextGaussian();
    double corners = random.nextDouble(from, to);
    for (int row = 0; row < rows; row++) {
      double v = 2 * (row + 0.5) / rows - 1;
      for (int column = 0; column < columns; column++) {
        double u = 2 * (column + 0.5) / columns - 1;
        neutral[row * columns + column] += right * u + down * v + corners * (u * u + v * v) / 2;
      }
    }
  }

  /** A clear disc with a darker rim. */
  private void addVacuole(RandomStream random, double x, double y, double cloudiness) {
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
    addBlotAt(random, counterstain, x, y, size, density);
  }

  /** A ragged blot of a stain: overlapping spots. */
  private void addBlotAt(
      RandomStream random, double[] stain, double x, double y, double size, double density) {
    double[] blot = new double[columns * rows];
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
    saturate(blot, stain, density);
  }

  /** Adds a blot, whose density does not grow beyond {@code density} where its spots overlap. */
  private static void saturate(double[] blot, double[] stain, double density) {
    for (int i = 0; i < blot.length; i++) {
      if (blot[i] > 0) {
        stain[i] += density * (1 - StrictMath.exp(-blot[i]));
      }
    }
  }

  private void addSpot(
      double[] density, double x, double y, double width, double height, double strength) {
    double[] across = bell(x, width, columns);
    double[] down = bell(y, height, rows);
    for (int row = first(y, height); row <= last(y, height, rows); row++) {
      double s = strength * down[row];
      for (int column = first(x, width); column <= last(x, width, columns); column++) {
        density[row * columns + column] += s * across[column];
      }
    }
  }

  private double[] bell(double centre, double width, int points) {
    double[] bell = new double[points];
    for (int i = first(centre, width); i <= last(centre, width, points); i++) {
      double distance = ((i + 0.5) / frame - centre) / width;
      bell[i] = StrictMath.exp(-0.5 * distance * distance);
    }
    return bell;
  }

  private int first(double centre, double width) {
    return Math.max(0, (int) Math.ceil((centre - REACH * width) * frame));
  }

  private int last(double centre, double width, int points) {
    return Math.min(points - 1, (int) Math.floor((centre + REACH * width) * frame));
  }
}
