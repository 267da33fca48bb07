package org.inoculum.generate;

import org.inoculum.model.ListedImages.SampleSpec;
import org.jspecify.annotations.Nullable;

/**
 * An image that was drawn and may come into the set.
 *
 * @param number in the set, which its file is named after; the index but in a set of a list
 * @param image what it is
 * @param copyCheckResult what was found by comparing it with the training images; null where that
 *     was not asked for
 */
public record Candidate(long number, SampleSpec image, @Nullable CopyCheckResult copyCheckResult) {
  /** Number of the image: with its seed it makes the same image again. */
  public long index() {
    return image.index();
  }
}
