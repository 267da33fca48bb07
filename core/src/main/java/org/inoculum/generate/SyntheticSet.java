package org.inoculum.generate;

import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * The description of a synthetic data set: {@code generation.json} beside its images.
 *
 * @param program name and version
 * @param created in UTC
 * @param run name of the run directory
 * @param snapshot iteration of the generator
 * @param snapshotSha256 of the generator's weights
 * @param seed of the latents; null for the images of a list, which is {@value SeedList#FILE} then
 * @param truncation truncation threshold of the latent; null where nothing is truncated
 * @param count images
 * @param shard which part of a generation in several, such as 2/4; null for the whole
 * @param precision number format of the generator; another one gives other bytes
 * @param bits of a sample
 * @param window the measured values that black and white stand for, where the run was trained on
 *     files of more than 8 bits; null otherwise
 * @param samples the measured values that 0 and 65,535 stand for in files of 16 bits; null for 8
 *     bits
 * @param copyTest how copies were kept out; null where they were not tested
 * @param notice what a reader must know before using the images
 */
public record SyntheticSet(
    String program,
    String created,
    String run,
    String snapshot,
    String snapshotSha256,
    @Nullable Long seed,
    @Nullable Double truncation,
    int count,
    @Nullable String shard,
    String precision,
    int bits,
    @Nullable Window window,
    @Nullable Window samples,
    @Nullable CopyCheckCounts copyTest,
    String notice) {

  /**
   * The results of the copy check.
   *
   * @param trainingImages that were compared with
   * @param threshold ratio below which an image is a copy (docs/explanation/copies.md)
   * @param copies rejected since they show a training image
   * @param repeats rejected since they show an image that was accepted before
   * @param blank rejected since they show nothing
   */
  public record CopyCheckCounts(
      int trainingImages, double threshold, int copies, int repeats, int blank) {}
}
