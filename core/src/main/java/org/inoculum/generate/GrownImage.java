package org.inoculum.generate;

/**
 * A line of {@code manifest.jsonl}.
 *
 * @param file relative to the data set's folder
 * @param index number of the image: with the seed and the snapshot it makes the same picture again
 * @param seed of the latents
 * @param className the class, or "unlabelled" where the generator knows no classes
 * @param snapshot iteration of the generator
 * @param sha256 of the file
 */
public record GrownImage(
    String file, long index, long seed, String className, String snapshot, String sha256) {}
