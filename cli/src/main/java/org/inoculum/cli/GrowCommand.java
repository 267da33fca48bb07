package org.inoculum.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.data.Cutting;
import org.inoculum.data.Reading;
import org.inoculum.torch.Engine;
import org.inoculum.train.ModernRecipe;
import org.inoculum.train.ModernSpeed;
import org.inoculum.train.Preset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inoculum grow}: decides what the other commands are to do, and {@link GrowStages}. */
@Command(
    name = "grow",
    mixinStandardHelpOptions = true,
    description = "Does the whole job: split, train, generate, evaluate, report.",
    footer = {
      "",
      "Example: inoculum grow my-images",
      "         inoculum grow fields --boxes boxes.json --group-by '^(P[0-9]+)_' --minutes 30",
      "The folder that it makes has images (the synthetic data set), report.html and README.md, with the",
      "commands that do the same one by one. Ctrl-C stops; the same command goes on where it stopped."
    })
final class GrowCommand implements Callable<Integer> {
  private static final String SHARE = "--held-out-share";
  private static final double MINUTES = 15;
  private static final double SECONDS_OF_MEASURING = 6;

  /** Options that change nothing of what comes out. */
  private static final Set<String> NOT_KEPT =
      Set.of("--out", "--json", "--preview", "--lines", "--threads", "--dry-run");

  /** Options that other commands get in another way. */
  private static final Set<String> OWN = Set.of("--out", "--json", "--size", "--seed");

