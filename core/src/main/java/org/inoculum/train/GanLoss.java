package org.inoculum.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The objective of the two networks; f(t) = log(1 + e^-t) unless said otherwise. */
public enum GanLoss {
  /**
   * Each real against a fake of its own: D minimises f(D(real) - D(fake)), G the reverse
   * (Jolicoeur-Martineau, 1807.00734; with both gradient penalties Huang et al., 2501.05441,
   * equation 2).
   */
  RELATIVISTIC,
  /** D minimises f(D(real)) + f(-D(fake)), G f(D(fake)) (Goodfellow et al., 1406.2661). */
  NON_SATURATING,
  /**
   * D minimises max(0, 1 - D(real)) + max(0, 1 + D(fake)), G -D(fake) (Lim &amp; Ye, 1705.02894).
   */
  HINGE;

  /** Above it, the discriminator's slope is so near 0 that floats cannot undo it. */
  private static final double LARGEST_LEAD = 60;

  /** The discriminator's loss, a scalar, from the logits (N) of both kinds. */
  Tensor ofDiscriminator(Tensor real, Tensor fake) {
    return switch (this) {
      case RELATIVISTIC -> torch.softplus(fake.sub(real)).mean();
      case NON_SATURATING -> torch.softplus(real.neg()).mean().add(torch.softplus(fake).mean());
      case HINGE ->
          torch
              .relu(real.neg().add(new Scalar(1)))
              .mean()
              .add(torch.relu(fake.add(new Scalar(1))).mean());
    };
  }

  /** The generator's loss, a scalar; {@code real} are logits (N) without a gradient. */
  Tensor ofGenerator(Tensor real, Tensor fake) {
    return switch (this) {
      case RELATIVISTIC -> torch.softplus(real.sub(fake)).mean();
      case NON_SATURATING -> torch.softplus(fake.neg()).mean();
      case HINGE -> fake.neg().mean();
    };
  }

  /**
   * Whether the generator's loss has a slope at a fake's logit only where the discriminator's has.
   */
  boolean slopesAreProportional() {
    return this != HINGE;
  }

  /**
   * The slope of the generator's loss at each fake's logit divided by that of the discriminator's:
   * (N). With s the logistic function, s(-x) / s(x) = e^-x.
   */
  Tensor ratioOfSlopes(Tensor real, Tensor fake) {
    Tensor lead =
        switch (this) {
          case RELATIVISTIC -> real.sub(fake);
          case NON_SATURATING -> fake.neg();
          case HINGE -> throw new IllegalStateException("the slopes are not proportional");
        };
    return lead.clamp_max(new Scalar(LARGEST_LEAD)).exp().neg();
  }
}
