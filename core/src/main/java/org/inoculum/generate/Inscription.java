package org.inoculum.generate;

import java.util.Map;
import org.inoculum.model.ListedImages.Wanted;

/**
 * What each picture says of itself: that it is synthetic, and how it was made.
 *
 * @param origin where it comes from
 */
record Inscription(Origin origin) {
  /** Keyword to text of the PNG's chunks. */
  Map<String, String> of(Wanted image) {
    String levels = origin.levels().words();
    return Map.of(
        "Software",
        origin.program(),
        "Comment",
        "synthetic; snapshot "
            + origin.generator().sha256()
            + ", seed "
            + Draws.words(image.seed(), image.most())
            + ", image "
            + image.index()
            + "; trained on "
            + origin.trainedOn().images()
            + " images, SHA-256 "
            + origin.trainedOn().sha256()
            + (origin.compared() == null
                ? "; not tested for copies by "
                : "; no copy by the test of ")
            + origin.program()
            + (levels.isEmpty() ? "" : "; " + levels));
  }
}
