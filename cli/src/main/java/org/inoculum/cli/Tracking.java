package org.inoculum.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.image.Image;
import org.inoculum.mlflow.MlflowRun;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.train.EvaluationRecord;
import org.inoculum.train.Progress;
import org.inoculum.train.TrainingListener;

/**
 * Tells a training's display, and an MLflow server where there is one.
 *
 * @param display that is shown; whoever made it closes it
 * @param mlflow the server's run, which is closed with this
 */
record Tracking(TrainingListener display, Optional<MlflowRun> mlflow)
    implements TrainingListener, AutoCloseable {
  private void each(Consumer<TrainingListener> tell) {
    tell.accept(display);
    mlflow.ifPresent(tell);
  }

  @Override
  public void preparing(String doing, int done, int total) {
    each(one -> one.preparing(doing, done, total));
  }

  @Override
  public void started(RunDirectory run) {
    each(one -> one.started(run));
  }

  @Override
  public void line(String text) {
    each(one -> one.line(text));
  }

  @Override
  public void warned(String text) {
    each(one -> one.warned(text));
  }

  @Override
  public void progressed(Progress progress) {
    each(one -> one.progressed(progress));
  }

  @Override
  public void evaluated(EvaluationRecord evaluation) {
    each(one -> one.evaluated(evaluation));
  }

  @Override
  public void sampleGridSaved(long iteration, List<Image> images) {
    each(one -> one.sampleGridSaved(iteration, images));
  }

  @Override
  public void snapshotSaved(long iteration) {
    each(one -> one.snapshotSaved(iteration));
  }

  @Override
  public void checkpointSaved(long iteration) {
    each(one -> one.checkpointSaved(iteration));
  }

  /** How the training ended. */
  void ended(RunStatus status) {
    mlflow.ifPresent(run -> run.ended(status));
  }

  @Override
  public void close() {
    mlflow.ifPresent(MlflowRun::close);
  }
}
