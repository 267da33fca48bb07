package org.inoculum.model;

/**
 * A seed and an index, which name an image: with a snapshot, a class and a truncation these two
 * numbers make it again.
 *
 * @param seed of the latents
 * @param index number of the image
 */
public record SeedAndIndex(long seed, long index) {}
