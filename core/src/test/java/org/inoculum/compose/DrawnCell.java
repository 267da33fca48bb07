package org.inoculum.compose;

import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * A crop or field with cells whose truth is known: rods with soft ends on uneven ground with grain.
 *
 * @param image as a camera shows it
 * @param truth pixels with at least a quarter of the greatest amount
 * @param total sum of the amounts of the last channel: optical density, or share of white
 */
record DrawnCell(Image image, PixelSet truth, double total) {
  private static final double[] STAIN = {0.45, 1.0, 0.5};
  private static final double[] GROUND = {215, 185, 165};

  /** A rod of a crop: turned at random, in the middle. */
  static DrawnCell crop(int index, int side, Modality modality, double strength) {
    RandomStream random = RandomStream.of(7, Purpose.CHECKING, index);
    double angle = random.nextDouble(0, Math.PI);
    double length = side * random.nextDouble(0.25, 0.45);
    float[] shape = new float[side * side];
    addRod(shape, side, side, side / 2.0, side / 2.0, angle, length, 0.035 * side);
    return photographed(shape, side, side, modality, strength, random);
  }

  /** A field with rods at these places, x and y in turn. */
  static DrawnCell field(int index, int width, int height, Modality modality, double... places) {
    RandomStream random = RandomStream.of(8, Purpose.CHECKING, index);
    float[] shape = new float[width * height];
    for (int i = 0; i < places.length; i += 2) {
      addRod(shape, width, height, places[i], places[i + 1], i, 45, 4.5);
    }
    return photographed(shape, width, height, modality, 0.8, random);
  }

  private static void addRod(
      float[] shape,
      int width,
      int height,
      double x,
      double y,
      double angle,
      double length,
      double radius) {
    double dx = Math.cos(angle);
    double dy = Math.sin(angle);
    float[] sharp = new float[shape.length];
    for (int i = 0; i < shape.length; i++) {
      int row = i / width;
      double u = i % width - x;
      double v = row - y;
      double along = Math.max(-length / 2, Math.min(length / 2, u * dx + v * dy));
      double away = Math.hypot(u - along * dx, v - along * dy);
      sharp[i] = (float) Math.sqrt(Math.max(0, 1 - away * away / (radius * radius)));
    }
    float[] soft = Blur.of(sharp, width, height, 1.8);
    for (int i = 0; i < shape.length; i++) {
      shape[i] += soft[i];
    }
  }

  private static DrawnCell photographed(
      float[] shape,
      int width,
      int height,
      Modality modality,
      double strength,
      RandomStream random) {
    float greatest = 1e-6f;
    for (float one : shape) {
      greatest = Math.max(greatest, one);
    }
    short[] samples = new short[shape.length * 3];
    double total = 0;
    double tilt = random.nextDouble(-0.05, 0.05);
    for (int i = 0; i < shape.length; i++) {
      int row = i / width;
      double light =
          1 + tilt * (i % width - width / 2.0) / width - tilt * (row * 1.0 / height - 0.5);
      for (int c = 0; c < 3; c++) {
        double amount = strength * STAIN[c] * shape[i];
        double value =
            modality == Modality.BRIGHTFIELD
                ? (GROUND[c] * light + 1) * Math.exp(-amount) - 1
                : 255 * (0.06 * light + amount * 0.6);
        value += 2 * random.nextGaussian();
        samples[3 * i + c] = (short) Math.max(0, Math.min(255, Math.round(value)));
        total += c == 1 ? (modality == Modality.BRIGHTFIELD ? amount : 0.6 * amount) : 0;
      }
    }
    return new DrawnCell(
        new Image(width, height, 3, 8, samples),
        PixelSet.above(shape, width, height, 0.25 * greatest),
        total);
  }
}
