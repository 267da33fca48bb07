package org.inoculum.utility;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which test image each classifier of one set classified right.
 *
 * @param labels class of each test image
 * @param right by condition, classifier and test image; every condition has as many classifiers,
 *     and classifier k of each began with the same weights
 */
@SuppressWarnings("ArrayRecordComponent") // read by one class, never compared
record Answers(int[] labels, Map<Condition, List<boolean[]>> right) {
  /** None yet. */
  static Answers none(int[] labels) {
    return new Answers(labels.clone(), new LinkedHashMap<>());
  }

  /** Takes the classes that the next classifier of a condition found. */
  void add(Condition condition, int[] found) {
    boolean[] hits = new boolean[labels.length];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = found[i] == labels[i];
    }
    right.computeIfAbsent(condition, key -> new ArrayList<>()).add(hits);
  }

  int repeats() {
    return right.values().iterator().next().size();
  }

  /** The share of the images of a class that are classified right, over classifiers. */
  double sensitivity(Condition condition, int label) {
    long hits = 0;
    long all = 0;
    for (boolean[] one : right.getOrDefault(condition, List.of())) {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == label) {
          all++;
          hits += one[i] ? 1 : 0;
        }
      }
    }
    return all == 0 ? 0 : (double) hits / all;
  }
}
