package org.inoculum.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.torch.Adam;
import org.inoculum.torch.Weights;

/**
 * Everything that an iteration changes, so that a checkpoint of it continues to the bit.
 *
 * @param tensors every tensor by name, in a fixed order: weights, averages of weights, moments of
 *     optimisers; 32-bit floats, owned by the family and changed in place when it is restored
 * @param scalars every plain number by name: counts of steps, anything that is steered
 */
record TrainingState(Map<String, Tensor> tensors, Map<String, Double> scalars) {
  /** The state of these networks, optimisers and other numbers, in the order of their names. */
  static TrainingState of(
      Map<String, Weights> networks, Map<String, Adam> optimisers, Map<String, Double> others) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, Double> scalars = new TreeMap<>(others);
    new TreeMap<>(networks)
        .forEach(
            (network, weights) ->
                weights.all().forEach((name, tensor) -> tensors.put(network + "." + name, tensor)));
    new TreeMap<>(optimisers)
        .forEach(
            (optimiser, adam) -> {
              adam.state().forEach((name, tensor) -> tensors.put(optimiser + "." + name, tensor));
              scalars.put(optimiser + ".steps", (double) adam.steps());
            });
    return new TrainingState(tensors, scalars);
  }

  /** Keeps the order. */
  TrainingState {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    scalars = Collections.unmodifiableMap(new LinkedHashMap<>(scalars));
  }
}
