package org.inoculum.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Compares the gradients that this machine's fast convolutions give with those of libtorch's plain
 * 64-bit code (oneDNN switched off), on a small network of the kinds of layer that training uses.
 *
 * @param f32Error relative error (of the norm of the difference) of the 32-bit gradients, the worst
 *     of all tensors
 * @param bf16Error the same for bfloat16 (bf16)
 * @param unguardedError the same for 32-bit convolutions without {@link Convolutions}' padding; not
 *     used, shown by the doctor
 */
public record SelfCheck(double f32Error, double bf16Error, double unguardedError) {
  /** Rounding alone stays below 1e-5; a wrong kernel is off by percents. */
  public static final double F32_TOLERANCE = 1e-4;

  /**
   * An 8-bit mantissa rounds by 2^-9; over the four layers the gradients stay within some percent.
   */
  public static final double BF16_TOLERANCE = 5e-2;

  private static final long CHANNELS = 128;

  /** Runs the check; it takes a fraction of a second. */
  public static SelfCheck run() {
    try (PointerScope scope = new PointerScope()) {
      boolean enabled = torch.globalContext().userEnabledMkldnn();
      Tensor[] reference;
      torch.globalContext().setUserEnabledMkldnn(false);
      try {
        reference = gradients(ScalarType.Double, Precision.F32, true);
      } finally {
        torch.globalContext().setUserEnabledMkldnn(enabled);
      }
      return new SelfCheck(
          worst(gradients(ScalarType.Float, Precision.F32, true), reference),
          worst(gradients(ScalarType.Float, Precision.BF16, true), reference),
          worst(gradients(ScalarType.Float, Precision.F32, false), reference));
    }
  }

  /** Whether gradients in this precision can be trusted on this machine. */
  public boolean passes(Precision precision) {
    return f32Error <= F32_TOLERANCE && (precision == Precision.F32 || bf16Error <= BF16_TOLERANCE);
  }

  /**
   * Refuses to go on with wrong gradients.
   *
   * @throws UserException of kind FAILURE
   */
  public void require(Precision precision) {
    if (!passes(precision)) {
      throw UserException.failure(
          "the gradient self-check failed: convolutions on this CPU are off by "
              + (precision == Precision.F32 ? f32Error : Math.max(f32Error, bf16Error))
              + " in "
              + precision
              + " (at most "
              + (precision == Precision.F32 ? F32_TOLERANCE : BF16_TOLERANCE)
              + " is rounding), so training would silently go wrong; run `inoculum doctor`, try --precision f32, and report it");
    }
  }

  /** Gradients of a mean square with respect to the input and the four weights. */
  private static Tensor[] gradients(ScalarType type, Precision precision, boolean guarded) {
    Tensor x = values(0, type, 1, 4, 3, 32, 32);
    Tensor down = values(1, type, 0.1, CHANNELS, 3, 4, 4);
    Tensor across = values(2, type, 0.03, CHANNELS, CHANNELS, 4, 4);
    Tensor up = values(3, type, 0.03, CHANNELS, CHANNELS, 4, 4);
    Tensor out = values(4, type, 0.03, 3, CHANNELS, 3, 3);
    Tensor wide = values(5, type, 0, CHANNELS);
    Tensor narrow = values(6, type, 0, 3);
    Tensor y;
    try (Autocast autocast = Autocast.to(precision)) {
      y =
          guarded
              ? Convolutions.conv2d(x, down, wide, 2, 1)
              : plain(x, down, wide, 2, 1); // (4, 128, 16, 16)
      y = torch.tanh(y);
      y = torch.tanh(Convolutions.conv2d(y, across, wide, 2, 1)); // (4, 128, 8, 8)
      y = torch.tanh(Convolutions.convTranspose2d(y, up, wide, 2, 1)); // (4, 128, 16, 16)
      y =
          guarded
              ? Convolutions.conv2d(y, out, narrow, 1, 1)
              : plain(y, out, narrow, 1, 1); // (4, 3, 16, 16)
    }
    Tensor loss = y.to(type).square().mean();
    TensorVector found =
        torch.grad(
            new TensorVector(loss),
            new TensorVector(x, down, across, up, out),
            new TensorVector(),
            new BoolOptional(false),
            false,
            false);
    return found.get();
  }

  private static Tensor plain(Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
    return torch.conv2d(
        x,
        weight,
        new TensorOptional(bias),
        new long[] {stride, stride},
        new long[] {padding, padding},
        new long[] {1, 1},
        1);
  }

  private static Tensor values(int index, ScalarType type, double scale, long... shape) {
    int count = 1;
    for (long side : shape) {
      count = Math.toIntExact(count * side);
    }
    RandomStream random = RandomStream.of(0, Purpose.CHECKING, index);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (scale * random.nextGaussian());
    }
    Tensor tensor = Tensor.create(numbers, shape).to(type);
    tensor.set_requires_grad(true);
    return tensor;
  }

  private static double worst(Tensor[] found, Tensor[] reference) {
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      Tensor expected = reference[i];
      Tensor difference = found[i].to(ScalarType.Double).sub(expected);
      double error = difference.norm().item_double() / expected.norm().item_double();
      worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
    }
    return worst;
  }
}
