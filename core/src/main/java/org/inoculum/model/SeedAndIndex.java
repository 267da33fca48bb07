package org.inoculum.model;

/**
 * Which image: with a snapshot, a class and a truncation these two numbers make it again.
 *
 * @param seed of the latents
 * @param index number of the image
 */
public record SeedAndIndex(long seed, long index) {}
