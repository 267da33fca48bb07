package org.inoculum.train;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.run.SnapshotInfo;

/**
 * A family of networks in training: what {@link TrainingLoop} asks of it. Everything that an
 * iteration changes is in {@link #state}, and every random draw is a function of the seed and the
 * iteration.
 */
interface Trainer extends AutoCloseable {
  /**
   * One iteration.
   *
   * @return what it measured, by name and in a fixed order; all of it goes to stats.jsonl, and a
   *     value that is not finite is a divergence
   */
  Map<String, Double> run(Iteration step);

  /** Lines for the log at the start: what it found in the training images. */
  List<String> describe();

  /** The console line of an iteration. */
  String line(long iteration, long iterationsPerEpoch, Map<String, Double> measured);

  /** Lines for the log at every sample grid, such as accuracies. */
  List<String> remarks(long iteration);

  /**
   * Images of fixed latents, class after class, of the generator that is shown and saved (an
   * average of weights where the family keeps one), outside the gradient graph; the caller's scope
   * frees them.
   *
   * @return (count, C, H, W) in -1..1
   */
  Tensor samples(int count);

  /**
   * Images of the same generator for other latents: image first, first + 1, … of a seed. Outside
   * the gradient graph; the caller's scope frees them.
   *
   * @param labels their classes; a family without classes does not look at them
   * @return (count, C, H, W) in -1..1
   */
  Tensor images(long seed, long first, long... labels);

  /** The same generator's weights as a file. */
  byte[] encodeGenerator();

  /** What a snapshot says of that generator. */
  SnapshotInfo describeGenerator(long iteration, double kimg, String sha256);

  /** Everything that an iteration changes, as it is now; the tensors are the live ones. */
  TrainingState state();

  /**
   * Takes over the numbers of an earlier {@link #state}, whose tensors were copied into the live
   * ones already.
   */
  void restoreScalars(Map<String, Double> scalars);

  /** Frees the native memory. */
  @Override
  void close();
}
