package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

class GroupSplitTest {
  @Test
  void singleImagesAreSplitExactly() {
    for (int images : new int[] {5, 10, 64, 1000, 20_000}) {
      for (double share : new double[] {0.1, 0.2, 0.25, 0.5, 0.8}) {
        boolean[] out = GroupSplit.of(alike(images), 1, share, 3).orElseThrow();
        assertThat(count(out)).isBetween((int) (share * images), (int) Math.ceil(share * images));
      }
    }
  }

  @Test
  void everyClassHasItsShare() {
    List<Map<Integer, Integer>> groups = new ArrayList<>();
    int[] images = {200, 50, 20, 4};
    for (int label = 0; label < images.length; label++) {
      for (int i = 0; i < images[label]; i++) {
        groups.add(Map.of(label, 1));
      }
    }
    boolean[] out = GroupSplit.of(groups, 4, 0.25, 1).orElseThrow();
    int[] held = held(groups, out, 4);
    assertThat(held[0]).isEqualTo(50);
    assertThat(held[1]).isBetween(12, 13);
    assertThat(held[2]).isEqualTo(5);
    assertThat(held[3]).isEqualTo(1);
  }

  /**
   * Many random data sets: groups are whole by construction, so what is to be shown is that neither
   * side is empty, every class can be trained on, and no single group or exchange would come
   * nearer.
   */
  @Test
  void comesAsNearAsGroupsAllow() {
    double off = 0;
    for (int n = 0; n < 400; n++) {
      RandomStream random = RandomStream.of(n, Purpose.CHECKING, 0);
      int classes = 1 + random.nextInt(4);
      List<Map<Integer, Integer>> groups = randomGroups(random, classes);
      double share = random.nextDouble(0.05, 0.6);
      boolean[] out = GroupSplit.of(groups, classes, share, n).orElse(new boolean[0]);
      if (out.length == 0) {
        assertThat(groups).allMatch(group -> hasAllOfAClass(group, groups));
        continue;
      }
      assertThat(GroupSplit.of(groups, classes, share, n)).contains(out);
      int[] held = held(groups, out, classes);
      int[] all = held(groups, new boolean[0], classes);
      assertThat(count(out)).isBetween(1, groups.size() - 1);
      for (int label = 0; label < classes; label++) {
        assertThat(held[label]).isLessThanOrEqualTo(Math.max(0, all[label] - 1));
      }
      double sum = sum(groups, out, classes, share);
      for (int one = 0; one < out.length; one++) {
        boolean[] moved = out.clone();
        moved[one] = !moved[one];
        if (count(moved) > 0 && trains(groups, moved, classes)) {
          assertThat(sum(groups, moved, classes, share)).isGreaterThan(sum - 1e-6);
        }
      }
      off += Math.abs(total(held) / (double) total(all) - share);
    }
    assertThat(off / 400).isLessThan(0.03);
  }

  @Test
  void holdsOutTheSmallestGroupWhereAllAreTooLarge() {
    List<Map<Integer, Integer>> groups = List.of(Map.of(0, 50), Map.of(0, 20), Map.of(0, 60));
    assertThat(GroupSplit.of(groups, 1, 0.05, 0)).contains(new boolean[] {false, true, false});
  }

  @Test
  void refusesWhatWouldLeaveAClassWithoutTraining() {
    assertThat(GroupSplit.of(alike(1), 1, 0.5, 0)).isEmpty();
    assertThat(GroupSplit.of(List.of(Map.of(0, 9), Map.of(1, 9)), 2, 0.5, 0)).isEmpty();
    assertThat(GroupSplit.of(List.of(Map.of(0, 9), Map.of(1, 9), Map.of(1, 2)), 2, 0.5, 0))
        .isPresent();
  }

  @Test
  void theSeedDecides() {
    assertThat(GroupSplit.of(alike(50), 1, 0.3, 1).orElseThrow())
        .isEqualTo(GroupSplit.of(alike(50), 1, 0.3, 1).orElseThrow())
        .isNotEqualTo(GroupSplit.of(alike(50), 1, 0.3, 2).orElseThrow());
  }

  private static List<Map<Integer, Integer>> alike(int groups) {
    List<Map<Integer, Integer>> list = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      list.add(Map.of(0, 1));
    }
    return list;
  }

  private static List<Map<Integer, Integer>> randomGroups(RandomStream random, int classes) {
    List<Map<Integer, Integer>> groups = new ArrayList<>();
    int count = 2 + random.nextInt(40);
    for (int g = 0; g < count; g++) {
      Map<Integer, Integer> group = new TreeMap<>();
      for (int kinds = 1 + random.nextInt(classes); kinds > 0; kinds--) {
        group.put(random.nextInt(classes), 1 + random.nextInt(30));
      }
      groups.add(group);
    }
    return groups;
  }

  private static boolean hasAllOfAClass(
      Map<Integer, Integer> group, List<Map<Integer, Integer>> groups) {
    return group.keySet().stream()
        .anyMatch(label -> groups.stream().filter(other -> other.containsKey(label)).count() == 1);
  }

  private static boolean trains(List<Map<Integer, Integer>> groups, boolean[] out, int classes) {
    int[] held = held(groups, out, classes);
    int[] all = held(groups, new boolean[0], classes);
    for (int label = 0; label < classes; label++) {
      if (all[label] > 0 && held[label] == all[label]) {
        return false;
      }
    }
    return true;
  }

  private static double sum(
      List<Map<Integer, Integer>> groups, boolean[] out, int classes, double share) {
    int[] held = held(groups, out, classes);
    int[] all = held(groups, new boolean[0], classes);
    double sum = 0;
    for (int label = 0; label < classes; label++) {
      if (all[label] > 0) {
        sum += Math.pow(held[label] - share * all[label], 2) / all[label];
      }
    }
    return sum;
  }

  /** Images of each class that are held out; of all groups where {@code out} is empty. */
  private static int[] held(List<Map<Integer, Integer>> groups, boolean[] out, int classes) {
    int[] held = new int[classes];
    for (int g = 0; g < groups.size(); g++) {
      if (out.length == 0 || out[g]) {
        groups.get(g).forEach((label, images) -> held[label] += images);
      }
    }
    return held;
  }

  private static int total(int[] counts) {
    return java.util.Arrays.stream(counts).sum();
  }

  private static int count(boolean[] out) {
    int count = 0;
    for (boolean one : out) {
      count += one ? 1 : 0;
    }
    return count;
  }
}
