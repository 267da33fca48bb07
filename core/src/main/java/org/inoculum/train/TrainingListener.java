package org.inoculum.train;

import java.util.List;
import org.inoculum.image.Image;
import org.inoculum.run.RunDirectory;

/** A listener to a training, called from the training's own thread. */
public interface TrainingListener {
  /**
   * Before the run directory exists: another one of the training images has been looked at.
   *
   * @param doing what is done with them
   */
  default void preparing(String doing, int done, int total) {}

  /** The run directory exists, with everything that describes the run. */
  void started(RunDirectory run);

  /** A line of the log: the article's console lines, and remarks. */
  void line(String text);

  /** A line of the log that asks for attention, such as of a collapse or a divergence. */
  default void warned(String text) {
    line(text);
  }

  /** An iteration is done. */
  void progressed(Progress progress);

  /** A snapshot was evaluated. */
  default void evaluated(EvaluationRecord evaluation) {}

  /** There are new images of the fixed latents. */
  default void sampleGridSaved(long iteration, List<Image> images) {}

  /** A snapshot was saved. */
  default void snapshotSaved(long iteration) {}

  /** A checkpoint was saved. */
  default void checkpointSaved(long iteration) {}
}
