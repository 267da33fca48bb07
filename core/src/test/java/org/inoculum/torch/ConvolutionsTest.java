package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values against a plain sum, gradients against finite differences, for channel counts on both
 * sides of the guard's 16.
 */
class ConvolutionsTest extends TorchTest {
  @ParameterizedTest
  @CsvSource({
    "3, 17, 4, 2, 1",
    "17, 3, 3, 1, 1",
    "1, 1, 3, 1, 1",
    "20, 20, 4, 2, 1",
    "48, 33, 4, 2, 1"
  })
  void convolutionIsTheSumOfItsDefinition(int in, int out, int kernel, int stride, int padding) {
    int side = 6;
    Tensor x = normal(1, 2, in, side, side);
    Tensor w = normal(2, out, in, kernel, kernel);
    Tensor b = normal(3, out);
    Tensor y = Convolutions.conv2d(x, w, b, stride, padding);
    int outSide = (side + 2 * padding - kernel) / stride + 1;
    assertThat(y.shape()).containsExactly(2, out, outSide, outSide);
    float[] values = Tensors.toFloats(x);
    float[] weights = Tensors.toFloats(w);
    double sum = Tensors.toFloats(b)[out - 1];
    for (int c = 0; c < in; c++) {
      for (int i = 0; i < kernel; i++) {
        for (int j = 0; j < kernel; j++) {
          int row = stride + i - padding;
          int column = stride + j - padding;
          sum +=
              (double) values[((in + c) * side + row) * side + column]
                  * weights[(((out - 1) * in + c) * kernel + i) * kernel + j];
        }
      }
    }
    float[] found = Tensors.toFloats(y);
    int index =
        ((2 * out - 1) * outSide + 1) * outSide + 1; // image 1, last channel, row 1, column 1
    assertThat((double) found[index]).isCloseTo(sum, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 17, true",
    "17, 3, true",
    "3, 17, false",
    "17, 3, false",
    "20, 20, false",
    "48, 40, false",
    "40, 48, true"
  })
  void gradientsAreThoseOfFiniteDifferences(int in, int out, boolean transposed) {
    Tensor x = normal(1, 2, in, 6, 6);
    Tensor w = transposed ? normal(2, in, out, 4, 4) : normal(2, out, in, 4, 4);
    Tensor b = normal(3, out);
    Function<Tensor[], Tensor> loss =
        p ->
            (transposed
                    ? Convolutions.convTranspose2d(p[0], p[1], p[2], 2, 1)
                    : Convolutions.conv2d(p[0], p[1], p[2], 2, 1))
                .square()
                .mean();
    Tensor[] parameters = {x, w, b};
    for (Tensor parameter : parameters) {
      parameter.set_requires_grad(true);
    }
    Tensor[] gradients =
        torch
            .grad(
                new TensorVector(loss.apply(parameters)),
                new TensorVector(x, w, b),
                new TensorVector(),
                new BoolOptional(false),
                false,
                false)
            .get();
    for (int p = 0; p < parameters.length; p++) {
      for (int entry : new int[] {0, (int) parameters[p].numel() - 1}) {
        double difference = centralDifference(loss, parameters, p, entry);
        double found = Tensors.toFloats(gradients[p])[entry];
        assertThat(found).isCloseTo(difference, within(1e-4 + 1e-4 * Math.abs(difference)));
      }
    }
  }

  /** In 64-bit floats, which oneDNN never touches. */
  private static double centralDifference(
      Function<Tensor[], Tensor> loss, Tensor[] parameters, int which, int entry) {
    double step = 1e-5;
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      Tensor[] moved = new Tensor[parameters.length];
      for (int p = 0; p < parameters.length; p++) {
        float[] floats = Tensors.toFloats(parameters[p]);
        double[] numbers = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
          numbers[i] = floats[i];
        }
        if (p == which) {
          numbers[entry] += side == 0 ? step : -step;
        }
        moved[p] = Tensor.create(numbers, parameters[p].shape());
      }
      values[side] = loss.apply(moved).to(ScalarType.Double).item_double();
    }
    return (values[0] - values[1]) / (2 * step);
  }

  private static Tensor normal(int index, long... shape) {
    int count = 1;
    for (long side : shape) {
      count *= (int) side;
    }
    RandomStream random = RandomStream.of(7, Purpose.CHECKING, index);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.create(values, shape);
  }
}
