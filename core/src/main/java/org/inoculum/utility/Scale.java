package org.inoculum.utility;

import java.util.List;
import org.inoculum.data.DataSet;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.image.Symmetry;

/**
 * The conversion of images to numbers: less the mean of each channel over the real training images,
 * divided by the standard deviation that is left. The same in every condition.
 *
 * @param red mean, 0..255
 * @param green mean, 0..255
 * @param blue mean, 0..255
 * @param deviation at least 1 level
 */
record Scale(double red, double green, double blue, double deviation) {
  private static final int PLANE = UtilityData.SIZE * UtilityData.SIZE;

  /** Numbers of an image: (3, 64, 64). */
  static final int VALUES = 3 * PLANE;

  /** For each symmetry and place, the place that moves there. */
  private static final List<int[]> PLACES =
      List.of(Symmetry.values()).stream().map(Scale::moved).toList();

  static Scale of(DataSet train) {
    double[] sums = new double[3];
    double squares = 0;
    for (Sample sample : train.samples()) {
      short[] samples = sample.image().samples();
      for (int i = 0; i < samples.length; i++) {
        sums[i % 3] += samples[i];
        squares += samples[i] * samples[i];
      }
    }
    double count = (double) PLANE * train.samples().size();
    double meanSquares = 0;
    for (int c = 0; c < 3; c++) {
      sums[c] /= count;
      meanSquares += sums[c] * sums[c];
    }
    double variance = (squares / count - meanSquares) / 3;
    return new Scale(sums[0], sums[1], sums[2], Math.sqrt(Math.max(1, variance)));
  }

  /** The numbers of an image. */
  float[] of(Image image) {
    float[] values = new float[VALUES];
    short[] samples = image.samples();
    double[] means = {red, green, blue};
    for (int i = 0; i < PLANE; i++) {
      for (int c = 0; c < 3; c++) {
        values[c * PLANE + i] = (float) ((samples[3 * i + c] - means[c]) / deviation);
      }
    }
    return values;
  }

  /** Where each place of the image comes from under the symmetry of that number. */
  static int[] places(int symmetry) {
    return PLACES.get(symmetry);
  }

  private static int[] moved(Symmetry symmetry) {
    short[] places = new short[PLANE];
    for (int i = 0; i < PLANE; i++) {
      places[i] = (short) i;
    }
    short[] from =
        symmetry.apply(new Image(UtilityData.SIZE, UtilityData.SIZE, 1, 16, places)).samples();
    int[] moved = new int[PLANE];
    for (int i = 0; i < PLANE; i++) {
      moved[i] = from[i];
    }
    return moved;
  }
}