  private final Console console;
  private final StopRequest stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DATA",
      description =
          "A folder of images, or of one sub-folder for each class; with --boxes, of fields.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything goes. Default: the name of DATA and -grown, here.")
  private @Nullable Path out;

  @ArgGroup(exclusive = true)
  private @Nullable Length length;

  /** How long is trained. */
  static final class Length {
    @Option(
        names = "--minutes",
        paramLabel = "M",
        description = "Train for about so many minutes on this machine. Default: 15.")
    private @Nullable Double minutes;

    @Option(
        names = "--kimg",
        paramLabel = "K",
        description = "Train until so many thousand real images were shown.")
    private @Nullable Double kimg;
  }

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Synthetic images. Default: ${DEFAULT-VALUE}.")
  private int count = 1000;

  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description =
          "Real images to evaluate on, never trained on. Default: a fifth of DATA, where it has 48 images or more.")
  private @Nullable Path heldOut;

  @Option(
      names = "--no-split",
      description = "Trains on all of DATA and evaluates on the training images themselves.")
  private boolean noSplit;

  @Mixin private GrowAfterwards afterwards = new GrowAfterwards();

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Resolution of the images. Default: ${DEFAULT-VALUE}.")
  private int size = Preset.MODERN.size();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides every random draw. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Changes a hyperparameter of the training (repeatable).")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private CuttingOptions cutting = new CuttingOptions();

  @SuppressWarnings("UnusedVariable") // handed to prepare as it was typed
  @Mixin
  private HoldOutOptions holdOut = new HoldOutOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private SkipBadOption skipBad = new SkipBadOption();

  @Mixin private EngineOptions engine = new EngineOptions();

  @SuppressWarnings("UnusedVariable") // handed to train as it was typed
  @Mixin
  private DisplayOptions display = new DisplayOptions();

  @Option(names = "--dry-run", description = "Says what it found and would do, and stops.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  GrowCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    if (heldOut != null && (noSplit || given().has(SHARE))) {
      throw UserException.usage(
          "--held-out names the images to evaluate on; leave --no-split and " + SHARE + " out");
    }
    afterwards.check();
    if (count < 1) {
      throw UserException.usage("--count must be at least 1, was " + count);
    }
    Path folder = data.toAbsolutePath().normalize();
    Path into = out != null ? out : Path.of(folder.getFileName() + "-grown");
    GrowPlan begun = GrowPlan.in(into);
    List<String> kept = given().typed(name -> !NOT_KEPT.contains(name)).stream().sorted().toList();
    Reading chosen = skipBad.over(reading.over(Reading.DEFAULT));
    GrowData found = GrowData.in(data, cutting.cutting(), size, chosen, console);
    GrowPlan plan;
    if (begun == null) {
      plan = plan(folder, found, kept);
    } else {
      plan = begun;
      plan.requireSame(into, folder.toString(), kept, found.sha256());
    }
    plan.described(data, into, count).forEach(console::note);
    if (!plan.isEvaluatedApart()) {
      console.warn(
          "none are kept aside, so the run is evaluated on its own training images, which flatters it; name others with --held-out DIR");
    }
    if (dryRun) {
      return 0;
    }
    if (begun == null) {
      plan.begin(into);
    } else {
      console.note(into + " was begun before, and goes on");
    }
    return stages(plan, into).run(json);
  }

  private GivenOptions given() {
    return new GivenOptions(spec);
  }

  private GrowStages stages(GrowPlan plan, Path into) {
    List<String> training = new ArrayList<>();
    settings.forEach((name, value) -> training.addAll(List.of("--set", name + "=" + value)));
    training.addAll(List.of("--size", String.valueOf(size), "--seed", String.valueOf(seed)));
    if (plan.prepare() == null) {
      Set<String> ofReading = given().namesOf("inspect", OWN);
      training.addAll(given().typed(name -> ofReading.contains(name) || name.equals("--skip-bad")));
    }
    return new GrowStages(
        console,
        stop,
        plan,
        into,
        data,
        count,
        seed,
        training,
        afterwards.composing(seed),
        afterwards.testing(),
        given().typed(Set.of("--threads", "--precision")::contains),
        given().typed(Set.of("--preview", "--lines", "--no-lines")::contains));
  }

  private GrowPlan plan(Path folder, GrowData found, List<String> kept) {
    double share =
        heldOut != null || noSplit
            ? 0
            : given().has(SHARE) ? Double.parseDouble(given().value(SHARE)) : found.usualShare();
    Optional<ModernSpeed> speed =
        length != null && length.kimg != null ? Optional.empty() : Optional.of(speed());
    double kimg =
        speed
            .map(one -> one.kimgIn(60 * minutes()))
            .map(GrowCommand::round)
            .orElseGet(() -> Objects.requireNonNull(Objects.requireNonNull(length).kimg));
    return new GrowPlan(
        folder.toString(),
        kept,
        found.sha256(),
        found.images(),
        found.counts(),
        kimg,
        speed.map(one -> one.secondsInAll(kimg)).orElse(null),
        cutting.cutting() instanceof Cutting.Whole && share == 0 ? null : prepare(share),
        share,
        heldOut == null ? null : heldOut.toAbsolutePath().normalize().toString(),
        afterwards.tests(found.classes().size()) && (share > 0 || heldOut != null));
  }

  private double minutes() {
    return length == null || length.minutes == null ? MINUTES : length.minutes;
  }

  private static double round(double kimg) {
    return kimg >= 10 ? Math.rint(kimg) : Math.max(0.1, Math.rint(10 * kimg) / 10);
  }

  private ModernSpeed speed() {
    console.note("measuring how fast this machine trains");
    return ModernSpeed.measure(
        Preset.MODERN,
        Settings.apply(ModernRecipe.DEFAULT, settings),
        size,
        Engine.start(engine.threads(), engine.precision()),
        SECONDS_OF_MEASURING);
  }

  private List<String> prepare(double share) {
    List<String> arguments =
        new ArrayList<>(List.of("--size", String.valueOf(size), "--seed", String.valueOf(seed)));
    Set<String> known = given().namesOf("prepare", OWN);
    arguments.addAll(given().typed(known::contains));
    if (share > 0 && !given().has(SHARE)) {
      arguments.addAll(List.of(SHARE, String.valueOf(share)));
    }
    if (share > 0 && !given().has("--near-duplicates")) {
      arguments.addAll(List.of("--near-duplicates", "together"));
    }
    return arguments;
  }
}
