package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * What the images were found to be worth.
 *
 * @param metrics the scores
 * @param verdict what they say in plain words
 * @param notes what a reader of them has to know
 */
public record Evaluation(List<Score> metrics, Verdict verdict, List<String> notes) {
  /** Keeps copies. */
  public Evaluation {
    metrics = List.copyOf(metrics);
    notes = List.copyOf(notes);
  }

  /** Scores a comparison in a feature space. */
  public static Evaluation of(Comparison images, FeatureSpace space) {
    List<String> notes = new ArrayList<>(images.notes());
    ImageSet train = images.train();
    if (train == null) {
      notes.add(
          "no training images were named: floors are between two halves of the real images, and copies cannot be told");
    }
    FeatureSets sets = FeatureSets.of(images, space);
    List<Score> scores = Scores.of(sets, images);
    return new Evaluation(scores, Verdict.of(Evidence.of(images, sets)), notes);
  }
}
