package org.inoculum.generate;

import java.util.Optional;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.model.Latents;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;

/**
 * The options for generating a data set.
 *
 * @param count images that are accepted; of a shard, images that all shards draw, accepted or not
 * @param seed of the latents: image i is a function of the snapshot, the seed and i
 * @param threads intra-op threads
 * @param precision number format of the generator
 * @param filter whether copies, repeats and blank images are kept out
 * @param snapshot which of the run's generators
 * @param className the only class to generate; all in turn where nothing is said
 * @param format how the images lie on the disk
 * @param shard which part of the generation
 * @param resume whether to go on with what an earlier attempt left
 * @param tarBytes most bytes of one tar of a WebDataset
 * @param bits 8 or 16 bits a sample; 8 where nothing is said
 * @param truncation truncation threshold of the latent: {@link Latents#of(long, long, int, int,
 *     double)}
 * @param list the images to generate, exactly; then {@code count} is their number, and seed, class,
 *     shard and truncation do not count
 */
public record GenerateOptions(
    int count,
    long seed,
    int threads,
    PrecisionChoice precision,
    boolean filter,
    SnapshotChoice snapshot,
    Optional<String> className,
    SyntheticFormat format,
    Shard shard,
    boolean resume,
    long tarBytes,
    OptionalInt bits,
    double truncation,
    Optional<SeedList> list) {
  /** WebDataset's advice: about a gigabyte. */
  public static final long TAR_BYTES = 1_000_000_000;

  private static final int MAX_COUNT = 10_000_000;

  /** A whole set in folders, from the beginning. */
  public GenerateOptions(
      int count,
      long seed,
      int threads,
      PrecisionChoice precision,
      boolean filter,
      SnapshotChoice snapshot,
      Optional<String> className) {
    this(
        count,
        seed,
        threads,
        precision,
        filter,
        snapshot,
        className,
        SyntheticFormat.FOLDER,
        Shard.WHOLE,
        false,
        TAR_BYTES,
        OptionalInt.empty(),
        Latents.NO_TRUNCATION);
  }

  /** Images of one seed. */
  public GenerateOptions(
      int count,
      long seed,
      int threads,
      PrecisionChoice precision,
      boolean filter,
      SnapshotChoice snapshot,
      Optional<String> className,
      SyntheticFormat format,
      Shard shard,
      boolean resume,
      long tarBytes,
      OptionalInt bits,
      double truncation) {
    this(
        count,
        seed,
        threads,
        precision,
        filter,
        snapshot,
        className,
        format,
        shard,
        resume,
        tarBytes,
        bits,
        truncation,
        Optional.empty());
  }

  /** The same for the images of a list. */
  public GenerateOptions of(SeedList images) {
    return new GenerateOptions(
        images.entries().size(),
        0,
        threads,
        precision,
        filter,
        snapshot,
        Optional.empty(),
        format,
        Shard.WHOLE,
        resume,
        tarBytes,
        bits,
        Latents.NO_TRUNCATION,
        Optional.of(images));
  }

  /** How many images the set has to have, or a shard has to draw: none in the last of many. */
  public int share() {
    return shard.share(count);
  }

  /**
   * Whether this came of generating to the end: what a shard or a list leaves out is not replaced.
   */
  public boolean isWhole(GenerationResult generated) {
    boolean replaced = shard.isWhole() && list.isEmpty();
    int counted = replaced ? generated.accepted() : generated.accepted() + generated.rejected();
    return counted >= share();
  }

  /** Checks the ranges. */
  public GenerateOptions {
    if (count < 1 || count > MAX_COUNT) {
      throw UserException.usage("--count must be from 1 to " + MAX_COUNT + ", was " + count);
    }
    GreyLevels.requireKnown(bits);
    if (!(truncation >= Latents.MIN_TRUNCATION)) {
      throw UserException.usage(
          "--truncation must be at least " + Latents.MIN_TRUNCATION + ", was " + truncation);
    }
    if (threads < 1 || threads > 1024) {
      throw UserException.usage("--threads must be from 1 to 1024, was " + threads);
    }
  }
}
