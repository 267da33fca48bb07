package org.inoculum.generate;

import java.util.Map;
import org.inoculum.model.ListedImages.SampleSpec;

/**
 * The metadata in each PNG: that it is synthetic, and how it was made.
 *
 * @param origin where it comes from
 */
record PngMetadata(GenerationOrigin origin) {
  /** Keyword to text of the PNG's chunks. */
  Map<String, String> of(SampleSpec image) {
    String levels = origin.levels().describe();
    return Map.of(
        "Software",
        origin.program(),
        "Comment",
        "synthetic; snapshot "
            + origin.generator().sha256()
            + ", seed "
            + SamplingPlan.describe(image.seed(), image.truncation())
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
