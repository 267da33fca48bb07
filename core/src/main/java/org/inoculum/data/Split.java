package org.inoculum.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * A data set in two: what is trained on, and what is held out to evaluate on.
 *
 * @param training keeps the order and the classes of the whole
 * @param heldOut its files are the images that were held out, one by one
 */
public record Split(DataSet training, DataSet heldOut) {
  /**
   * Holds out so many images, each class in proportion; which ones is a function of the seed. Every
   * class keeps at least one to train on. Where images make groups, whole ones are held out, and
   * about so many images.
   *
   * @param count at least 0 and below the number of images
   * @throws UserException of kind BAD_DATA if each group has all images of a class
   */
  public static Split of(DataSet data, int count, long seed) {
    if (data.groups() < data.samples().size() && count > 0) {
      return ofGroups(data, (double) count / data.samples().size(), seed);
    }
    List<List<Integer>> ofClass = new ArrayList<>();
    for (int label = 0; label < data.classes().size(); label++) {
      int wanted = label;
      ofClass.add(
          IntStream.range(0, data.samples().size())
              .filter(i -> data.samples().get(i).label() == wanted)
              .boxed()
              .toList());
    }
    int[] shares = shares(ofClass, data.samples().size(), count);
    Set<Integer> out = new HashSet<>();
    for (int label = 0; label < shares.length; label++) {
      List<Integer> left = new ArrayList<>(ofClass.get(label));
      RandomStream random = RandomStream.of(seed, Purpose.HELD_OUT, label);
      for (int i = 0; i < shares[label]; i++) {
        out.add(left.remove(random.nextInt(left.size())));
      }
    }
    return new Split(part(data, out, false), part(data, out, true));
  }

  private static Split ofGroups(DataSet data, double share, long seed) {
    Map<String, Integer> groups = new LinkedHashMap<>();
    List<Map<Integer, Integer>> counts = new ArrayList<>();
    for (Sample sample : data.samples()) {
      int group = groups.computeIfAbsent(sample.group(), first -> groups.size());
      if (group == counts.size()) {
        counts.add(new HashMap<>());
      }
      counts.get(group).merge(sample.label(), 1, Integer::sum);
    }
    boolean[] held =
        GroupSplit.of(counts, data.classes().size(), share, seed)
            .orElseThrow(
                () ->
                    UserException.badData(
                        "each of the %d groups of images in %s has all of a class, so that none can be held out"
                            .formatted(groups.size(), data.root())));
    Set<Integer> out = new HashSet<>();
    for (int i = 0; i < data.samples().size(); i++) {
      if (held[groups.getOrDefault(data.samples().get(i).group(), 0)]) {
        out.add(i);
      }
    }
    return new Split(part(data, out, false), part(data, out, true));
  }

  /** Whole numbers in proportion to the sizes (largest remainders). */
  private static int[] shares(List<List<Integer>> ofClass, int total, int count) {
    int[] shares = new int[ofClass.size()];
    int given = 0;
    for (int label = 0; label < shares.length; label++) {
      shares[label] = (int) ((long) count * ofClass.get(label).size() / total);
      given += shares[label];
    }
    List<Integer> byRemainder =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(
                Comparator.comparingLong(
                    label -> -((long) count * ofClass.get(label).size() % total)))
            .toList();
    for (int label : byRemainder) {
      if (given < count && shares[label] + 1 < ofClass.get(label).size()) {
        shares[label]++;
        given++;
      }
    }
    return shares;
  }

  private static DataSet part(DataSet data, Set<Integer> out, boolean heldOut) {
    List<Sample> samples =
        IntStream.range(0, data.samples().size())
            .filter(i -> out.contains(i) == heldOut)
            .mapToObj(data.samples()::get)
            .toList();
    List<SourceFile> files =
        samples.stream()
            .map(sample -> new SourceFile(sample.source(), sample.sha256(), sample.label()))
            .toList();
    return data.part(samples, files);
  }
}
