package org.inoculum.train;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorInput;

/**
 * A family of networks in training: what {@link TrainingLoop} asks of it. Everything that an
 * iteration changes is in {@link #state}, and every random draw is a function of the seed and the
 * iteration.
 */
interface Steps extends AutoCloseable {
  /**
   * One iteration.
   *
   * @return what it measured, by name and in a fixed order; all of it goes to stats.jsonl, and a
   *     value that is not finite is a divergence
   */
  Map<String, Double> run(Step step);

  /** The console line of an iteration. */
  String line(long iteration, long iterationsPerEpoch, Map<String, Double> measured);

  /** Lines for the log at every picture, such as accuracies. */
  List<String> remarks(long iteration);

  /** The generator that is shown and saved: an average of weights where the family keeps one. */
  Generator generator();

  /**
   * Images of that generator, outside the gradient graph; the caller's scope frees them.
   *
   * @return (N, C, H, W) in -1..1
   */
  Tensor generate(GeneratorInput input);

  /** Everything that an iteration changes, as it is now; the tensors are the live ones. */
  TrainingState state();

  /**
   * Takes over the numbers of an earlier {@link #state}, whose tensors were copied into the live
   * ones already.
   */
  void restoreNumbers(Map<String, Double> numbers);

  /** Frees the native memory. */
  @Override
  void close();
}
