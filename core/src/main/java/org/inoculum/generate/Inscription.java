package org.inoculum.generate;

import java.util.Map;
import org.inoculum.Inoculum;
import org.inoculum.data.Manifest;

/**
 * What each picture says of itself: that it is synthetic, and how it was made.
 *
 * @param snapshotSha256 of the generator's weights
 * @param seed of the latents, and how they were truncated
 * @param trainedOn the images that the generator learned from
 * @param tested whether copies were searched
 * @param levels what samples mean; empty where the training files had 8 bits
 */
record Inscription(
    String snapshotSha256, String seed, Manifest trainedOn, boolean tested, String levels) {
  /** Keyword to text of the PNG's chunks. */
  Map<String, String> of(long index) {
    return Map.of(
        "Software",
        Inoculum.program(),
        "Comment",
        "synthetic; snapshot "
            + snapshotSha256
            + ", seed "
            + seed
            + ", image "
            + index
            + "; trained on "
            + trainedOn.images()
            + " images, SHA-256 "
            + trainedOn.sha256()
            + (tested ? "; no copy by the test of " : "; not tested for copies by ")
            + Inoculum.program()
            + (levels.isEmpty() ? "" : "; " + levels));
  }
}
