package org.inoculum.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything that an iteration changes, so that a checkpoint of it continues to the bit.
 *
 * @param tensors every tensor by name, in a fixed order: weights, averages of weights, moments of
 *     optimisers; 32-bit floats, owned by the family and changed in place when it is restored
 * @param numbers every plain number by name: counts of steps, anything that is steered
 */
record TrainingState(Map<String, Tensor> tensors, Map<String, Double> numbers) {
  /** Keeps the order. */
  TrainingState {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }
}
