package org.inoculum.data;

import java.util.Arrays;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;
import org.inoculum.image.Symmetry;

/**
 * An image in 16 x 16 x 3 numbers, to tell whether two show the same: luma and the two colour
 * differences red - luma and blue - luma of the antialiased image, each without its mean, so that a
 * change of brightness or tint changes nothing.
 *
 * <p>The distance of two is the root mean square difference under the best of the eight symmetries,
 * as a share of the larger contrast. A share, since stained cells differ by tens of grey levels and
 * plain background by one. Calibrated on smears and blood cells of 128 x 128: a copy saved as JPEG
 * at quality 85, three levels brighter and turned by 90 degrees is at most 0.13 away, and two
 * different images at least 0.20.
 */
final class Thumbnail {
  /** Two images nearer than this show the same. */
  static final double NEAR = 0.15;

  private static final int SIDE = 16;
  private static final int VALUES = SIDE * SIDE * 3;

  /** Contrast, in levels of 255, below which noise and compression decide. */
  private static final double LEAST_CONTRAST = 5;

  private final Image image;
  private final float[] values;
  private final double contrast;

  private Thumbnail(Image image) {
    this.image = image;
    this.values = values(image);
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    this.contrast = Math.sqrt(sum / VALUES);
  }

  static Thumbnail of(Image image) {
    return new Thumbnail(Channels.toRgb(Channels.toEightBit(Resize.to(image, SIDE, SIDE))));
  }

  /** Root mean square of the numbers: the distance from an image of one colour. */
  double contrast() {
    return contrast;
  }

  /** True where almost nothing is to be seen: as near to an image of one colour as to itself. */
  boolean isPlain() {
    return contrast < NEAR * LEAST_CONTRAST;
  }

  /** The eight ways to lay this one down, each to be compared with {@link #distance}. */
  float[][] orientations() {
    return Arrays.stream(Symmetry.values())
        .map(symmetry -> values(symmetry.apply(image)))
        .toArray(float[][]::new);
  }

  /** True where no distance below {@link #NEAR} is possible, by the triangle inequality. */
  boolean isFarFrom(Thumbnail other) {
    return Math.abs(contrast - other.contrast) > NEAR * scale(other);
  }

  /**
   * The distance to another one, of which {@code orientations} are given; infinite where it is at
   * least {@link #NEAR}.
   */
  double distance(Thumbnail other, float[][] orientations) {
    double limit = NEAR * scale(other);
    double least = limit * limit * VALUES;
    boolean near = false;
    for (float[] orientation : orientations) {
      double sum = 0;
      for (int i = 0; i < VALUES && sum < least; i++) {
        double difference = values[i] - orientation[i];
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        near = true;
      }
    }
    return near ? Math.sqrt(least / VALUES) / scale(other) : Double.POSITIVE_INFINITY;
  }

  private double scale(Thumbnail other) {
    return Math.max(LEAST_CONTRAST, Math.max(contrast, other.contrast));
  }

  private static float[] values(Image image) {
    float[] values = new float[VALUES];
    double[] means = new double[3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      int red = image.sample(i % SIDE, i / SIDE, 0);
      int green = image.sample(i % SIDE, i / SIDE, 1);
      int blue = image.sample(i % SIDE, i / SIDE, 2);
      float luma = 0.299f * red + 0.587f * green + 0.114f * blue;
      values[3 * i] = luma;
      values[3 * i + 1] = red - luma;
      values[3 * i + 2] = blue - luma;
      for (int c = 0; c < 3; c++) {
        means[c] += values[3 * i + c];
      }
    }
    for (int i = 0; i < VALUES; i++) {
      values[i] -= (float) (means[i % 3] / (SIDE * SIDE));
    }
    return values;
  }
}
