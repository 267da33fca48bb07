package org.inoculum.utility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inoculum.random.RandomStream;

/** Draws of classifiers and test images. */
final class Draws {
  private static final int FOLDS = Scoring.FOLDS;

  private Draws() {}

  /** All test images. */
  static int[] every(Answers set) {
    int[] all = new int[set.labels().length];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** All classifiers. */
  static int[] allRepeats(Answers set) {
    int[] all = new int[set.repeats()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** As many images of each class as there are, with replacement. */
  static int[] resampled(Answers set, RandomStream random) {
    List<List<Integer>> byClass = byClass(set);
    int[] drawn = new int[set.labels().length];
    int at = 0;
    for (List<Integer> images : byClass) {
      for (int i = 0; i < images.size(); i++) {
        drawn[at++] = images.get(random.nextInt(images.size()));
      }
    }
    return drawn;
  }

  /** The fold of each image: classes in equal parts. */
  static int[] folds(Answers set, RandomStream random) {
    int[] folds = new int[set.labels().length];
    for (List<Integer> images : byClass(set)) {
      int[] order = shuffled(images.size(), random);
      for (int i = 0; i < order.length; i++) {
        folds[images.get(order[i])] = i % FOLDS;
      }
    }
    return folds;
  }

  private static List<List<Integer>> byClass(Answers set) {
    List<List<Integer>> byClass = new ArrayList<>();
    for (int i = 0; i <= Arrays.stream(set.labels()).max().orElse(0); i++) {
      byClass.add(new ArrayList<>());
    }
    for (int i = 0; i < set.labels().length; i++) {
      byClass.get(set.labels()[i]).add(i);
    }
    return byClass;
  }

  /** Those images that are in a fold, or those that are not. */
  static int[] of(int[] images, int[] folds, int fold, boolean inside) {
    return Arrays.stream(images).filter(image -> (folds[image] == fold) == inside).toArray();
  }

  /** 0 to count - 1 in random order. */
  static int[] shuffled(int count, RandomStream random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
