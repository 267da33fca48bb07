package org.inoculum.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.annotation.BoxFormat;
import org.inoculum.compose.ComposeOptions;
import org.inoculum.compose.ComposeRecipe;
import org.inoculum.compose.Composition;
import org.inoculum.compose.CompositionResult;
import org.inoculum.compose.Modality;
import org.inoculum.files.Json;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.Generation;
import org.inoculum.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum compose}. */
@Command(
    name = "compose",
    mixinStandardHelpOptions = true,
    description =
        "Composes annotated fields of view: cells from crops, laid on ground without cells.",
    footer = {
      "",
      "Example: inoculum compose synthetic --ground negative-fields --count 200 --out fields",
      "         inoculum compose cells --ground fields --clean boxes.csv --count 200 --out composed",
      "Field i of a seed is the same field whatever --count and --threads are. The same command goes",
      "on where it was stopped or killed. What is written, and how it is made: docs/guide/fields.md."
    })
final class ComposeCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Parameters(
      paramLabel = "CELLS",
      description =
          "Crops with one cell in the middle of each: a folder, or one of a sub-folder for each class; a synthetic data set; or a run, from which cells are generated.")
  private Path cells = Path.of("");

  @Option(
      names = "--ground",
      required = true,
      paramLabel = "DIR",
      description = "Fields of view without cells; with --clean, annotated ones.")
  private Path ground = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new set; must not exist.")
  private Path out = Path.of("");

  @Option(names = "--count", required = true, paramLabel = "N", description = "Fields to compose.")
  private int count;

  @Option(
      names = "--clean",
      paramLabel = "FILE|DIR",
      description =
          "Annotations of the objects in the ground, in any format that prepare --boxes reads; each is replaced by a fitting part of its field.")
  private @Nullable Path clean;

  @Option(
      names = "--clean-format",
      paramLabel = "FORMAT",
      converter = CuttingOptions.ToFormat.class,
      description = "How they are written, as in prepare --boxes-format. Default: found.")
  private @Nullable BoxFormat format;

  @Option(
      names = "--per-field",
      paramLabel = "N|A-B|FILE",
      description =
          "Cells of a field: a number, a range, or as many as objects in the images of an annotation file. Default: a mixture with a mean of 16.")
  private @Nullable String perField;

  @Option(
      names = "--modality",
      paramLabel = "auto|brightfield|fluorescence|other",
      converter = ComposeWords.ToModality.class,
      description =
          "Whether cells absorb light, shine, or neither (phase contrast): then they are blended. Default: auto, found from the crops.")
  private Optional<Modality> modality = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "NAME=W",
      split = ",",
      description = "Classes to lay and how often, such as a=2,b=1. Default: all classes alike.")
  private Map<String, Double> classes = new LinkedHashMap<>();

  @Option(
      names = "--clusters",
      paramLabel = "one|each",
      description =
          "Whether cells that touch are one object with one box, or each has its own; masks tell cells apart in any case. Default: one.")
  private ComposeOptions.Clusters clusters = ComposeOptions.Clusters.ONE;

  @Option(
      names = "--groups",
      paramLabel = "SHARE",
      description = "Share of cells that have others beside them. Default: 0.22.")
  private @Nullable Double groups;

  @Option(
      names = "--match",
      paramLabel = "ground|none",
      description =
          "ground: a field's cells come from crops whose ground or stain is like it. none: from all. Default: ground.")
  private ComposeWords.Match match = ComposeWords.Match.GROUND;

  @Option(
      names = "--lay",
      paramLabel = "cut|rectangle",
      description =
          "cut: cells are cut out. rectangle: a rectangle of the crop is pasted, the baseline that utility --compare takes. Default: cut.")
  private ComposeOptions.Laying laying = ComposeOptions.Laying.CUT;

  @Option(
      names = "--scale",
      paramLabel = "A-B",
      converter = ComposeWords.ToRange.class,
      description = "Random scale of each cell. Default: 0.85-1.25.")
  private ComposeWords.@Nullable Range scale;

  @Option(
      names = "--strength",
      paramLabel = "A-B",
      converter = ComposeWords.ToRange.class,
      description = "Random strength of a field's cells. Default: 0.8-1.25.")
  private ComposeWords.@Nullable Range strength;

  @Option(
      names = "--blur",
      paramLabel = "S",
      description =
          "Deviation of each cell's random blur, in pixels of a crop of 128. Default: 0.5.")
  private @Nullable Double blur;

  @Option(
      names = "--box-margin",
      paramLabel = "auto|N",
      converter = ComposeWords.ToMargin.class,
      description =
          "Pixels from a cell's mask to its box. Default: auto, as in the boxes of --clean; without them 8 in a crop of 128.")
  private OptionalDouble boxMargin = OptionalDouble.empty();

  @Option(
      names = "--cell-scale",
      paramLabel = "S",
      description =
          "Pixels of a field for each of a crop, where the magnification differs. Default: 1.")
  private @Nullable Double cellScale;

  @Option(
      names = "--generated",
      paramLabel = "N",
      description =
          "Cells to generate where CELLS is a run; they lie in cells/ of the set. Default: ${DEFAULT-VALUE}.")
  private int generated = 256;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Changes a hyperparameter, such as clusterGap=5 (repeatable); an unknown name lists them all.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the fields. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Fields at a time. Default: all CPUs.")
  private @Nullable Integer threads;

  @Mixin private SnapshotOption snapshot = new SnapshotOption();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  ComposeCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    ComposeOptions options = options();
    boolean isRun = Files.isRegularFile(cells.resolve("config.json"));
    Optional<CompositionResult> made;
    try (CountDisplay display = new CountDisplay(console)) {
      made =
          Composition.compose(
              cells,
              out,
              options,
              isRun ? Optional.of(folder -> generate(folder, options, display)) : Optional.empty(),
              console::note,
              display,
              stop);
    }
    if (made.isEmpty()) {
      console.note("stopped; the same command goes on");
      return Failures.FAILURE;
    }
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("out", out.toString());
      result.putAll(Json.tree(made.get()));
      console.printJson(result);
    } else {
      console.print(ComposeWords.summary(out, made.get()));
      console.note(
          "next: look at %s and %s"
              .formatted(out.resolve("contact-sheet.png"), out.resolve("README.md")));
    }
    return 0;
  }

  private boolean generate(Path folder, ComposeOptions options, CountDisplay display) {
    EngineOptions engine = new EngineOptions();
    GenerateOptions wanted =
        new GenerateOptions(
            options.generated(),
            options.seed(),
            options.threads(),
            engine.precision(),
            true,
            snapshot.choice(),
            Optional.empty());
    return wanted.isWhole(
        Generation.generate(
            RunDirectory.open(cells),
            folder,
            wanted,
            Optional.empty(),
            console::note,
            display,
            stop));
  }

  private ComposeOptions options() {
    Map<String, String> changed = new LinkedHashMap<>();
    if (groups != null) {
      changed.put("groupShare", String.valueOf(groups));
    }
    if (scale != null) {
      changed.put("scaleLow", String.valueOf(scale.low()));
      changed.put("scaleHigh", String.valueOf(scale.high()));
    }
    if (strength != null) {
      changed.put("strengthLow", String.valueOf(strength.low()));
      changed.put("strengthHigh", String.valueOf(strength.high()));
    }
    if (blur != null) {
      changed.put("blurSpread", String.valueOf(blur));
      changed.put("blurMean", String.valueOf(Math.min(blur, ComposeRecipe.DEFAULT.blurMean())));
    }
    changed.putAll(settings);
    ComposeRecipe recipe = Settings.apply(ComposeRecipe.DEFAULT, changed);
    if (clean == null && format != null) {
      throw UserException.usage("--clean-format belongs to --clean");
    }
    return new ComposeOptions(
        ground,
        Optional.ofNullable(clean),
        format,
        count,
        Optional.ofNullable(perField),
        modality,
        classes,
        clusters,
        match == ComposeWords.Match.GROUND,
        laying,
        boxMargin,
        cellScale == null ? OptionalDouble.empty() : OptionalDouble.of(cellScale),
        generated,
        seed,
        threads == null ? Runtime.getRuntime().availableProcessors() : threads,
        recipe);
  }
}
