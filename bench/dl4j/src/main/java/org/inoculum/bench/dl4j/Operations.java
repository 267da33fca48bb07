package org.inoculum.bench.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * ND4J's operations that the networks are made of, into arrays that are given. Maps are (N, C, H,
 * W), and weights in libtorch's order.
 */
final class Operations {
  private static final int GIVEN_PADDING = 0; // oneDNN does no transposed convolution with 'SAME'
  private static final int CHANNELS_FIRST = 0;
  private static final int LIBTORCH_ORDER = 1;

  private Operations() {}

  /** The form of a convolution: halving or doubling with kernels of 4, or keeping the size. */
  enum Form {
    DOWN("conv2d", 4, 2),
    UP("deconv2d", 4, 2),
    SAME("conv2d", 3, 1);

    private final String operation;
    private final int kernel;
    private final int stride;

    Form(String operation, int kernel, int stride) {
      this.operation = operation;
      this.kernel = kernel;
      this.stride = stride;
    }
  }

  static void convolve(Form form, INDArray in, Parameters of, String layer, INDArray out) {
    run(
        form.operation,
        form,
        new INDArray[] {in, of.value(layer + ".weight"), of.value(layer + ".bias")},
        out);
  }

  /** Gradients of a convolution's weights and biases, and of its input. */
  static void convolveBack(
      Form form, INDArray in, Parameters of, String layer, INDArray gradient, INDArray ofIn) {
    run(
        form.operation + "_bp",
        form,
        new INDArray[] {in, of.value(layer + ".weight"), of.value(layer + ".bias"), gradient},
        ofIn,
        of.gradient(layer + ".weight"),
        of.gradient(layer + ".bias"));
  }

  /** That of a halving one's input alone, which is the transposed convolution. */
  static void convolveBackToInput(INDArray weight, INDArray gradient, INDArray ofIn) {
    run(Form.UP.operation, Form.UP, new INDArray[] {gradient, weight}, ofIn);
  }

  /** Of the leaky ReLU, in place; its output tells signs as well as its input. */
  static void reluBackward(INDArray out, INDArray gradient, double slope) {
    Nd4j.exec(
        DynamicCustomOp.builder("lrelu_bp")
            .addInputs(out, gradient)
            .addOutputs(gradient)
            .addFloatingPointArguments(slope)
            .build());
  }

  /** A GEMM, transposed before where so said. */
  static void multiply(
      INDArray left, boolean leftAcross, INDArray right, boolean rightAcross, INDArray out) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(left, right)
            .addOutputs(out)
            .addIntegerArguments(leftAcross ? 1 : 0, rightAcross ? 1 : 0, 0)
            .build());
  }

  /** The first n images' part of an array: a view. */
  static INDArray first(INDArray whole, long n) {
    return n == whole.size(0) ? whole : whole.get(NDArrayIndex.interval(0, n));
  }

  /** Maps as (N, features): a view. */
  static INDArray flat(INDArray maps) {
    return maps.reshape('c', true, maps.size(0), maps.length() / maps.size(0));
  }

  private static void run(String name, Form form, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(
                form.kernel,
                form.kernel,
                form.stride,
                form.stride,
                1, // padding
                1,
                1, // dilation
                1,
                GIVEN_PADDING,
                CHANNELS_FIRST,
                LIBTORCH_ORDER)
            .build());
  }
}
