package org.inoculum.generate;

/**
 * How a data set was grown: {@code generation.json} beside its images.
 *
 * @param program name and version
 * @param created in UTC
 * @param run name of the run directory
 * @param snapshot iteration of the generator
 * @param snapshotSha256 of the generator's weights
 * @param seed of the latents
 * @param count images
 * @param precision number format of the generator; another one gives other bytes
 * @param notice what a reader must know before using the images
 */
public record GrownSet(
    String program,
    String created,
    String run,
    String snapshot,
    String snapshotSha256,
    long seed,
    int count,
    String precision,
    String notice) {}
