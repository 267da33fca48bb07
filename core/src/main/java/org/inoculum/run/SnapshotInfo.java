package org.inoculum.run;

import org.jspecify.annotations.Nullable;

/**
 * What {@code snapshot.json} says of a generator on disk.
 *
 * @param family which kind of network
 * @param size side of its pictures, in pixels
 * @param channels 1 or 3
 * @param latent length of its random vector
 * @param width channels that its other widths follow from
 * @param classes how many kinds of picture it makes
 * @param d4Symmetry whether its pictures come in the eight positions of the square; null as in
 *     snapshots of before there were such: no
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
    @Nullable Boolean d4Symmetry,
    long iteration,
    double kimg,
    String sha256) {}
