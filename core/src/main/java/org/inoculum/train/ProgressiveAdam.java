package org.inoculum.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Weights;

/**
 * The optimiser of a network whose finer resolutions join later: an Adam for each, because the bias
 * corrections count from a weight's own first step.
 */
final class ProgressiveAdam implements AutoCloseable {
  /** By the most level of the side at which the parameters take part. */
  private final List<Adam> byLevel = new ArrayList<>();

  /**
   * An optimiser.
   *
   * @param level the most of any parameter
   * @param maxLevel of the side at which the parameter of that name takes part
   */
  ProgressiveAdam(
      Weights weights, int level, ToIntFunction<String> maxLevel, Adam.Options options) {
    for (int joining = 0; joining <= level; joining++) {
      Map<String, Tensor> some = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> weight : weights.all().entrySet()) {
        if (maxLevel.applyAsInt(weight.getKey()) == joining) {
          some.put(weight.getKey(), weight.getValue());
        }
      }
      byLevel.add(new Adam(some, options));
    }
  }

  /** The parameters that are trained at so many level of the side: the coarsest first. */
  List<Tensor> parameters(int level) {
    List<Tensor> parameters = new ArrayList<>();
    for (int joined = byLevel.size() - 1; joined >= level; joined--) {
      parameters.addAll(byLevel.get(joined).parameters());
    }
    return parameters;
  }

  /**
   * One step.
   *
   * @param gradients in the order of {@link #parameters}; more are ignored
   */
  void step(int level, List<Tensor> gradients, double learningRateFactor) {
    int from = 0;
    for (int joined = byLevel.size() - 1; joined >= level; joined--) {
      Adam adam = byLevel.get(joined);
      int to = from + adam.parameters().size();
      adam.step(gradients.subList(from, to), learningRateFactor);
      from = to;
    }
  }

  /** All by name, for the training state. */
  Map<String, Adam> adams(String name) {
    Map<String, Adam> adams = new TreeMap<>();
    for (int joining = 0; joining < byLevel.size(); joining++) {
      adams.put(name + joining, byLevel.get(joining));
    }
    return adams;
  }

  @Override
  public void close() {
    byLevel.forEach(Adam::close);
  }
}
