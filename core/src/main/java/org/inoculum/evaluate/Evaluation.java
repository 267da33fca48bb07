package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.data.FileProgress;
import org.inoculum.metric.Fid;
import org.inoculum.metric.PooledTest;

/**
 * The result of an evaluation.
 *
 * @param metrics the scores
 * @param verdict what they say in plain words
 * @param classes the same class by class, where both sides have the same classes
 * @param notes what a reader has to know
 */
public record Evaluation(
    List<Score> metrics, Verdict verdict, List<OfClass> classes, List<String> notes) {
  /** Keeps copies. */
  public Evaluation {
    metrics = List.copyOf(metrics);
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }

  /** The images of one class. */
  public record OfClass(String name, List<Score> metrics, Verdict verdict) {
    /** Keeps a copy. */
    public OfClass {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * Scores a comparison in a feature space.
   *
   * @throws org.inoculum.UserException of kind BAD_DATA where a feature network does not fit
   */
  public static Evaluation of(Comparison images, FeatureSpace space) {
    return of(images, space, FileProgress.NONE);
  }

  /** The same, telling how far it is. */
  public static Evaluation of(Comparison images, FeatureSpace space, FileProgress progress) {
    List<String> notes = new ArrayList<>(images.notes());
    if (images.train() == null) {
      notes.add(
          "no training images are known: baselines are between two halves of the real images, and copies cannot be told (--train DIR)");
    }
    Steps steps =
        new Steps(
            progress,
            FeatureSets.STEPS
                + Scores.STEPS
                + Evidence.STEPS
                + images.real().classes().size() * Steps.OF_A_CLASS);
    FeatureSets features = FeatureSets.of(images, space, steps);
    List<Score> scores = Scores.of(features, images, steps);
    scores.stream()
        .filter(score -> score.name().equals("fid") && score.nReal() < Fid.FEW_IMAGES)
        .forEach(
            score ->
                notes.add(
                    "FID is biased upwards below %,d images: compare it with its baseline only"
                        .formatted(Fid.FEW_IMAGES)));
    Verdict verdict = Verdict.of(Evidence.of(images, features));
    steps.done(Evidence.STEPS);
    return new Evaluation(scores, verdict, byClass(images, features, notes, steps), notes);
  }

  private static List<OfClass> byClass(
      Comparison images, FeatureSets features, List<String> notes, Steps steps) {
    List<OfClass> found = new ArrayList<>();
    List<String> names = images.real().classes();
    if (names.size() < 2) {
      return found;
    }
    for (String name : names) {
      int nReal = images.real().places(name).length;
      int nGenerated = images.generated().places(name).length;
      if (Math.min(nReal, nGenerated) < PooledTest.LEAST) {
        notes.add(
            "class %s has %d real and %d generated images: not scored by itself, which takes %d of each"
                .formatted(name, nReal, nGenerated, PooledTest.LEAST));
      } else {
        Comparison own = images.ofClass(name);
        FeatureSets ownFeatures = features.ofClass(images, name);
        found.add(
            new OfClass(
                name, Scores.ofClass(ownFeatures, own), Verdict.of(Evidence.of(own, ownFeatures))));
      }
      steps.done(Steps.OF_A_CLASS);
    }
    return found;
  }
}
