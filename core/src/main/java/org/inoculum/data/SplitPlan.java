package org.inoculum.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.inoculum.UserException;
import org.inoculum.image.Image;
import org.jspecify.annotations.Nullable;

/** Looks at every image and decides which groups are held out. */
final class SplitPlan {
  private static final int SHOWN = 5;

  private final HoldOut holdOut;
  private final String unnamed;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Thumbnail> thumbnails = new ArrayList<>();
  private final Map<String, Integer> groups = new LinkedHashMap<>();
  private final Map<String, Integer> labels = new TreeMap<>();

  /** An image that was looked at. */
  private record Seen(String name, String className, int group) {}

  /** Two images on different sides. */
  private record Pair(int one, int other, double distance) {}

  /**
   * For the images of one folder.
   *
   * @param unnamed what the class of images is called that have none
   */
  SplitPlan(HoldOut holdOut, String unnamed) {
    this.holdOut = holdOut;
    this.unnamed = unnamed;
  }

  /** Notes an image. */
  void add(Piece piece, Image square) {
    int group = groups.computeIfAbsent(piece.field().group(), first -> groups.size());
    String className = piece.className().isEmpty() ? unnamed : piece.className();
    seen.add(new Seen(piece.name(), className, group));
    labels.putIfAbsent(className, 0);
    if (holdOut.near() != NearDuplicateRule.IGNORE) {
      if (thumbnails.size() == DuplicateFinder.MOST_COMPARED) {
        throw UserException.usage(
            "more than %d images take too long to search for near-duplicates across the split; --near-duplicates ignore goes on without"
                .formatted(DuplicateFinder.MOST_COMPARED));
      }
      thumbnails.add(Thumbnail.of(square));
    }
  }

  /**
   * Decides.
   *
   * @param groupBy the expression or column that names groups; null where each file is one
   * @throws UserException of kind BAD_DATA if a side would be empty, or both would show nearly the
   *     same and that is to be refused
   */
  SplitRecord decide(long seed, @Nullable String groupBy) {
    int[] joinedTo = new int[groups.size()];
    Arrays.setAll(joinedTo, group -> group);
    if (holdOut.near() == NearDuplicateRule.TOGETHER) {
      join(joinedTo);
    }
    boolean[] out = heldOut(joinedTo, seed);
    if (holdOut.near() == NearDuplicateRule.REFUSE) {
      refusePairs(out);
    }
    return record(out, joinedTo, seed, groupBy);
  }

  private void join(int[] joinedTo) {
    search(
        (one, other) -> root(joinedTo, group(one)) != root(joinedTo, group(other)),
        pair -> {
          int left = root(joinedTo, group(pair.one));
          int right = root(joinedTo, group(pair.other));
          joinedTo[Math.max(left, right)] = Math.min(left, right);
        });
    for (int group = 0; group < joinedTo.length; group++) {
      joinedTo[group] = root(joinedTo, group);
    }
  }

  private boolean[] heldOut(int[] joinedTo, long seed) {
    int label = 0;
    for (Map.Entry<String, Integer> named : labels.entrySet()) {
      named.setValue(label++);
    }
    int[] position = new int[joinedTo.length]; // of the group that each was joined to
    List<Map<Integer, Integer>> counts = new ArrayList<>();
    for (int group = 0; group < position.length; group++) {
      if (joinedTo[group] == group) {
        position[group] = counts.size();
        counts.add(new HashMap<>());
      } else {
        position[group] = position[joinedTo[group]]; // an earlier one
      }
    }
    for (Seen image : seen) {
      counts
          .get(position[image.group])
          .merge(labels.getOrDefault(image.className, 0), 1, Integer::sum);
    }
    boolean[] chosen =
        GroupSplit.of(counts, labels.size(), holdOut.share(), seed)
            .orElseThrow(() -> emptySide(counts.size()));
    boolean[] out = new boolean[joinedTo.length];
    for (int group = 0; group < out.length; group++) {
      out[group] = chosen[position[group]];
    }
    return out;
  }

  private UserException emptySide(int left) {
    String from =
        left == groups.size() ? "" : " (of %d, joined as near-duplicates)".formatted(groups.size());
    return UserException.badData(
        left == 1
            ? "all images are of one group%s, which cannot be split; give more fields, or group by something smaller"
                .formatted(from)
            : "each of the %d groups%s has all images of a class, so that none can be held out and leave one to train on"
                .formatted(left, from));
  }

  private void refusePairs(boolean[] out) {
    List<Pair> pairs = new ArrayList<>();
    int[] count = new int[1];
    search(
        (one, other) -> out[group(one)] != out[group(other)],
        pair -> {
          count[0]++;
          if (pairs.size() < 1000) {
            pairs.add(pair);
          }
        });
    if (count[0] > 0) {
      pairs.sort(Comparator.comparingDouble(Pair::distance));
      throw UserException.badData(
          "%d pairs of images across the split show nearly the same: %s%s; --group-by puts files that belong together on one side, --near-duplicates together does so with these"
              .formatted(
                  count[0],
                  pairs.stream().limit(SHOWN).map(this::describe).collect(Collectors.joining("; ")),
                  count[0] > SHOWN ? "; and more" : ""));
    }
  }

  private String describe(Pair pair) {
    return String.format(
        Locale.ROOT,
        "%s and %s (distance %.3f)",
        seen.get(pair.one).name,
        seen.get(pair.other).name,
        pair.distance);
  }

  private interface Matters {
    boolean test(int one, int other);
  }

  private void search(Matters matters, java.util.function.Consumer<Pair> taker) {
    NearDuplicates.search(
        thumbnails,
        new NearDuplicates.Pairs() {
          @Override
          public boolean matter(int one, int other) {
            return !thumbnails.get(one).isPlain()
                && !thumbnails.get(other).isPlain()
                && matters.test(one, other);
          }

          @Override
          public void near(int one, int other, double distance) {
            taker.accept(new Pair(one, other, distance));
          }
        });
  }

  private SplitRecord record(boolean[] out, int[] joinedTo, long seed, @Nullable String groupBy) {
    Set<String> heldOutGroups = new TreeSet<>();
    groups.forEach(
        (name, group) -> {
          if (out[group]) {
            heldOutGroups.add(name);
          }
        });
    SplitRecord.Side heldOut = side(out, true);
    int joined = joinedTo.length - (int) Arrays.stream(joinedTo).distinct().count();
    return new SplitRecord(
        holdOut.share(),
        Math.round(1e4 * heldOut.images() / seen.size()) / 1e4,
        groupBy,
        holdOut.near().label(),
        joined,
        seed,
        side(out, false),
        heldOut,
        List.copyOf(heldOutGroups));
  }

  private SplitRecord.Side side(boolean[] out, boolean heldOut) {
    Map<String, Integer> counts = new TreeMap<>();
    Set<Integer> theirs = new HashSet<>();
    for (Seen image : seen) {
      if (out[image.group] == heldOut) {
        counts.merge(image.className, 1, Integer::sum);
        theirs.add(image.group);
      }
    }
    return new SplitRecord.Side(
        counts.values().stream().mapToInt(Integer::intValue).sum(),
        theirs.size(),
        counts.entrySet().stream()
            .map(named -> new Manifest.ClassCount(named.getKey(), named.getValue()))
            .toList());
  }

  private int group(int image) {
    return seen.get(image).group;
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
