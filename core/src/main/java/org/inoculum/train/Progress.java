package org.inoculum.train;

/**
 * Where a training stands after an iteration; also a line of {@code stats.jsonl}.
 *
 * @param iteration iterations done
 * @param kimg thousands of real images shown
 * @param seconds of training
 * @param imagesPerSecond real images shown, over the last seconds
 * @param d1 discriminator loss on real images
 * @param d2 discriminator loss on fakes
 * @param g generator loss
 * @param accuracyReal share of the real half batch judged right, with dropout
 * @param accuracyFake share of the fake half batch judged right, with dropout
 * @param used share of the budget, 0..1
 */
public record Progress(
    long iteration,
    double kimg,
    double seconds,
    double imagesPerSecond,
    double d1,
    double d2,
    double g,
    double accuracyReal,
    double accuracyFake,
    double used) {

  /** Seconds that the rest will take at the pace so far. */
  public double secondsLeft() {
    return used > 0 ? Math.max(0, seconds / used - seconds) : Double.POSITIVE_INFINITY;
  }
}
