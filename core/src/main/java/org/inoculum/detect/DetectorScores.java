package org.inoculum.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scores of one trained detector on the test fields. The threshold at which cells are counted
 * in a field was chosen on the other half of the test fields (cross-fitting), so never on the field
 * itself.
 */
final class DetectorScores {
  private final List<ScoredHits> byCentre; // of each class
  private final List<ScoredHits> byIou;
  private final double[][] threshold; // (class, field)
  private final int fields;

  /**
   * Compares.
   *
   * @param tolerance of centres, in pixels of the detector's input
   * @param found in each test field
   * @param half of each test field: which of two halves it is in
   */
  DetectorScores(
      List<DetectorField> test,
      List<List<Detection>> found,
      int classes,
      double tolerance,
      boolean[] half) {
    fields = test.size();
    byCentre = hits(Matching.CENTRE, test, found, classes, tolerance);
    byIou = hits(Matching.IOU, test, found, classes, tolerance);
    threshold = new double[classes][fields];
    boolean[] other = new boolean[fields];
    for (int i = 0; i < fields; i++) {
      other[i] = !half[i];
    }
    for (int k = 0; k < classes; k++) {
      double onFirst = byCentre.get(k).breakEven(half);
      double onSecond = byCentre.get(k).breakEven(other);
      for (int i = 0; i < fields; i++) {
        threshold[k][i] = half[i] ? onSecond : onFirst;
      }
    }
  }

  private static List<ScoredHits> hits(
      Matching matching,
      List<DetectorField> test,
      List<List<Detection>> found,
      int classes,
      double tolerance) {
    List<ScoredHits> hits = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      int label = k;
      List<List<Matching.Found>> matched = new ArrayList<>();
      int[] truths = new int[test.size()];
      for (int i = 0; i < test.size(); i++) {
        List<Rect> truth =
            test.get(i).targets().stream()
                .filter(target -> target.label() == label)
                .map(Target::box)
                .toList();
        truths[i] = truth.size();
        matched.add(
            matching.match(
                found.get(i).stream().filter(one -> one.label() == label).toList(),
                truth,
                test.get(i).ignored(),
                tolerance));
      }
      hits.add(new ScoredHits(matched, truths));
    }
    return hits;
  }

  /** Mean over the classes that are there of the AP by centre, on weighted fields. */
  double averagePrecision(int[] weights) {
    return mean(byCentre, weights);
  }

  double averagePrecision() {
    return mean(byCentre, byCentre.get(0).once());
  }

  /** The mean over the classes that are there of the precision by centre at COCO's recalls. */
  double[] precisions() {
    List<double[]> curves =
        byCentre.stream()
            .map(hits -> hits.precisions(hits.once()))
            .filter(curve -> curve.length > 0)
            .toList();
    double[] mean = new double[curves.get(0).length];
    for (double[] curve : curves) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += curve[i] / curves.size();
      }
    }
    return mean;
  }

  /** The same at an IoU of 0.5. */
  double averagePrecisionIou() {
    return mean(byIou, byIou.get(0).once());
  }

  /** The same on weighted fields. */
  double averagePrecisionIou(int[] weights) {
    return mean(byIou, weights);
  }

  private static double mean(List<ScoredHits> classes, int[] weights) {
    return classes.stream()
        .mapToDouble(hits -> hits.averagePrecision(weights))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** The mean over classes of the F1 at the thresholds. */
  double f1() {
    return IntStream.range(0, byCentre.size())
        .mapToDouble(
            k -> {
              ScoredHits.Confusion confusion = new ScoredHits.Confusion();
              for (int i = 0; i < fields; i++) {
                byCentre.get(k).addTo(confusion, i, threshold[k][i]);
              }
              return confusion.f1();
            })
        .average()
        .orElse(Double.NaN);
  }

  /** Cells that were counted in a field, of all classes. */
  int counted(int field) {
    int sum = 0;
    for (int k = 0; k < byCentre.size(); k++) {
      sum += byCentre.get(k).count(field, threshold[k][field]);
    }
    return sum;
  }

  /** Cells that are in a field. */
  int truths(int field) {
    int sum = 0;
    for (ScoredHits hits : byCentre) {
      sum += hits.truths(field);
    }
    return sum;
  }

  /** Mean over weighted fields of the absolute error of the count. */
  double countError(int[] weights) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < fields; i++) {
      sum += weights[i] * Math.abs(counted(i) - truths(i));
      count += weights[i];
    }
    return sum / count;
  }

  double countError() {
    return countError(byCentre.get(0).once());
  }

  /** The threshold of each class at which all test fields together are counted right. */
  double[] thresholds() {
    boolean[] all = new boolean[fields];
    java.util.Arrays.fill(all, true);
    return byCentre.stream().mapToDouble(hits -> hits.breakEven(all)).toArray();
  }
}
