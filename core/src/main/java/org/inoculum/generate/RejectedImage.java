package org.inoculum.generate;

/**
 * A line of {@code rejected.jsonl}.
 *
 * @param index number of the image
 * @param seed of its latent
 * @param reason {@code copy}, {@code repeat} or {@code blank}
 * @param nearestReal the training image that is nearest to it
 * @param distance to it, between descriptors
 * @param ratio of the distance to that training image's own distance to its nearest neighbour
 */
public record RejectedImage(
    long index, long seed, String reason, String nearestReal, double distance, double ratio) {}
