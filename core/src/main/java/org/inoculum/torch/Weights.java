package org.inoculum.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The named parameters of one network, in a fixed order: 32-bit floats, leaves of the gradient
 * graph. They live outside every step's scope until {@link #close}.
 */
public final class Weights implements AutoCloseable {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * Adds a parameter with the given values, row-major in {@code shape}, and asks libtorch to follow
   * its gradient.
   */
  public void add(String name, float[] values, long... shape) {
    if (tensors.containsKey(name)) {
      throw new IllegalArgumentException("two parameters are called " + name);
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensor.create(values, shape);
      tensor.set_requires_grad(true);
      tensor.retainReference();
      tensors.put(name, tensor);
    }
  }

  /** The parameter of that name. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no parameter is called " + name + "; there are " + tensors.keySet());
    }
    return tensor;
  }

  /**
   * Replaces a parameter's values.
   *
   * @param source what errors call the file that they come from
   * @throws org.inoculum.UserException of kind BAD_DATA if the shape is another
   */
  public void set(String name, Safetensors.Entry entry, String source) {
    entry.copyTo(get(name), name, source);
  }

  /** Names and tensors, in the order in which they were added. */
  public Map<String, Tensor> all() {
    return Collections.unmodifiableMap(tensors);
  }

  /** The tensors in order. */
  public List<Tensor> tensors() {
    return new ArrayList<>(tensors.values());
  }

  /** The tensors in order, as libtorch's gradient function takes them. */
  public TensorVector vector() {
    return new TensorVector(tensors.values().toArray(new Tensor[0]));
  }

  /** How many numbers there are in all. */
  public long count() {
    return tensors.values().stream().mapToLong(Tensor::numel).sum();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    tensors.values().forEach(Tensor::releaseReference);
    tensors.clear();
  }
}
