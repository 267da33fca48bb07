package org.inoculum.generate;

import org.jspecify.annotations.Nullable;

/**
 * A line of {@code manifest.jsonl}.
 *
 * @param file relative to the data set's folder
 * @param index number of the image: with the seed and the snapshot it makes the same image again
 * @param seed of the latents
 * @param className the class, or "unlabelled" where the generator knows no classes
 * @param snapshot iteration of the generator
 * @param sha256 of the file
 * @param nearestReal the training image that is nearest to it; null where copies were not tested
 * @param nearestDistance to it, between descriptors (docs/explanation/copies.md)
 * @param nearestRatio of that distance to the training image's own distance to its nearest
 *     different neighbour: well below 1 is near
 */
public record GeneratedImage(
    String file,
    long index,
    long seed,
    String className,
    String snapshot,
    String sha256,
    @Nullable String nearestReal,
    @Nullable Double nearestDistance,
    @Nullable Double nearestRatio) {
  /** Its number in the set, which the file is named after; the index but in a set of a list. */
  long number() {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }
}
