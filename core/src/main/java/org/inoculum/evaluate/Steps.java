package org.inoculum.evaluate;

import org.inoculum.data.FileProgress;

/** How far an evaluation is, in steps that take about as long as one another. */
final class Steps {
  /** A single class has few images. */
  static final int OF_A_CLASS = 1;

  private final FileProgress progress;
  private final int total;
  private int done;

  /** Of so many steps. */
  Steps(FileProgress progress, int total) {
    this.progress = progress;
    this.total = total;
    progress.at("scoring", "steps", 0, total);
  }

  /** So many more are done. */
  void done(int more) {
    done = Math.min(total, done + more);
    progress.at("scoring", "steps", done, total);
  }
}
