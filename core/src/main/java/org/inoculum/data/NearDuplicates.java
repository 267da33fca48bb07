package org.inoculum.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups images that show the same thing, in any orientation (see {@link Thumbnail}). */
final class NearDuplicates {
  private NearDuplicates() {}

  /**
   * Images that are chained by distances below {@link Thumbnail#NEAR}.
   *
   * @param members positions in the list that was searched, ascending, at least 2
   * @param distance the largest of the distances that chain them
   */
  record Group(List<Integer> members, double distance) {}

  /** A receiver of pairs. */
  interface Pairs {
    /** Whether it matters if these two are near; asked first, since it costs less. */
    boolean matter(int one, int other);

    /** Takes two that are. */
    void near(int one, int other, double distance);
  }

  /** Searches all pairs whose contrasts are close enough; sorted by first member. */
  static List<Group> find(List<Thumbnail> thumbnails) {
    int[] parent = new int[thumbnails.size()];
    double[] distance = new double[thumbnails.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    search(
        thumbnails,
        new Pairs() {
          @Override
          public boolean matter(int one, int other) {
            return true;
          }

          @Override
          public void near(int one, int other, double between) {
            int left = root(parent, one);
            int right = root(parent, other);
            int kept = Math.min(left, right);
            distance[kept] = Math.max(between, Math.max(distance[left], distance[right]));
            parent[Math.max(left, right)] = kept;
          }
        });
    return groups(parent, distance);
  }

  /** Tells of all pairs below {@link Thumbnail#NEAR} that matter, always in the same order. */
  static void search(List<Thumbnail> thumbnails, Pairs pairs) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < thumbnails.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> thumbnails.get(i).contrast()));
    for (int a = 0; a < order.size(); a++) {
      Thumbnail first = thumbnails.get(order.get(a));
      float[][] orientations = first.orientations();
      for (int b = a + 1; b < order.size(); b++) {
        Thumbnail second = thumbnails.get(order.get(b));
        if (second.isFarFrom(first)) {
          break;
        }
        if (pairs.matter(order.get(a), order.get(b))) {
          double between = second.distance(first, orientations);
          if (between < Thumbnail.NEAR) {
            pairs.near(order.get(a), order.get(b), between);
          }
        }
      }
    }
  }

  private static List<Group> groups(int[] parent, double[] distance) {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < parent.length; i++) {
      members.computeIfAbsent(root(parent, i), root -> new ArrayList<>()).add(i);
    }
    List<Group> groups = new ArrayList<>();
    members.forEach(
        (root, group) -> {
          if (group.size() > 1) {
            groups.add(new Group(List.copyOf(group), distance[root]));
          }
        });
    return groups;
  }

  private static int root(int[] parent, int i) {
    int root = i;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
