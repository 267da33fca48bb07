package org.inoculum.run;

/**
 * What {@code snapshot.json} says of a generator on disk.
 *
 * @param family which kind of network
 * @param size side of its pictures, in pixels
 * @param channels 1 or 3
 * @param latent length of its random vector
 * @param width channels that its other widths follow from
 * @param classes how many kinds of picture it makes
 * @param iteration iterations that trained it
 * @param kimg thousands of real images that trained it
 * @param sha256 of {@code generator.safetensors}
 */
public record SnapshotInfo(
    String family,
    int size,
    int channels,
    int latent,
    int width,
    int classes,
    long iteration,
    double kimg,
    String sha256) {}
