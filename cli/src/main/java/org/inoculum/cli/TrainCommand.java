package org.inoculum.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.files.Storage;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.train.AugmentationPreview;
import org.inoculum.train.HeldOutFolder;
import org.inoculum.train.Preset;
import org.inoculum.train.RunTarget;
import org.inoculum.train.TrainConfig;
import org.inoculum.train.Training;
import org.inoculum.train.ValidationSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inoculum train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains a generator on a folder of images and leaves a run directory.",
    footer = {
      "",
      "Example: inoculum train my-images --minutes 15 --held-out held-out",
      "DATA is a folder of PNG, JPEG or TIFF images (one class), or of sub-folders (one class each), or",
      "one that holds MNIST's train-images-idx3-ubyte[.gz]. Other sizes are cropped and resized.",
      "Ctrl-C saves and stops."
    })
final class TrainCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DATA", description = "The training images.")
  private Path data = Path.of("");

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      converter = ToPreset.class,
      completionCandidates = PresetNames.class,
      description =
          "modern makes images by class from few, in minutes; tiny is the same at 32 pixels; classic is the DCGAN of an article (docs/explanation). Default: modern.")
  private @Nullable Preset preset;

  @ArgGroup(exclusive = true)
  private @Nullable BudgetOptions budget;

  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Option(
      names = "--batch",
      paramLabel = "B",
      description =
          "Images of a generator update; classic shows the discriminator half as many real ones. Default: the preset's (classic: 256, modern and tiny: 8).")
  private @Nullable Integer batch;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Resolution of the images. Default: 128 (tiny: 32); idx files keep their own.")
  private @Nullable Integer size;

  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description =
          "Real images that are not trained on, in class folders like DATA; snapshots are evaluated on them. Default: an eighth of DATA where it has 256 images or more, otherwise the training images themselves.")
  private @Nullable Path heldOut;

  @Option(
      names = "--no-split",
      description = "Trains on all of DATA and evaluates on the training images themselves.")
  private boolean noSplit;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "The folder of all runs. Default: ${DEFAULT-VALUE}.")
  private Path runs = Path.of("runs");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the run is called. Default: the data folder's name.")
  private @Nullable String name;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides every random draw. Default: 0.")
  private @Nullable Long seed;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private SkipBadOption skipBad = new SkipBadOption();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private DisplayOptions display = new DisplayOptions();

  @Mixin private MlflowOptions mlflow = new MlflowOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A run's config.json: repeats that run; other options here come on top.")
  private @Nullable Path configFile;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Changes a hyperparameter, such as learningRate=1e-4 (repeatable); an unknown name lists them all.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--preview-augment",
      paramLabel = "FILE",
      description =
          "Writes a sheet of training images and of what augmentation makes of them (PNG), and stops.")
  private @Nullable Path preview;

  @Option(names = "--dry-run", description = "Prints the resolved configuration and stops.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  TrainCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    mlflow.check();
    TrainConfig base = configFile == null ? null : TrainConfig.read(configFile);
    // Mistakes on the command line come before mistakes in the data, which take longer to find.
    if (heldOut != null && noSplit) {
      throw UserException.usage(
          "--held-out says on what to evaluate, and --no-split to evaluate on the training images");
    }
    resolve(base, size == null ? chosen(base).size() : size, 3, ValidationSource.TRAINING_IMAGES);
    OptionalInt wanted =
        size != null
            ? OptionalInt.of(size)
            : base != null
                ? OptionalInt.of(base.size())
                : preset == Preset.TINY ? OptionalInt.of(preset.size()) : OptionalInt.empty();
    ReadOptions asked = ReadOptions.DEFAULT.with(reading(base));
    DataSet images;
    try (CountDisplay display = new CountDisplay(console)) {
      images =
          DataSetReader.read(
              data, wanted.isPresent() ? asked.withSize(wanted.getAsInt()) : asked, display);
    }
    SkipBadOption.warnOfSkipped(console, images.skipped(), images.samples().size());
    images.notes().forEach(console::note);
    TrainConfig config =
        resolve(base, images.size(), images.channels(), validationSet(base, images));
    if (dryRun) {
      console.out().print(config.document());
      console.out().flush();
      return 0;
    }
    if (preview != null) {
      Storage.refuseExisting(preview);
      Storage.writeFile(preview, Png.encode(AugmentationPreview.sheet(config, images)));
      console.out().println(preview);
      return 0;
    }
    Optional<HeldOutFolder> validation =
        Optional.ofNullable(heldOut).map(folder -> heldOut(folder, images));
    return train(config, images, validation);
  }

  private HeldOutFolder heldOut(Path folder, DataSet training) {
    DataSet images = DataSetReader.read(folder, ReadOptions.like(training));
    SkipBadOption.warnOfSkipped(console, images.skipped(), images.samples().size());
    return new HeldOutFolder(folder, images);
  }

  private Reading reading(@Nullable TrainConfig base) {
    return skipBad.over(reading.over(base == null ? Reading.DEFAULT : base.reading()));
  }

  private ValidationSource validationSet(@Nullable TrainConfig base, DataSet images) {
    if (heldOut != null) {
      return ValidationSource.HELD_OUT_FOLDER;
    }
    if (noSplit) {
      return ValidationSource.TRAINING_IMAGES;
    }
    return base == null ? ValidationSource.unasked(images) : base.validationSet();
  }

  private int train(TrainConfig config, DataSet images, Optional<HeldOutFolder> validation) {
    List<String> command = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
    RunTarget place = new RunTarget(runs, name == null ? images.root() : name, data, command);
    RunStatus status;
    RunDirectory run;
    try (TrainingDisplay shown = display.of(console, config.preset());
        Tracking tracking = mlflow.tracking(console, shown)) {
      status =
          Training.train(config, images, validation, place, checkpoints.plan(), tracking, stop);
      tracking.ended(status);
      run = Objects.requireNonNull(shown.run());
    }
    TrainingDisplay.result(console, run, status, json);
    return 0;
  }

  private Preset chosen(@Nullable TrainConfig base) {
    return preset != null ? preset : base != null ? base.preset() : Preset.MODERN;
  }

  /** Defaults, then the preset, then --config, then the options here. */
  private TrainConfig resolve(
      @Nullable TrainConfig base, int dataSize, int channels, ValidationSource validationSet) {
    Preset chosen = chosen(base);
    if (base != null && base.preset() != chosen) {
      throw UserException.usage(
          "--preset "
              + chosen.label()
              + " contradicts --config, which is one of the preset "
              + base.preset().label());
    }
    TrainConfig start =
        base != null
            ? base
            : new TrainConfig(
                chosen,
                chosen.budget(),
                chosen.batch(),
                dataSize,
                channels,
                0,
                engine.threads(),
                engine.precision(),
                Reading.DEFAULT,
                validationSet,
                chosen.recipe());
    return new TrainConfig(
        chosen,
        budget == null ? start.budget() : budget.budget(),
        batch == null ? start.batch() : batch,
        dataSize,
        channels,
        seed == null ? start.seed() : seed,
        engine.threadsOr(start.threads()),
        engine.precisionOr(start.precision()),
        reading(base),
        validationSet,
        Settings.apply(start.recipe(), settings));
  }

  /** The names that a shell completes. */
  static final class PresetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Preset.values()).map(Preset::label).iterator();
    }
  }

  /** From the word on the command line. */
  static final class ToPreset implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String label) {
      return Arrays.stream(Preset.values())
          .filter(preset -> preset.label().equalsIgnoreCase(label))
          .findFirst()
          .orElseThrow(
              () ->
                  Suggestions.unknown(
                      "preset", label, Arrays.stream(Preset.values()).map(Preset::label).toList()));
    }
  }
}
