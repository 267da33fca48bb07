package org.inoculum.utility;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.data.DataSet;
import org.inoculum.data.Sample;
import org.inoculum.image.Symmetry;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * The batches of one condition: classes in turn, so that each has as many images as the others;
 * within a class, real or synthetic with equal chance where the condition has both. A function of
 * (seed, step).
 */
final class Batches {
  /** Images of a batch. */
  static final int SIZE = 32;

  private static final int SHIFT = 4;
  private static final double GAIN = 0.1;
  private static final double BRIGHTNESS = 0.1;

  private final Condition condition;
  private final Scale scale;
  private final List<List<float[]>> real;
  private final List<List<float[]>> synthetic;

  Batches(Condition condition, UtilityData data, Scale scale) {
    this.condition = condition;
    this.scale = scale;
    this.real = byClass(data.train(), scale);
    this.synthetic = byClass(data.synthetic(), scale);
  }

  /** The images of a batch, (SIZE, 3, 64, 64), and their labels. */
  @SuppressWarnings("ArrayRecordComponent") // a message to the classifier, never compared
  record Batch(float[] images, long[] labels) {}

  /** The batch of a step. */
  Batch draw(long seed, long step) {
    RandomStream random = RandomStream.of(seed, Purpose.SAMPLING, step);
    float[] images = new float[SIZE * Scale.VALUES];
    long[] labels = new long[SIZE];
    int first = random.nextInt(real.size());
    for (int i = 0; i < SIZE; i++) {
      int label = (first + i) % real.size();
      labels[i] = label;
      List<float[]> source = source(label, random.nextInt(2) == 0);
      float[] image = source.get(random.nextInt(source.size()));
      if (condition.classical()) {
        augment(image, images, i * Scale.VALUES, random);
      } else {
        System.arraycopy(image, 0, images, i * Scale.VALUES, Scale.VALUES);
      }
    }
    return new Batch(images, labels);
  }

  private List<float[]> source(int label, boolean heads) {
    boolean takeSynthetic =
        condition.synthetic() && !synthetic.get(label).isEmpty() && (heads || !condition.real());
    return takeSynthetic ? synthetic.get(label) : real.get(label);
  }

  /** One of the eight symmetries, a shift of up to 4 pixels, up to 10 % gain and brightness. */
  private void augment(float[] image, float[] to, int offset, RandomStream random) {
    int[] places = Scale.places(random.nextInt(Symmetry.values().length));
    int right = random.nextInt(2 * SHIFT + 1) - SHIFT;
    int down = random.nextInt(2 * SHIFT + 1) - SHIFT;
    float gain = (float) random.nextDouble(1 - GAIN, 1 + GAIN);
    float more = (float) (random.nextDouble(-BRIGHTNESS, BRIGHTNESS) * 255 / scale.deviation());
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

  private static List<List<float[]>> byClass(DataSet data, Scale scale) {
    List<List<float[]>> classes = new ArrayList<>();
    for (int label = 0; label < data.classes().size(); label++) {
      classes.add(new ArrayList<>());
    }
    for (Sample sample : data.samples()) {
      classes.get(sample.label()).add(scale.of(sample.image()));
    }
    return classes;
  }
}
