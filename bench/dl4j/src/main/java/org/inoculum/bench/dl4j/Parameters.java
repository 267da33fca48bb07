package org.inoculum.bench.dl4j;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.bench.protocol.Work;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Weights of a network, their gradients and Adam's moments: one flat array of each, as in DL4J's
 * own networks, so that an update is two operations.
 */
final class Parameters {
  private final INDArray values;
  private final INDArray gradients;
  private final INDArray first;
  private final INDArray second;
  private final Map<String, INDArray> valueOf = new LinkedHashMap<>();
  private final Map<String, INDArray> gradientOf = new LinkedHashMap<>();
  private int updates;

  /**
   * Reads the weights.
   *
   * @param network their prefix
   * @param shapes by name
   */
  Parameters(Work work, String network, Map<String, long[]> shapes) throws IOException {
    long count = 0;
    for (long[] shape : shapes.values()) {
      count += length(shape);
    }
    values = Nd4j.zeros(DataType.FLOAT, count);
    gradients = Nd4j.zeros(DataType.FLOAT, count);
    first = Nd4j.zeros(DataType.FLOAT, count);
    second = Nd4j.zeros(DataType.FLOAT, count);
    long from = 0;
    for (Map.Entry<String, long[]> one : shapes.entrySet()) {
      long to = from + length(one.getValue());
      INDArray value = part(values, from, to, one.getValue());
      value.assign(Nd4j.create(work.floats(network + "." + one.getKey()), one.getValue()));
      valueOf.put(one.getKey(), value);
      gradientOf.put(one.getKey(), part(gradients, from, to, one.getValue()));
      from = to;
    }
  }

  INDArray value(String name) {
    return named(valueOf, name);
  }

  /** Where a weight's gradient is to be written. */
  INDArray gradient(String name) {
    return named(gradientOf, name);
  }

  /**
   * Adam, in Keras's form, by the gradients that have been written, which are replaced by the
   * changes.
   */
  void update() {
    Nd4j.exec(
        new AdamUpdater(
            gradients,
            second,
            first,
            Work.LEARNING_RATE,
            Work.BETA1,
            Work.BETA2,
            Work.EPSILON,
            updates++));
    values.subi(gradients);
  }

  private static INDArray part(INDArray flat, long from, long to, long[] shape) {
    return flat.get(NDArrayIndex.interval(from, to)).reshape('c', true, shape);
  }

  private static INDArray named(Map<String, INDArray> arrays, String name) {
    INDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(name);
    }
    return array;
  }

  private static long length(long[] shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    return length;
  }
}
