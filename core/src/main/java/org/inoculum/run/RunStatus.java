package org.inoculum.run;

/**
 * The content of {@code status.json}, replaced whole at every tick.
 *
 * @param state where the run stands
 * @param iteration iterations done
 * @param kimg thousands of real images shown to the discriminator
 * @param seconds time spent training, without loading
 * @param imagesPerSecond real images shown, over the whole time
 * @param message why it ended, or empty
 */
public record RunStatus(
    State state,
    long iteration,
    double kimg,
    double seconds,
    double imagesPerSecond,
    String message) {
  /** The state of a run. */
  public enum State {
    /** A process is training it, or was killed while doing so: the lock tells which. */
    RUNNING,
    /** Its budget was used up. */
    FINISHED,
    /** The user stopped it; what was saved is whole. */
    STOPPED,
    /** Its losses stopped being numbers, twice; what was saved before is whole. */
    DIVERGED,
    /** It could not go on, such as for want of space; what was saved before is whole. */
    FAILED
  }
}
