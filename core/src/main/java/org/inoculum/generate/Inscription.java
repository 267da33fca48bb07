package org.inoculum.generate;

import java.util.Map;
import org.inoculum.Inoculum;
import org.inoculum.data.Manifest;
import org.inoculum.model.ListedImages.Wanted;

/**
 * What each picture says of itself: that it is synthetic, and how it was made.
 *
 * @param snapshotSha256 of the generator's weights
 * @param trainedOn the images that the generator learned from
 * @param tested whether copies were searched
 * @param levels what samples mean; empty where the training files had 8 bits
 */
record Inscription(String snapshotSha256, Manifest trainedOn, boolean tested, String levels) {
  /** Keyword to text of the PNG's chunks. */
  Map<String, String> of(Wanted image) {
    return Map.of(
        "Software",
        Inoculum.program(),
        "Comment",
        "synthetic; snapshot "
            + snapshotSha256
            + ", seed "
            + Draws.words(image.seed(), image.most())
            + ", image "
            + image.index()
            + "; trained on "
            + trainedOn.images()
            + " images, SHA-256 "
            + trainedOn.sha256()
            + (tested ? "; no copy by the test of " : "; not tested for copies by ")
            + Inoculum.program()
            + (levels.isEmpty() ? "" : "; " + levels));
  }
}
