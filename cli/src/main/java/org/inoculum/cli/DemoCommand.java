package org.inoculum.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.DrawnFields;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ReadOptions;
import org.inoculum.files.Storage;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.Generation;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.train.Budget;
import org.inoculum.train.CheckpointPlan;
import org.inoculum.train.Preset;
import org.inoculum.train.RunTarget;
import org.inoculum.train.TrainConfig;
import org.inoculum.train.Training;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inoculum demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Does the whole job on 64 drawn bacilli: train, generate, show.",
    footer = {
      "",
      "Example: inoculum demo",
      "The recipe is modern, at 64 pixels to fit into minutes. With --fields nothing is trained: DIR gets",
      "whole drawn smears with the truth (coco.json with masks), fields without bacilli, and single ones."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int IMAGES = 64;
  private static final int SIZE = 64;
  private static final double MINUTES = 3;
  private static final String CLASS = "bacillus";

  private final Console console;
  private final StopRequest stop;

  @Option(names = "--minutes", paramLabel = "M", description = "How long to train. Default: 3.")
  private @Nullable Double minutes;

  @Option(
      names = "--fields",
      description = "Only draws fields of view with the truth, to try what is done with fields.")
  private boolean fields;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything goes; must not exist. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("demo");

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the drawing and the training. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private DisplayOptions display = new DisplayOptions();

  DemoCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    Storage.refuseExisting(out);
    if (fields) {
      return drawFields();
    }
    TrainConfig config = config();
    Path drawn = out.resolve("images");
    draw(drawn);
    console.note("drew " + IMAGES + " bacilli: " + drawn);

    DataSet images = DataSetReader.read(drawn.resolve(CLASS), ReadOptions.DEFAULT.withSize(SIZE));
    RunDirectory run;
    RunStatus status;
    try (TrainingDisplay shown = display.of(console, config.preset())) {
      status =
          Training.train(
              config,
              images,
              new RunTarget(out.resolve("runs"), CLASS, drawn.resolve(CLASS), List.of("demo")),
              CheckpointPlan.DEFAULT,
              shown,
              stop);
      run = Objects.requireNonNull(shown.run());
    }
    if (status.state() == RunStatus.State.STOPPED) {
      console.print("stopped; the run is in " + run.path());
      return Failures.FAILURE;
    }

    Path generated = out.resolve("synthetic");
    try {
      generate(run, generated, images, true);
    } catch (UserException e) {
      if (e.kind() != UserException.Kind.FAILURE) {
        throw e;
      }
      console.note(String.valueOf(e.getMessage()));
      console.note(
          "generating without the filter, to show what there is after so short a training");
      generate(run, generated, images, false);
    }
    console.print("drawn images:     " + drawn.resolve("contact-sheet.png"));
    console.print("generated images: " + generated.resolve("contact-sheet.png"));
    Path nearest = run.path().resolve("samples/nearest.png");
    if (Files.exists(nearest)) {
      console.print("beside the drawn: " + nearest);
    }
    console.print("the training:     " + run.path());
    return 0;
  }

  private void generate(RunDirectory run, Path generated, DataSet images, boolean filter) {
    GenerateOptions options =
        new GenerateOptions(
            IMAGES,
            seed,
            engine.threads(),
            engine.precision(),
            filter,
            SnapshotChoice.BEST,
            Optional.empty());
    Generation.generate(
        run, generated, options, Optional.of(images), console::note, FileProgress.NONE, stop);
  }

  private int drawFields() {
    if (minutes != null) {
      throw UserException.usage("--minutes is for a training, and with --fields there is none");
    }
    DrawnFields.write(out, seed);
    console.print("annotated fields: " + out.resolve("train"));
    console.print("held-out fields:  " + out.resolve("held-out"));
    console.print("without bacilli:  " + out.resolve("negatives"));
    console.print("single bacilli:   " + out.resolve("crops"));
    console.print("their masks:      " + out.resolve("crops-truth").resolve("coco.json"));
    return 0;
  }

  private void draw(Path folder) {
    List<Image> drawn =
        IntStream.range(0, IMAGES)
            .mapToObj(i -> DrawnBacilli.draw(seed, i, ReadOptions.FOLDER_SIZE))
            .toList();
    Storage.createFolders(out);
    Storage.newFolder(
        folder,
        part -> {
          Path images = part.resolve(CLASS);
          Storage.createFolders(images);
          for (int i = 0; i < IMAGES; i++) {
            Storage.writeInto(
                images.resolve(String.format(Locale.ROOT, "%02d.png", i)),
                Png.encode(drawn.get(i)));
          }
          Storage.writeInto(
              part.resolve("contact-sheet.png"),
              Png.encode(
                  ContactSheet.of(drawn, ContactSheet.columnsFor(IMAGES), 2, 255),
                  Map.of("Software", Inoculum.program())));
        });
  }

  private TrainConfig config() {
    return new TrainConfig(
        Preset.MODERN,
        new Budget(Budget.Unit.MINUTES, minutes == null ? MINUTES : minutes),
        Preset.MODERN.batch(),
        SIZE,
        3,
        seed,
        engine.threads(),
        engine.precision(),
        Preset.MODERN.recipe());
  }
}
