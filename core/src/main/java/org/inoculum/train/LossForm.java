package org.inoculum.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The two ways in which versions of Keras compute the same binary cross-entropy after a sigmoid.
 */
public enum LossForm {
  /**
   * From the logit: -log sigmoid(x) = softplus(-x). Its gradient never vanishes for a wrong answer.
   */
  LOGITS {
    @Override
    Tensor of(Tensor logits, boolean real) {
      return torch.softplus(real ? logits.neg() : logits).mean();
    }
  },
  /**
   * From the probability, clipped to [1e-7, 1 - 1e-7]. Outside of that range the gradient is
   * exactly zero.
   */
  CLIPPED {
    @Override
    Tensor of(Tensor logits, boolean real) {
      Tensor probability =
          torch.clamp(
              logits.sigmoid(),
              new ScalarOptional(new Scalar(KERAS_EPSILON)),
              new ScalarOptional(new Scalar(1 - KERAS_EPSILON)));
      return (real ? probability : probability.neg().add(new Scalar(1.0))).log().mean().neg();
    }
  };

  private static final double KERAS_EPSILON = 1e-7;

  /**
   * The mean cross-entropy against one label.
   *
   * @param logits (N), in 32-bit floats
   * @param real the label: true for 1
   * @return a single number
   */
  abstract Tensor of(Tensor logits, boolean real);
}
