package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Equal numbers of images out of three sets, as places in them: what estimators that depend on the
 * counts are given, so that a score and its baseline are comparable.
 *
 * @param real in the role of the real images
 * @param baseline real images in the role of the generated ones: training images, or the other half
 *     of the real ones
 * @param generated generated images
 */
@SuppressWarnings("ArrayRecordComponent") // places handed on once, never compared
record Subsets(int[] real, int[] baseline, int[] generated) {

  /** How many images each role gets: 0 where there are too few for any. */
  static int size(int real, int train, int generated, int most) {
    int baseline = train > 0 ? train : real / 2;
    int own = train > 0 ? real : real - real / 2;
    return Math.min(most, Math.min(Math.min(own, baseline), generated));
  }

  /**
   * SamplingPlan without replacement.
   *
   * @param train 0 where the baseline comes from the real set itself, which is then split
   * @param size images of each role
   */
  static List<Subsets> of(int real, int train, int generated, int size, int draws) {
    List<Subsets> all = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      RandomStream random = RandomStream.of(size, Purpose.CHECKING, draw);
      int[] fromReal = some(real, train > 0 ? size : 2 * size, random);
      int[] baseline =
          train > 0 ? some(train, size, random) : Arrays.copyOfRange(fromReal, size, 2 * size);
      all.add(new Subsets(Arrays.copyOf(fromReal, size), baseline, some(generated, size, random)));
    }
    return all;
  }

  /** Different places out of 0..count-1 (Fisher-Yates, as far as it is needed). */
  static int[] some(int count, int size, RandomStream random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(count - i);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return Arrays.copyOf(order, size);
  }
}
