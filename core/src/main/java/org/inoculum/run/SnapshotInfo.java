package org.inoculum.run;

import org.jspecify.annotations.Nullable;

/**
 * The content of {@code snapshot.json}, which describes a generator on disk.
 *
 * @param family which kind of network
 * @param size resolution of the images, in pixels
 * @param channels 1 or 3
 * @param latentSize length of its random vector
 * @param baseChannels channels that its other widths follow from
 * @param classes how many classes it makes
 * @param d4Symmetry whether its images come in the eight orientations of the square; null as in
 *     snapshots of before there were such: no
 * @param iteration iterations that trained it
 * @param kimg thousands of real images that trained it
 * @param sha256 of {@code generator.safetensors}
 */
public record SnapshotInfo(
    String family,
    int size,
    int channels,
    int latentSize,
    int baseChannels,
    int classes,
    @Nullable Boolean d4Symmetry,
    long iteration,
    double kimg,
    String sha256) {}
