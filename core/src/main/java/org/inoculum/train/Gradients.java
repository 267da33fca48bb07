package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One part's share of a step's gradient, in native memory that outlives the part's scope and
 * thread.
 */
final class Gradients implements AutoCloseable {
  /** Of nothing. */
  static final Gradients NONE = new Gradients(List.of());

  private final List<Tensor> sums = new ArrayList<>();

  /** Room for the gradients of these parameters. */
  Gradients(List<Tensor> parameters) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (Tensor parameter : parameters) {
        Tensor zeros = torch.zeros_like(parameter);
        zeros.retainReference();
        sums.add(zeros);
      }
    }
  }

  /** Keeps the first {@code count} gradients, times a share. */
  void keep(TensorVector gradients, int count, double share) {
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      for (int i = 0; i < count; i++) {
        torch.mul_out(sums.get(i), gradients.get(i), new Scalar(share));
      }
    }
  }

  /** Begins at 0. */
  void clear() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      sums.forEach(Tensor::zero_);
    }
  }

  /** Adds gradients, in the order of the parameters. */
  void add(List<Tensor> gradients) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (int i = 0; i < sums.size(); i++) {
        sums.get(i).add_(gradients.get(i));
      }
    }
  }

  /** Adds another part's. The order of additions decides the last bits, so it is the caller's. */
  void add(Gradients other) {
    add(other.sums);
  }

  List<Tensor> tensors() {
    return sums;
  }

  @Override
  public void close() {
    sums.forEach(Tensor::releaseReference);
  }
}
