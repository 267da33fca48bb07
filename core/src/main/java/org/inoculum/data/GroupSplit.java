package org.inoculum.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Chooses which groups of images are held out, each as a whole, so that of every class about the
 * wanted share is held out: the sum over the classes of (held out - wanted)^2 / images is made
 * small. Groups are taken in an order that the seed draws, each if it makes the sum smaller; then
 * single groups are moved and pairs exchanged as long as that helps. Every class keeps an image to
 * train on.
 */
final class GroupSplit {
  /** With more groups than this the first pass comes close enough, and pairs are too many. */
  private static final int MOST_EXCHANGED = 400;

  private static final double GAIN = 1e-9;

  private final int[][] labels;
  private final int[][] counts;
  private final double share;
  private final int[] images;
  private final int[] out;
  private final boolean[] heldOut;

  private GroupSplit(List<Map<Integer, Integer>> groups, int classes, double share) {
    this.labels = new int[groups.size()][];
    this.counts = new int[groups.size()][];
    this.share = share;
    this.images = new int[classes];
    this.out = new int[classes];
    this.heldOut = new boolean[groups.size()];
    for (int group = 0; group < labels.length; group++) {
      List<Integer> present = groups.get(group).keySet().stream().sorted().toList();
      labels[group] = present.stream().mapToInt(Integer::intValue).toArray();
      counts[group] = present.stream().mapToInt(groups.get(group)::get).toArray();
      for (int i = 0; i < labels[group].length; i++) {
        images[labels[group][i]] += counts[group][i];
      }
    }
  }

  /**
   * Which groups are held out.
   *
   * @param groups of each the images of each class it has, by label
   * @param classes number of labels
   * @param share of the images, above 0 and below 1
   * @return empty if no group can be held out, because it has all images of a class
   */
  static Optional<boolean[]> of(
      List<Map<Integer, Integer>> groups, int classes, double share, long seed) {
    GroupSplit split = new GroupSplit(groups, classes, share);
    List<Integer> order = shuffled(groups.size(), seed);
    for (int group : order) {
      if (split.change(group) < 0 && split.canMove(group)) {
        split.move(group);
      }
    }
    if (groups.size() <= MOST_EXCHANGED) {
      split.improve(order);
    }
    return split.anyHeldOut() || split.holdOutNearest(order)
        ? Optional.of(split.heldOut)
        : Optional.empty();
  }

  private static List<Integer> shuffled(int count, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.HELD_OUT, 0);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
      Collections.swap(order, i, random.nextInt(i + 1)); // Fisher & Yates
    }
    return order;
  }

  /** The best of all moves and exchanges, again and again; each makes the sum smaller. */
  private void improve(List<Integer> order) {
    while (true) {
      double best = -GAIN;
      int first = -1;
      int second = -1;
      for (int one : order) {
        double alone = canMove(one) ? change(one) : 0;
        if (alone < best && !leavesNothing(one)) {
          best = alone;
          first = one;
          second = -1;
        }
        if (!heldOut[one]) {
          continue;
        }
        move(one); // back to training; then each other one in its place
        double back = -change(one);
        for (int other : order) {
          if (other != one && !heldOut[other] && canMove(other)) {
            double both = back + change(other);
            if (both < best) {
              best = both;
              first = one;
              second = other;
            }
          }
        }
        move(one);
      }
      if (first < 0) {
        return;
      }
      move(first);
      if (second >= 0) {
        move(second);
      }
    }
  }

  /** Holds out the one group that leaves the sum smallest, though it makes it larger. */
  private boolean holdOutNearest(List<Integer> order) {
    Optional<Integer> nearest =
        order.stream()
            .filter(this::canMove)
            .min((one, other) -> Double.compare(change(one), change(other)));
    nearest.ifPresent(this::move);
    return nearest.isPresent();
  }

  private boolean anyHeldOut() {
    return Arrays.stream(out).anyMatch(count -> count > 0);
  }

  private boolean leavesNothing(int group) {
    return heldOut[group] && Arrays.stream(out).sum() == Arrays.stream(counts[group]).sum();
  }

  /** How much the sum grows if the group changes its side. */
  private double change(int group) {
    double sum = 0;
    for (int i = 0; i < labels[group].length; i++) {
      int label = labels[group][i];
      double off = out[label] - share * images[label];
      double then = off + (heldOut[group] ? -counts[group][i] : counts[group][i]);
      sum += (then * then - off * off) / images[label];
    }
    return sum;
  }

  /** Whether each class still has an image to train on if the group changes its side. */
  private boolean canMove(int group) {
    for (int i = 0; i < labels[group].length; i++) {
      int label = labels[group][i];
      if (!heldOut[group] && out[label] + counts[group][i] >= images[label]) {
        return false;
      }
    }
    return true;
  }

  private void move(int group) {
    for (int i = 0; i < labels[group].length; i++) {
      out[labels[group][i]] += heldOut[group] ? -counts[group][i] : counts[group][i];
    }
    heldOut[group] = !heldOut[group];
  }
}
