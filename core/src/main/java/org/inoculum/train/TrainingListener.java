package org.inoculum.train;

import org.inoculum.run.RunDirectory;

/** What a training tells whoever started it, from the training's own thread. */
public interface TrainingListener {
  /** The run directory exists, with everything that describes the run. */
  void started(RunDirectory run);

  /** A line of the log: the article's console lines, and remarks. */
  void line(String text);

  /** An iteration is done. */
  void progressed(Progress progress);

  /** A snapshot was judged. */
  default void judged(Judgement judgement) {}
}
