package org.inoculum.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DataSet;
import org.inoculum.data.FileProgress;
import org.inoculum.data.HeldOutImages;
import org.inoculum.data.Sample;
import org.inoculum.files.Json;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.EventFiles;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Tensors;

/** Writes what a training leaves behind, and tells its listener. */
final class TrainingRecord {
  private static final int SHEET_GAP = 2;
  private static final int WHITE = 255;

  /** TensorBoard keeps ten images in memory; a whole sheet in each would be much. */
  private static final int EVENT_TILES = 16;

  /**
   * Sample grids before images that are all alike mean anything: at first they are, in every run.
   */
  private static final int GRIDS_BEFORE_COLLAPSE = 5;

  private final TrainConfig config;
  private final RunDirectory run;
  private final TrainingListener listener;
  private final double realSpread;
  private final EventFiles events;
  private boolean allAlike;

  /**
   * A record.
   *
   * @param config what decides the training
   * @param run where it is written
   * @param listener who is told as well
   * @param realSpread how much the real images differ, see {@link ModeCollapseCheck#spread}
   */
  TrainingRecord(
      TrainConfig config, RunDirectory run, TrainingListener listener, double realSpread) {
    this.config = config;
    this.run = run;
    this.listener = listener;
    this.realSpread = realSpread;
    this.events = new EventFiles(run);
  }

  /** Makes the run directory, with everything that describes the run. */
  static RunDirectory create(
      TrainConfig config,
      DataSet data,
      ValidationSet validation,
      RunTarget place,
      Engine engine,
      FileProgress progress) {
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put("config.json", config.document());
    documents.put("provenance.json", Json.document(place.provenance(engine)));
    documents.put("dataset.json", Json.document(data.manifest()));
    documents.put(HeldOutImages.FILE, Json.document(validation.written()));
    documents.put("status.json", Json.document(new RunStatus(State.RUNNING, 0, 0, 0, 0, "")));
    return RunDirectory.create(
        place.runs(),
        place.name() + "-" + config.preset().label(),
        documents,
        folder ->
            TrainingImages.write(
                validation.training(), folder.resolve(TrainingImages.FILE), progress));
  }

  /** The record of a run that is about to be trained. */
  static TrainingRecord of(
      TrainConfig config, DataSet data, RunDirectory run, TrainingListener listener) {
    List<Image> reals =
        data.samples().stream().limit(config.recipe().sampleCount()).map(Sample::image).toList();
    listener.started(run);
    run.writeSamples("reals", sheet(reals));
    return new TrainingRecord(config, run, listener, ModeCollapseCheck.spread(reals));
  }

  /** Where it is written. */
  RunDirectory run() {
    return run;
  }

  /** Goes on after this iteration: what was written of later ones is forgotten. */
  void seekTo(long iteration) {
    run.cutLinesAfter(iteration);
    events.begin(iteration);
    allAlike = false;
  }

  /** A line of the log. */
  void log(String line) {
    run.appendLog(line);
    listener.line(line);
  }

  /** A line of the log that asks for attention. */
  void warn(String line) {
    run.appendLog(line);
    listener.warned(line);
  }

  /** The numbers of one iteration. */
  void progress(Progress progress) {
    run.appendStats(progress.line());
    Map<String, Double> scalars = new LinkedHashMap<>(progress.measured());
    scalars.put("kimg", progress.kimg());
    scalars.put("imagesPerSecond", progress.imagesPerSecond());
    events.scalars(progress.iteration(), scalars);
    listener.progressed(progress);
  }

  /** Scores of a snapshot. */
  void evaluated(EvaluationRecord evaluation) {
    run.appendMetrics(evaluation);
    if (evaluation.best()) {
      run.markBest(evaluation.iteration());
    }
    events.scalars(evaluation.iteration(), tagged("scores", evaluation.scores()));
    listener.evaluated(evaluation);
  }

  /** Images of fixed latents, so that the eye sees progress from grid to grid. */
  void sampleGrid(Trainer trainer, long iteration) {
    int count = config.recipe().sampleCount();
    try (PointerScope scope = new PointerScope()) {
      List<Image> images = Tensors.toImages(trainer.samples(count));
      run.writeSamples(RunDirectory.number(iteration), sheet(images));
      events.image(iteration, eventImage(images));
      listener.sampleGridSaved(iteration, images);
      if (iteration >= (long) GRIDS_BEFORE_COLLAPSE * config.recipe().sampleEvery()) {
        warnOfCollapse(iteration, images);
      }
    }
  }

  /** Once, when they begin to be. */
  private void warnOfCollapse(long iteration, List<Image> images) {
    Optional<String> warning =
        ModeCollapseCheck.warning(iteration, ModeCollapseCheck.spread(images), realSpread);
    if (!allAlike) {
      warning.ifPresent(this::warn);
    }
    allAlike = warning.isPresent();
  }

  /** Some of the images, spread over all of them and so over the classes. */
  private static EventFiles.TaggedImage eventImage(List<Image> images) {
    int count = Math.min(EVENT_TILES, images.size());
    List<Image> some =
        IntStream.range(0, count).mapToObj(i -> images.get(i * images.size() / count)).toList();
    Image sheet = contactSheet(some);
    return new EventFiles.TaggedImage(
        "samples", sheet.width(), sheet.height(), sheet.channels(), Png.encode(sheet));
  }

  /** The generator, for use. */
  void snapshot(Trainer trainer, long iteration) {
    run.writeSnapshot(
        iteration,
        trainer.encodeGenerator(),
        sha256 -> trainer.describeGenerator(iteration, config.kimg(iteration), sha256));
    listener.snapshotSaved(iteration);
  }

  /** Everything, for resuming. */
  void checkpoint(Trainer trainer, CheckpointMetadata point) {
    events.force();
    run.writeCheckpoint(point.iteration(), CheckpointMetadata.files(config, point, trainer));
    listener.checkpointSaved(point.iteration());
  }

  /** Where the run stands now. */
  RunStatus status(State state, long iteration, double seconds, String message) {
    double kimg = config.kimg(iteration);
    RunStatus status =
        new RunStatus(
            state, iteration, kimg, seconds, seconds > 0 ? 1000 * kimg / seconds : 0, message);
    if (state == State.FINISHED || state == State.STOPPED) {
      events.force(); // a finished run is never resumed, which would cut a torn event
    }
    run.writeStatus(status);
    return status;
  }

  /** The last status of a training that could not go on, as far as the disk allows. */
  void failed(long iteration, double seconds, String message) {
    try {
      status(State.FAILED, iteration, seconds, message);
    } catch (UserException e) {
      // The failure that led here is the one to report; that the owner is dead tells the rest.
    }
  }

  private static byte[] sheet(List<Image> tiles) {
    return Png.encode(contactSheet(tiles), Map.of("Software", Inoculum.program()));
  }

  private static Image contactSheet(List<Image> tiles) {
    return ContactSheet.of(tiles, ContactSheet.columnsFor(tiles.size()), SHEET_GAP, WHITE);
  }

  private static Map<String, Double> tagged(String group, Map<String, Double> scalars) {
    Map<String, Double> tagged = new LinkedHashMap<>();
    scalars.forEach((name, number) -> tagged.put(group + "/" + name, number));
    return tagged;
  }
}
