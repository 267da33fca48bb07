package org.inoculum.generate;

/**
 * The result of a generation.
 *
 * @param accepted images in the set; fewer than asked for if it was stopped, and then they wait to
 *     be resumed
 * @param rejected images that were kept out
 */
public record GenerationResult(int accepted, int rejected) {}
