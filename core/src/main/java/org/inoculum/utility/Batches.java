package org.inoculum.utility;

import java.util.List;
import org.inoculum.image.Symmetry;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * The batches of one condition: classes in turn, so that each has as many images as the others;
 * within a class, real or synthetic by the chance that the condition has in that step. A function
 * of (seed, step).
 */
final class Batches {
  /** Images of a batch. */
  static final int SIZE = 32;

  private static final int HOLE = 16;

  private final Condition condition;
  private final Scale scale;
  private final List<List<float[]>> real;
  private final List<List<float[]>> synthetic;
  private final List<float[]> all;

  /**
   * Of a condition.
   *
   * @param real numbers of the real images by class
   * @param synthetic those of the synthetic ones; a class may have none
   */
  Batches(
      Condition condition, List<List<float[]>> real, List<List<float[]>> synthetic, Scale scale) {
    this.condition = condition;
    this.scale = scale;
    this.real = real;
    this.synthetic = synthetic;
    this.all = real.stream().flatMap(List::stream).toList();
  }

  /** The images of a batch, (SIZE, 3, 64, 64), and their labels. */
  @SuppressWarnings("ArrayRecordComponent") // a message to the classifier, never compared
  record Batch(float[] images, long[] labels) {}

  /** The batch of a step. */
  Batch draw(long seed, int step) {
    RandomStream random = RandomStream.of(seed, Purpose.SAMPLING, step);
    float[] images = new float[SIZE * Scale.VALUES];
    long[] labels = new long[SIZE];
    int first = random.nextInt(real.size());
    double share = condition.use().share(step, condition.steps());
    for (int i = 0; i < SIZE; i++) {
      int label = (first + i) % real.size();
      labels[i] = label;
      boolean made = random.nextDouble(0, 1) < share && !synthetic.get(label).isEmpty();
      List<float[]> source = made ? synthetic.get(label) : real.get(label);
      float[] image = source.get(random.nextInt(source.size()));
      augment(image, images, i * Scale.VALUES, random);
    }
    return new Batch(images, labels);
  }

  private void augment(float[] image, float[] to, int offset, RandomStream random) {
    switch (condition.augmentation()) {
      case NONE -> System.arraycopy(image, 0, to, offset, Scale.VALUES);
      case CLASSICAL -> moved(image, to, offset, random, 4, 0.1);
      case COLOUR -> {
        moved(image, to, offset, random, 4, 0.1);
        if (random.nextInt(2) == 0) {
          recoloured(to, offset, all.get(random.nextInt(all.size())));
        }
      }
      case STRONG -> {
        moved(image, to, offset, random, 8, 0.25);
        if (random.nextInt(2) == 0) {
          cutOut(to, offset, random);
        }
      }
    }
  }

  /** One of the eight symmetries, a shift, gain and brightness. */
  private void moved(
      float[] image, float[] to, int offset, RandomStream random, int shift, double change) {
    int[] places = Scale.places(random.nextInt(Symmetry.values().length));
    int right = random.nextInt(2 * shift + 1) - shift;
    int down = random.nextInt(2 * shift + 1) - shift;
    float gain = (float) random.nextDouble(1 - change, 1 + change);
    float more = (float) (random.nextDouble(-change, change) * 255 / scale.deviation());
    int side = UtilityData.SIZE;
    for (int y = 0; y < side; y++) {
      int v = Math.max(0, Math.min(side - 1, y + down));
      for (int x = 0; x < side; x++) {
        int u = Math.max(0, Math.min(side - 1, x + right));
        int from = places[v * side + u];
        for (int c = 0; c < 3; c++) {
          int plane = c * side * side;
          to[offset + plane + y * side + x] = gain * image[plane + from] + more;
        }
      }
    }
  }

  /** Gives it the mean and the deviation that each channel has in another image. */
  private static void recoloured(float[] to, int offset, float[] like) {
    int plane = UtilityData.SIZE * UtilityData.SIZE;
    for (int c = 0; c < 3; c++) {
      double[] own = moments(to, offset + c * plane, plane);
      double[] other = moments(like, c * plane, plane);
      double gain = other[1] / Math.max(1e-3, own[1]);
      for (int i = offset + c * plane; i < offset + (c + 1) * plane; i++) {
        to[i] = (float) ((to[i] - own[0]) * gain + other[0]);
      }
    }
  }

  private static double[] moments(float[] values, int from, int count) {
    double sum = 0;
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
      squares += values[i] * (double) values[i];
    }
    double mean = sum / count;
    return new double[] {mean, Math.sqrt(Math.max(0, squares / count - mean * mean))};
  }

  /** A square, which may lie half outside, gets the mean of all images, which is 0. */
  private static void cutOut(float[] to, int offset, RandomStream random) {
    int side = UtilityData.SIZE;
    int left = random.nextInt(side) - HOLE / 2;
    int top = random.nextInt(side) - HOLE / 2;
    for (int y = Math.max(0, top); y < Math.min(side, top + HOLE); y++) {
      for (int x = Math.max(0, left); x < Math.min(side, left + HOLE); x++) {
        for (int c = 0; c < 3; c++) {
          to[offset + c * side * side + y * side + x] = 0;
        }
      }
    }
  }
}
