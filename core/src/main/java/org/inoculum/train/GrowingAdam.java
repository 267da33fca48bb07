package org.inoculum.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Weights;

/**
 * The optimiser of a network whose finest resolution joins later: two Adams, because the bias
 * corrections count from a weight's own first step.
 */
final class GrowingAdam implements AutoCloseable {
  private final Adam coarse;
  private final Adam finest;

  /**
   * An optimiser.
   *
   * @param isFinest whether the parameter of that name joins with the finest resolution
   */
  GrowingAdam(Weights weights, Predicate<String> isFinest, Adam.Options options) {
    Map<String, Tensor> first = new LinkedHashMap<>();
    Map<String, Tensor> later = new LinkedHashMap<>();
    weights
        .all()
        .forEach((name, tensor) -> (isFinest.test(name) ? later : first).put(name, tensor));
    this.coarse = new Adam(first, options);
    this.finest = new Adam(later, options);
  }

  /** The parameters that are trained: all, or those before the finest resolution. */
  List<Tensor> parameters(boolean half) {
    List<Tensor> parameters = new ArrayList<>(coarse.parameters());
    if (!half) {
      parameters.addAll(finest.parameters());
    }
    return parameters;
  }

  /**
   * One step.
   *
   * @param gradients in the order of {@link #parameters}; more are ignored
   */
  void step(boolean half, List<Tensor> gradients, double learningRateFactor) {
    int count = coarse.parameters().size();
    coarse.step(gradients.subList(0, count), learningRateFactor);
    if (!half) {
      finest.step(gradients.subList(count, gradients.size()), learningRateFactor);
    }
  }

  /** Both by name, for the training state. */
  Map<String, Adam> adams(String name) {
    return Map.of(name, coarse, name + "Finest", finest);
  }

  @Override
  public void close() {
    coarse.close();
    finest.close();
  }
}
