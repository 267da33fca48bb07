package org.inoculum.train;

import java.util.Locale;
import org.inoculum.UserException;

/**
 * The length of a training.
 *
 * @param unit of the amount
 * @param amount above 0
 */
public record Budget(Unit unit, double amount) {
  /** The unit of a budget. */
  public enum Unit {
    /** Minutes of training, without loading. */
    MINUTES,
    /** Thousands of real images shown to the discriminator. */
    KIMG,
    /** Passes over the data: baseline(images / batch) iterations each, at least 1. */
    EPOCHS,
    /** Iterations: updates of the generator. */
    ITERATIONS
  }

  /** Checks the amount. */
  public Budget {
    if (!(amount > 0) || Double.isInfinite(amount)) {
      throw UserException.usage(
          "the number of "
              + unit.name().toLowerCase(Locale.ROOT)
              + " must be above 0, was "
              + amount);
    }
  }

  /** Such as "60.0 minutes". */
  String describe() {
    return amount + " " + unit.name().toLowerCase(Locale.ROOT);
  }

  /** How much of the budget is used up; 1 or more is the end. */
  double progress(long iteration, double kimg, double seconds, long iterationsPerEpoch) {
    double done =
        switch (unit) {
          case MINUTES -> seconds / 60;
          case KIMG -> kimg;
          case EPOCHS -> (double) iteration / iterationsPerEpoch;
          case ITERATIONS -> iteration;
        };
    return done / amount;
  }
}
