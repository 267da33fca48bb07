package org.inoculum.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.HeldOutImages;
import org.inoculum.data.ReadOptions;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.train.HeldOutFolder;
import org.inoculum.train.ResumeOptions;
import org.inoculum.train.TrainConfig;
import org.inoculum.train.Training;
import org.inoculum.train.ValidationSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Continues a training that was stopped or killed.",
    footer = {
      "",
      "Example: inoculum resume runs/00000-my-images-modern --minutes 120",
      "A budget counts from the beginning of the training, with what was trained before. Another",
      "configuration or other images are refused; another number of threads is possible, and then the",
      "last bits differ."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Parameters(paramLabel = "RUN", description = "A run directory, as train makes it.")
  private Path run = Path.of("");

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description = "The training images, where they have moved. Default: where they were.")
  private @Nullable Path train;

  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description = "The held-out images, where they have moved. Default: where they were.")
  private @Nullable Path heldOut;

  @ArgGroup(exclusive = true)
  private @Nullable BudgetOptions budget;

  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Intra-op threads. Default: as before.")
  private @Nullable Integer threads;

  @Mixin private DisplayOptions display = new DisplayOptions();

  @Mixin private MlflowOptions mlflow = new MlflowOptions();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  ResumeCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    mlflow.check();
    RunDirectory directory = RunDirectory.open(run);
    TrainConfig config = Training.config(directory);
    ResumeOptions wish =
        new ResumeOptions(
            Optional.ofNullable(budget).map(BudgetOptions::budget),
            threads == null ? OptionalInt.empty() : OptionalInt.of(threads),
            checkpoints.plan());
    Path images = train == null ? imagesOf(directory) : train;
    DataSet dataSet =
        DataSetReader.read(
            images, ReadOptions.DEFAULT.withSize(config.size()).with(config.reading()));
    RunStatus status;
    try (TrainingDisplay shown = display.of(console, config.preset());
        Tracking tracking = mlflow.tracking(console, shown)) {
      status =
          Training.resume(
              directory, dataSet, heldOut(directory, config, dataSet), wish, tracking, stop);
      tracking.ended(status);
    }
    TrainingDisplay.result(console, directory, status, json);
    return 0;
  }

  private static Path imagesOf(RunDirectory directory) {
    try {
      return Path.of(directory.provenance().data());
    } catch (UserException | InvalidPathException e) {
      throw UserException.badData(
          "nothing tells where the training images lie, so name their folder with --train DIR: "
              + e.getMessage(),
          e);
    }
  }

  private static @Nullable Path heldOutOf(RunDirectory directory, TrainConfig config) {
    if (config.validationSet() != ValidationSource.HELD_OUT_FOLDER) {
      return null;
    }
    try {
      String before = HeldOutImages.read(directory.path()).folder();
      return before == null ? null : Path.of(before);
    } catch (UserException | InvalidPathException e) {
      throw UserException.badData(
          "nothing tells where the held-out images lie, so name their folder with --held-out DIR: "
              + e.getMessage(),
          e);
    }
  }

  private Optional<HeldOutFolder> heldOut(
      RunDirectory directory, TrainConfig config, DataSet training) {
    Path folder = heldOut != null ? heldOut : heldOutOf(directory, config);
    if (folder == null) {
      return Optional.empty();
    }
    return Optional.of(
        new HeldOutFolder(folder, DataSetReader.read(folder, ReadOptions.like(training))));
  }
}
