package org.inoculum.spark;

import org.inoculum.UserException;
import org.inoculum.generate.SyntheticFormat;

/**
 * The plan of a generation on a cluster; how it cuts the work does not change a byte of the set.
 *
 * @param count images that are accepted
 * @param format how they lie on the disk
 * @param tarBytes most bytes of one tar of a WebDataset
 * @param chunkBatches batches of 64 images in a chunk, the work that is lost when a task fails
 * @param partitions tasks of a round; 0 for one for each chunk
 * @param threads of libtorch in each task, {@code spark.task.cpus}
 * @param resume whether to go on with what an earlier attempt left
 */
record GeneratePlan(
    int count,
    SyntheticFormat format,
    long tarBytes,
    int chunkBatches,
    int partitions,
    int threads,
    boolean resume) {
  static final int CHUNK_BATCHES = 8;

  GeneratePlan {
    if (count < 1 || count > 10_000_000) {
      throw UserException.usage("--count must be from 1 to 10000000, was " + count);
    }
    if (chunkBatches < 1 || chunkBatches > 1000) {
      throw UserException.usage("--chunk must be from 1 to 1000 batches, was " + chunkBatches);
    }
    if (partitions < 0) {
      throw UserException.usage("--partitions must be at least 1, was " + partitions);
    }
  }
}
