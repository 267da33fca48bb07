package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.metric.Authenticity;
import org.inoculum.metric.CopyTest;
import org.inoculum.metric.Features;
import org.inoculum.metric.Interval;

/**
 * Scores of nearness to the training images: nearness to real images is what the others measure.
 */
final class CopyScores {
  private CopyScores() {}

  /** None where there are too few images. */
  static List<Score> of(Features train, Features real, Features generated, String space) {
    List<Score> scores = new ArrayList<>();
    if (train.count() < 2 || real.count() < 2) {
      return scores;
    }
    double cT = CopyTest.of(train, real, generated).cT();
    double baseline =
        Subsets.of(real.count(), 0, real.count(), real.count() / 2, Scores.DRAWS).stream()
            .mapToDouble(
                draw ->
                    CopyTest.of(train, real.select(draw.real()), real.select(draw.baseline())).cT())
            .average()
            .orElseThrow();
    scores.add(
        new Score(
            "cT",
            cT,
            cT - Scores.Z95,
            cT + Scores.Z95,
            real.count(),
            generated.count(),
            space,
            "one cell, standard normal where nothing is copied",
            baseline));
    double share = Authenticity.of(train, generated).share();
    Interval interval = Interval.ofShare(share, generated.count());
    scores.add(
        new Score(
            "authenticity",
            share,
            interval.low(),
            interval.high(),
            train.count(),
            generated.count(),
            space,
            "against the training images, Wilson interval",
            Authenticity.of(train, real).share()));
    return scores;
  }
}
