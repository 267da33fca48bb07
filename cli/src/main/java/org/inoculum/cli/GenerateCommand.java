package org.inoculum.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.compose.CellMasks;
import org.inoculum.compose.ComposeRecipe;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.Manifest;
import org.inoculum.data.ReadOptions;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.Generation;
import org.inoculum.generate.GenerationResult;
import org.inoculum.generate.SeedList;
import org.inoculum.generate.Shard;
import org.inoculum.generate.SyntheticFormat;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Generates a synthetic data set from a run: images, manifest, data set card.",
    footer = {
      "",
      "Example: inoculum generate runs/00000-bacillus-modern --count 1000 --out synthetic",
      "Image i of a seed is the same image whatever --count is. Copies of training images,",
      "near-duplicates and blank images are left out and told of in rejected.jsonl; further ones are",
      "drawn until N are accepted. With --train DIR, RUN/samples/nearest.png shows the first 32 beside",
      "their nearest training images; it is not put into --out. What is written and who reads it:",
      "docs/guide/generating.md."
    })
final class GenerateCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Parameters(paramLabel = "RUN", description = "A run directory, as train makes it.")
  private Path run = Path.of("");

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Images to generate; with --shard, images that all parts draw together.")
  private @Nullable Integer count;

  @Option(
      names = "--seeds-file",
      paramLabel = "FILE",
      description =
          "Generate the images that this file lists, exactly, instead: lines such as {\"seed\": 0, \"index\": 17}, to which"
              + " \"class\" and \"truncation\" may be added. Those that the filter keeps out are not replaced.")
  private @Nullable Path seedsFile;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new data set; must not exist.")
  private Path out = Path.of("");

  @Option(names = "--seed", paramLabel = "S", description = "Decides the images. Default: 0.")
  private @Nullable Long seed;

  @Option(
      names = "--truncation",
      paramLabel = "T",
      description =
          "Truncation threshold: resamples what is larger than T in a latent, such as 1, for more usual and less varied images. Default: no truncation.")
  private @Nullable Double truncation;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Generate this class only. Default: all classes, in turn.")
  private @Nullable String className;

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description =
          "The training images, to show the nearest ones, or for a run that does not remember them.")
  private @Nullable Path train;

  @Option(
      names = "--format",
      paramLabel = "folder|webdataset",
      description =
          "folder: PNG files by class, with metadata.jsonl and coco.json. webdataset: tar files of at most 1 GB. Default: folder.")
  private SyntheticFormat format = SyntheticFormat.FOLDER;

  @Option(
      names = "--bits",
      paramLabel = "8|16",
      description =
          "Bits of a sample. 16 gives back the measured values of a run that was trained on files of more than 8 bits."
              + " Default: 8, which every program shows as it is meant.")
  private @Nullable Integer bits;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ToShard.class,
      description =
          "Draw the Ith of N parts of the images 0 to COUNT-1, each into its own --out, for merge to join. What is left out"
              + " is not replaced, and repeats are found by merge.")
  private @Nullable Shard shard;

  @Option(
      names = "--resume",
      description = "Goes on where the same command was stopped or killed, if it was.")
  private boolean resume;

  @Option(
      names = "--no-filter",
      description =
          "Takes every image, without the copy check: copies, repeats and blank images too.")
  private boolean noFilter;

  @Option(
      names = "--masks",
      description =
          "Cuts out the cell of each image, as compose does, and writes boxes and masks to coco-masks.json.")
  private boolean masks;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private SnapshotOption snapshot = new SnapshotOption();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  GenerateCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    GenerateOptions options = options();
    int wanted = options.share();
    if (noFilter && train != null) {
      throw UserException.usage(
          "--train names the images of the copy check, and --no-filter leaves it out");
    }
    if (masks && (format != SyntheticFormat.FOLDER || shard != null)) {
      throw UserException.usage("--masks goes with whole sets in folders, not with tars or shards");
    }
    RunDirectory directory = RunDirectory.open(run);
    long start = System.nanoTime();
    GenerationResult generated;
    try (CountDisplay display = new CountDisplay(console)) {
      generated =
          Generation.generate(
              directory, out, options, training(directory), console::note, display, stop);
    }
    int made = generated.accepted();
    double imagesPerSecond = made / ((System.nanoTime() - start) / 1e9);
    if (!options.isWhole(generated)) {
      console.note(
          "stopped after "
              + made
              + " of "
              + wanted
              + " images; the same command with --resume goes on");
      return Failures.FAILURE;
    }
    int cut = masks ? cutMasks() : 0;
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("out", out.toString());
      result.put("accepted", made);
      if (masks) {
        result.put("masks", cut);
      }
      result.put("rejected", generated.rejected());
      result.put("bits", options.bits().orElse(8));
      result.put("imagesPerSecond", imagesPerSecond);
      console.printJson(result);
    } else {
      console.print(
          out
              + ": "
              + made
              + " images, README.md, manifest.jsonl, contact-sheet.png"
              + (noFilter ? "; not tested for copies" : "; rejected " + generated.rejected())
              + bitsWritten(options, directory));
      if (shard == null) {
        console.next("evaluate", run);
      }
    }
    return 0;
  }

  private int cutMasks() {
    CellMasks.Result result;
    try (CountDisplay display = new CountDisplay(console)) {
      result = CellMasks.write(out, ComposeRecipe.DEFAULT, engine.threads(), display);
    }
    if (!result.rejected().isEmpty()) {
      console.note(
          "%d of %d images have no mask, since no cell could be cut out; the first: %s"
              .formatted(
                  result.rejected().size(),
                  result.rejected().size() + result.masks(),
                  result.rejected().get(0).reason()));
    }
    return result.masks();
  }

  /** Told only where there was a choice: after a training on files of more than 8 bits. */
  private static String bitsWritten(GenerateOptions options, RunDirectory directory) {
    if (directory.dataset(Manifest.class).window() == null) {
      return "";
    }
    return options.bits().orElse(8) == 16
        ? "; 16 bits a sample, measured values"
        : "; 8 bits a sample, and --bits 16 writes measured values";
  }

  private GenerateOptions options() {
    GenerateOptions options =
        new GenerateOptions(
            seedsFile == null ? required(count) : 1,
            seed == null ? 0 : seed,
            engine.threads(),
            engine.precision(),
            !noFilter,
            snapshot.choice(),
            Optional.ofNullable(className),
            format,
            shard == null ? Shard.WHOLE : shard,
            resume,
            GenerateOptions.TAR_BYTES,
            bits == null ? OptionalInt.empty() : OptionalInt.of(bits),
            truncation == null ? Latents.NO_TRUNCATION : truncation);
    if (seedsFile == null) {
      return options;
    }
    if (count != null || seed != null || shard != null || className != null || truncation != null) {
      throw UserException.usage(
          "--seeds-file lists the images, each with its own seed, class and truncation, so --count, --seed, --shard, --class"
              + " and --truncation do not go with it");
    }
    return options.of(SeedList.read(seedsFile));
  }

  private static int required(@Nullable Integer given) {
    if (given == null) {
      throw UserException.usage(
          "either --count=N says how many images to generate, or --seeds-file=FILE which");
    }
    return given;
  }

  /** From the word on the command line. */
  static final class ToShard implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String label) {
      return Shard.parse(label);
    }
  }

  /** The images of --train as the run was fed with them. */
  private Optional<DataSet> training(RunDirectory directory) {
    if (train == null) {
      return Optional.empty();
    }
    ReadOptions asBefore = ReadOptions.as(directory.dataset(Manifest.class));
    return Optional.of(DataSetReader.read(train, asBefore.with(reading.over(asBefore.reading()))));
  }
}
