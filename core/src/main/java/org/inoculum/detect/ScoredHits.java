package org.inoculum.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a detector found of one class in all test fields, the surest first, and how many cells there
 * are: everything that its scores need. Fields have weights, so that a resample of them needs no
 * new matching.
 */
final class ScoredHits {
  /** COCO's recalls: 0, 0.01 … 1. */
  static final int RECALLS = 101;

  private final double[] score;
  private final boolean[] hit;
  private final int[] field;
  private final int[] truths;

  /**
   * Of the fields in order.
   *
   * @param found in each field
   * @param truths cells in each field
   */
  ScoredHits(List<List<Matching.Found>> found, int[] truths) {
    this.truths = truths.clone();
    record Entry(Matching.Found found, int field) {}
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      for (Matching.Found one : found.get(i)) {
        all.add(new Entry(one, i));
      }
    }
    all.sort(Comparator.comparingDouble((Entry entry) -> entry.found.score()).reversed());
    score = all.stream().mapToDouble(entry -> entry.found.score()).toArray();
    hit = new boolean[score.length];
    field = new int[score.length];
    for (int i = 0; i < hit.length; i++) {
      hit[i] = all.get(i).found.hit();
      field[i] = all.get(i).field;
    }
  }

  /** Each field once. */
  int[] once() {
    int[] weights = new int[truths.length];
    Arrays.fill(weights, 1);
    return weights;
  }

  /** Cells in these fields. */
  long truths(int[] weights) {
    long sum = 0;
    for (int i = 0; i < truths.length; i++) {
      sum += (long) weights[i] * truths[i];
    }
    return sum;
  }

  /**
   * The average precision: the mean over COCO's 101 recalls of the best precision at that recall or
   * a greater one (Lin et al., 1405.0312, and pycocotools). NaN where there are no cells.
   *
   * @param weights how often each field counts
   */
  double averagePrecision(int[] weights) {
    return Arrays.stream(precisions(weights)).average().orElse(Double.NaN);
  }

  /**
   * The best precision at each of COCO's recalls, 0, 0.01 … 1, or a greater one; 0 at recalls that
   * are not reached. None where there are no cells.
   */
  double[] precisions(int[] weights) {
    long all = truths(weights);
    if (all == 0) {
      return new double[0];
    }
    double[] recall = new double[score.length];
    double[] precision = new double[score.length];
    long hits = 0;
    long found = 0;
    int points = 0;
    for (int i = 0; i < score.length; i++) {
      int weight = weights[field[i]];
      if (weight > 0) {
        found += weight;
        hits += hit[i] ? weight : 0;
        recall[points] = (double) hits / all;
        precision[points++] = (double) hits / found;
      }
    }
    for (int i = points - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    double[] best = new double[RECALLS];
    int at = 0;
    for (int step = 0; step < RECALLS; step++) {
      while (at < points && recall[at] < step / (RECALLS - 1.0)) {
        at++;
      }
      best[step] = at < points ? precision[at] : 0;
    }
    return best;
  }

  /** Found cells of a field whose score is at least so much: the count. */
  int count(int which, double threshold) {
    int count = 0;
    for (int i = 0; i < score.length && score[i] >= threshold; i++) {
      count += field[i] == which ? 1 : 0;
    }
    return count;
  }

  /** Cells of a field. */
  int truths(int which) {
    return truths[which];
  }

  /** Adds hits, found and true cells of one field at a threshold. */
  void addTo(Confusion confusion, int which, double threshold) {
    for (int i = 0; i < score.length && score[i] >= threshold; i++) {
      if (field[i] == which) {
        confusion.found++;
        confusion.hits += hit[i] ? 1 : 0;
      }
    }
    confusion.truths += truths[which];
  }

  /** Hits, found and true cells, being counted. */
  static final class Confusion {
    private long hits;
    private long found;
    private long truths;

    double precision() {
      return found == 0 ? 1 : (double) hits / found;
    }

    double recall() {
      return truths == 0 ? 1 : (double) hits / truths;
    }

    /** Twice the hits over found plus true cells; 1 where there are neither. */
    double f1() {
      return found + truths == 0 ? 1 : 2.0 * hits / (found + truths);
    }
  }

  /**
   * The threshold at which as many cells are found in some fields as there are, halfway between the
   * last score that it lets in and the first that it does not: where precision is recall, F1 is
   * near its best, and counts are right in the mean. The threshold of the best F1 is decided by few
   * cells, and what it counts in other fields strays more.
   */
  double breakEven(boolean[] fields) {
    long all = 0;
    for (int i = 0; i < truths.length; i++) {
      all += fields[i] ? truths[i] : 0;
    }
    double last = 1;
    long found = 0;
    for (int i = 0; i < score.length; i++) {
      if (fields[field[i]]) {
        if (found == all) {
          return (last + score[i]) / 2;
        }
        found++;
        last = score[i];
      }
    }
    return Peaks.FAINTEST;
  }
}
