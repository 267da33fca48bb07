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
final class GrowingAdam implements AutoCloseable {
  /** By the most halvings of the side at which the parameters take part. */
  private final List<Adam> byHalvings = new ArrayList<>();

  /**
   * An optimiser.
   *
   * @param halvings the most of any parameter
   * @param mostHalvings of the side at which the parameter of that name takes part
   */
  GrowingAdam(
      Weights weights, int halvings, ToIntFunction<String> mostHalvings, Adam.Options options) {
    for (int joining = 0; joining <= halvings; joining++) {
      Map<String, Tensor> some = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> weight : weights.all().entrySet()) {
        if (mostHalvings.applyAsInt(weight.getKey()) == joining) {
          some.put(weight.getKey(), weight.getValue());
        }
      }
      byHalvings.add(new Adam(some, options));
    }
  }

  /** The parameters that are trained at so many halvings of the side: the coarsest first. */
  List<Tensor> parameters(int halvings) {
    List<Tensor> parameters = new ArrayList<>();
    for (int joined = byHalvings.size() - 1; joined >= halvings; joined--) {
      parameters.addAll(byHalvings.get(joined).parameters());
    }
    return parameters;
  }

  /**
   * One step.
   *
   * @param gradients in the order of {@link #parameters}; more are ignored
   */
  void step(int halvings, List<Tensor> gradients, double learningRateFactor) {
    int from = 0;
    for (int joined = byHalvings.size() - 1; joined >= halvings; joined--) {
      Adam adam = byHalvings.get(joined);
      int to = from + adam.parameters().size();
      adam.step(gradients.subList(from, to), learningRateFactor);
      from = to;
    }
  }

  /** All by name, for the training state. */
  Map<String, Adam> adams(String name) {
    Map<String, Adam> adams = new TreeMap<>();
    for (int joining = 0; joining < byHalvings.size(); joining++) {
      adams.put(name + joining, byHalvings.get(joining));
    }
    return adams;
  }

  @Override
  public void close() {
    byHalvings.forEach(Adam::close);
  }
}
