package org.inoculum.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma &amp; Ba, 1412.6980) in the form of its section 2's last paragraph, which is also
 * that of Keras: the bias corrections are folded into the step size, so that epsilon is added to
 * the uncorrected root.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g²
 * p = p - learningRate · sqrt(1 - beta2^t) / (1 - beta1^t) · m / (sqrt(v) + epsilon)
 * </pre>
 */
public final class Adam implements AutoCloseable {
  /**
   * The options of the optimiser.
   *
   * @param largestStep the root mean square of a tensor's step, in learning rates, above which the
   *     step is shortened to it (update clipping of Shazeer &amp; Stern, 1804.04235, section 6);
   *     infinite for plain Adam
   */
  public record Options(
      double learningRate, double beta1, double beta2, double epsilon, double largestStep) {
    /** Plain Adam. */
    public Options(double learningRate, double beta1, double beta2, double epsilon) {
      this(learningRate, beta1, beta2, epsilon, Double.POSITIVE_INFINITY);
    }

    /** Checks the ranges in which Adam is defined. */
    public Options {
      if (!(learningRate > 0)) {
        throw new IllegalArgumentException("learning rate must be above 0, was " + learningRate);
      }
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException(
            "betas must be in [0, 1), were " + beta1 + " and " + beta2);
      }
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("epsilon must be above 0, was " + epsilon);
      }
      if (!(largestStep > 0)) {
        throw new IllegalArgumentException("largest step must be above 0, was " + largestStep);
      }
    }
  }

  private final Options options;
  private final List<String> names;
  private final List<Tensor> parameters;
  private final List<Tensor> firstMoments = new ArrayList<>();
  private final List<Tensor> secondMoments = new ArrayList<>();
  private long steps;

  /** An optimiser of these weights, with moments of zero. */
  public Adam(Weights weights, Options options) {
    this(weights.all(), options);
  }

  /** An optimiser of some weights of a network, by name, with moments of zero. */
  public Adam(Map<String, Tensor> weights, Options options) {
    this.options = options;
    this.names = List.copyOf(weights.keySet());
    this.parameters = List.copyOf(weights.values());
    try (PointerScope scope = new PointerScope()) {
      for (Tensor parameter : parameters) {
        firstMoments.add(zerosLike(parameter));
        secondMoments.add(zerosLike(parameter));
      }
    }
  }

  /** Changes the weights by one step down these gradients, given in the weights' order. */
  public void step(TensorVector gradients) {
    step(gradients, 1);
  }

  /** As {@link #step(TensorVector)}, with the learning rate multiplied with this factor. */
  public void step(TensorVector gradients, double learningRateFactor) {
    step(Arrays.asList(gradients.get()), learningRateFactor);
  }

  /** As {@link #step(TensorVector, double)}. */
  public void step(List<Tensor> gradients, double learningRateFactor) {
    steps++;
    double correction =
        Math.sqrt(1 - Math.pow(options.beta2, (double) steps))
            / (1 - Math.pow(options.beta1, (double) steps));
    double stepSize = learningRateFactor * options.learningRate * correction;
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (int i = 0; i < parameters.size(); i++) {
        Tensor g = gradients.get(i);
        Tensor m = firstMoments.get(i);
        Tensor v = secondMoments.get(i);
        if (options.beta1 == 0) {
          m.copy_(g);
        } else {
          m.mul_(new Scalar(options.beta1)).add_(g, new Scalar(1 - options.beta1));
        }
        v.mul_(new Scalar(options.beta2)).addcmul_(g, g, new Scalar(1 - options.beta2));
        Tensor step = v.sqrt().add_(new Scalar(options.epsilon)).reciprocal_().mul_(m);
        parameters.get(i).add_(step, new Scalar(-stepSize * shortened(step, correction)));
      }
    }
  }

  /** By what a tensor's step is multiplied: at most 1. */
  private double shortened(Tensor step, double correction) {
    if (Double.isInfinite(options.largestStep)) {
      return 1;
    }
    double rootMeanSquare = step.norm().item_double() / Math.sqrt((double) step.numel());
    return Math.min(1, options.largestStep / (correction * rootMeanSquare));
  }

  /**
   * The live moments by name: {@code m.NAME}, the first, and {@code v.NAME}, the second, of each
   * weight. With {@link #steps} they are all that an optimiser remembers.
   */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      state.put("m." + names.get(i), firstMoments.get(i));
      state.put("v." + names.get(i), secondMoments.get(i));
    }
    return state;
  }

  /** The parameters that it changes, in order. */
  public List<Tensor> parameters() {
    return parameters;
  }

  /** Steps done: t. */
  public long steps() {
    return steps;
  }

  /** Goes on as after so many steps; the moments have to be theirs. */
  public void steps(long done) {
    this.steps = done;
  }

  /** Frees the moments. */
  @Override
  public void close() {
    firstMoments.forEach(Tensor::releaseReference);
    secondMoments.forEach(Tensor::releaseReference);
  }

  private static Tensor zerosLike(Tensor parameter) {
    Tensor zeros = torch.zeros_like(parameter);
    zeros.retainReference();
    return zeros;
  }
}
