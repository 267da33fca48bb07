package org.inoculum.detect;

import org.inoculum.random.RandomStream;

/**
 * How one training crop is changed, drawn at random: one of the eight symmetries, a scale of up to
 * 30 % either way, and of the optical density a gain (also by channel), an offset, some mixing of
 * the stains, blur and noise. Positions of cells change with the pixels; densities do not change
 * them.
 */
final class CropAugmentation {
  private static final double SCALE = 0.3;
  private static final double GAIN = 0.3;
  private static final double CHANNEL_GAIN = 0.1;
  private static final double OFFSET = 0.03;
  private static final double MIXING = 0.06;
  private static final double BLURRED = 0.3;
  private static final double BLUR = 0.9;
  private static final double NOISE = 0.04;

  private final boolean swapped;
  private final int signX;
  private final int signY;

  /** Pixels of the field for one of the crop. */
  private final double step;

  private final double[][] mixing = new double[3][3];
  private final double[] offset = new double[3];
  private final double blur;
  private final double noise;
  private final double centreX;
  private final double centreY;
  private final int side;

  /**
   * For a crop of side x side pixels around a place of a field.
   *
   * @param centreX in pixels of the field
   * @param centreY in pixels of the field
   */
  CropAugmentation(RandomStream random, double centreX, double centreY, int side) {
    this.centreX = centreX;
    this.centreY = centreY;
    this.side = side;
    swapped = random.nextInt(2) == 1;
    signX = random.nextInt(2) == 1 ? -1 : 1;
    signY = random.nextInt(2) == 1 ? -1 : 1;
    double widest = StrictMath.log(1 + SCALE);
    step = StrictMath.exp(random.nextDouble(-widest, widest));
    double gain = StrictMath.exp(random.nextDouble(-GAIN, GAIN));
    for (int c = 0; c < 3; c++) {
      double own = gain * StrictMath.exp(random.nextDouble(-CHANNEL_GAIN, CHANNEL_GAIN));
      for (int from = 0; from < 3; from++) {
        mixing[c][from] = own * (c == from ? 1 : MIXING * random.nextGaussian());
      }
      offset[c] = OFFSET * random.nextGaussian();
    }
    blur = random.nextDouble() < BLURRED ? random.nextDouble(0, BLUR) : 0;
    noise = NOISE * random.nextDouble();
  }

  /** Writes the crop, (3, side, side), at a place of an array. */
  void draw(Density field, RandomStream random, float[] to, int at) {
    int plane = side * side;
    float[][] raw = new float[3][plane];
    for (int v = 0; v < side; v++) {
      for (int u = 0; u < side; u++) {
        double du = (u + 0.5 - side / 2.0) * step;
        double dv = (v + 0.5 - side / 2.0) * step;
        double x = centreX + signX * (swapped ? dv : du) - 0.5;
        double y = centreY + signY * (swapped ? du : dv) - 0.5;
        sample(field, x, y, raw, v * side + u);
      }
    }
    for (int c = 0; c < 3; c++) {
      float[] mixed = new float[plane];
      for (int i = 0; i < plane; i++) {
        mixed[i] =
            (float)
                (mixing[c][0] * raw[0][i]
                    + mixing[c][1] * raw[1][i]
                    + mixing[c][2] * raw[2][i]
                    + offset[c]);
      }
      float[] blurred = blur > 0.2 ? blurred(mixed) : mixed;
      for (int i = 0; i < plane; i++) {
        // Three uniform draws are normal enough, and fast.
        double normal = 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
        to[at + c * plane + i] = (float) (blurred[i] + noise * normal);
      }
    }
  }

  /** A box of the field in the crop. */
  Rect place(Rect box) {
    double dx = signX * (box.x() - centreX) / step;
    double dy = signY * (box.y() - centreY) / step;
    double width = box.width() / step;
    double height = box.height() / step;
    double x = side / 2.0 + (swapped ? dy : dx);
    double y = side / 2.0 + (swapped ? dx : dy);
    double across = swapped ? height : width;
    double down = swapped ? width : height;
    return new Rect(x - across / 2, y - down / 2, across, down);
  }

  private static void sample(Density field, double x, double y, float[][] to, int i) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float right = (float) (x - left);
    float below = (float) (y - top);
    for (int c = 0; c < 3; c++) {
      float upper = field.at(c, left, top) * (1 - right) + field.at(c, left + 1, top) * right;
      float lower =
          field.at(c, left, top + 1) * (1 - right) + field.at(c, left + 1, top + 1) * right;
      to[c][i] = upper * (1 - below) + lower * below;
    }
  }

  /** Three by three pixels, weighted as a Gaussian of the drawn deviation. */
  private float[] blurred(float[] plane) {
    float beside = (float) StrictMath.exp(-0.5 / (blur * blur));
    float sum = 1 + 2 * beside;
    float[] across = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      int u = i % side;
      float left = plane[u == 0 ? i : i - 1];
      float right = plane[u == side - 1 ? i : i + 1];
      across[i] = (plane[i] + beside * (left + right)) / sum;
    }
    float[] both = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      float above = across[i < side ? i : i - side];
      float below = across[i >= plane.length - side ? i : i + side];
      both[i] = (across[i] + beside * (above + below)) / sum;
    }
    return both;
  }
}
