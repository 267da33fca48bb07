package org.inoculum.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.Manifest;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.evaluate.Comparison;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.FeatureSpace;
import org.inoculum.evaluate.OnnxFeatures;
import org.inoculum.evaluate.PixelFeatures;
import org.inoculum.evaluate.RunEvaluation;
import org.inoculum.evaluate.RunImages;
import org.inoculum.evaluate.ScatteringFeatures;
import org.inoculum.evaluate.Score;
import org.inoculum.evaluate.ValueRange;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Engine;
import org.inoculum.torch.LibTorch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Scores generated images beside the real-vs-real baseline.",
    footer = {
      "",
      "Example: inoculum evaluate synthetic --held-out held-out --train my-images",
      "         inoculum evaluate runs/00000-my-images-modern",
      "A run remembers its training images and the folder of its held-out images, and keeps the result",
      "in RUN/evaluations, where report finds it. Without training images copies cannot be told. Images",
      "are read by one window, that of the training where it is known: see docs/guide/data.md."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "SYNTHETIC|RUN",
      description = "A folder of generated images, or a run directory.")
  private Path generated = Path.of("");

  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description =
          "Real images that the generator was not trained on. Default: those that a RUN remembers.")
  private @Nullable Path heldOut;

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description =
          "The images that the generator was trained on. Default: those that a RUN remembers.")
  private @Nullable Path train;

  @Option(
      names = "--features",
      paramLabel = "scattering|pixels|FILE.onnx",
      description = "What images are compared by. Default: ${DEFAULT-VALUE}.")
  private String features = "scattering";

  @Option(
      names = "--features-range",
      paramLabel = "LOW,HIGH",
      description = "What black and white are for FILE.onnx. Default: ${DEFAULT-VALUE}.")
  private String range = "-1,1";

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "Images to make from a RUN (default: as many as there are real ones, at most 1000), or most images to look at of a"
              + " folder (default: 1000).")
  private @Nullable Integer count;

  @Mixin private SnapshotOption snapshot = new SnapshotOption();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private SkipBadOption skipBad = new SkipBadOption();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also writes the JSON document here; must not exist.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (count != null && (count < 2 || count > Comparison.MOST_REAL)) {
      throw UserException.usage(
          "--count must be from 2 to " + Comparison.MOST_REAL + ", was " + count);
    }
    ValueRange values = ValueRange.parse(range);
    if (out != null) {
      Storage.refuseExisting(out);
    }
    boolean isRun = RunImages.isRun(generated);
    if (heldOut == null && !isRun) {
      throw UserException.usage(
          "--held-out=DIR names the real images to compare with; only a run remembers them, and "
              + generated
              + " is none");
    }
    Evaluation evaluation;
    try (FeatureSpace space = space(values);
        CountDisplay progress = new CountDisplay(console)) {
      evaluation = isRun ? ofRun(space, progress) : Evaluation.of(ofFolder(), space, progress);
    }
    if (out != null) {
      Storage.writeFile(out, Json.document(evaluation));
    }
    if (json) {
      console.printJson(evaluation);
    } else {
      print(evaluation);
    }
    return 0;
  }

  private Comparison ofFolder() {
    return Comparison.ofFolders(
        Objects.requireNonNull(heldOut),
        generated,
        train,
        Objects.requireNonNullElse(count, Comparison.MOST_GENERATED),
        skipBad.over(reading.over(Reading.DEFAULT)));
  }

  private Evaluation ofRun(FeatureSpace space, CountDisplay progress) {
    RunDirectory run = RunDirectory.open(generated);
    Snapshot chosen = snapshot.choice().in(run, console::note);
    Engine started = Engine.start(engine.threads(), engine.precision());
    Path real = heldOut == null ? remembered(run) : heldOut;
    Path known = train;
    if (known == null) {
      known = RunImages.trainingFolder(run).orElse(null);
      console.note(
          known == null
              ? "the images that the run was trained on are not where they were; name them with --train"
              : "trained on " + known);
    }
    Reading read = skipBad.over(reading.over(trained(run)));
    Comparison images =
        Comparison.ofImages(
            real,
            realCount ->
                RunImages.generate(
                    chosen,
                    count == null ? Math.min(realCount, Comparison.MOST_GENERATED) : count,
                    started,
                    progress),
            known,
            read);
    Evaluation evaluation = Evaluation.of(images, space, progress);
    RunEvaluation kept =
        new RunEvaluation(
            chosen.name(),
            chosen.info().sha256(),
            space.name(),
            real.toAbsolutePath().normalize().toString(),
            DataSetReader.read(real, ReadOptions.DEFAULT.with(read)).manifest().sha256(),
            images.generated().count(),
            evaluation);
    try {
      console.note("kept in " + kept.writeTo(run));
    } catch (UserException e) {
      console.warn("the evaluation cannot be kept in the run: " + e.getMessage());
    }
    return evaluation;
  }

  private Path remembered(RunDirectory run) {
    Path folder =
        RunImages.heldOutFolder(run)
            .orElseThrow(
                () ->
                    UserException.usage(
                        run.path()
                            + " remembers no folder of held-out images that is still as it was; name real images with --held-out=DIR"));
    console.note("held-out images: " + folder);
    return folder;
  }

  /** As the run read its images; runs that wrote nothing down read in the default way. */
  private static Reading trained(RunDirectory run) {
    return Files.exists(run.path().resolve("dataset.json"))
        ? run.dataset(Manifest.class).rereading()
        : Reading.DEFAULT;
  }

  private FeatureSpace space(ValueRange values) {
    int used = engine.threads();
    if (used < 1 || used > 1024) {
      throw UserException.usage("--threads must be from 1 to 1024, was " + used);
    }
    if (features.equals("pixels")) {
      return new PixelFeatures();
    }
    if (features.equals("scattering")) {
      LibTorch.load(used);
      return new ScatteringFeatures();
    }
    if (features.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return OnnxFeatures.open(Path.of(features), values, used);
    }
    throw UserException.usage(
        "--features must be scattering, pixels or a file that ends in .onnx, was '"
            + features
            + "'");
  }

  private void print(Evaluation evaluation) {
    console.print(
        String.format(
            Locale.ROOT,
            "%-13s%10s  %-22s%10s  %s",
            "metric",
            "value",
            "95 % interval",
            "baseline",
            "n real, generated; estimator"));
    for (Score score : evaluation.metrics()) {
      console.print(
          String.format(
              Locale.ROOT,
              "%-13s%10s  %-22s%10s  %d, %d; %s",
              score.name(),
              number(score.value()),
              score.low() == null ? "-" : number(score.low()) + " … " + number(score.high()),
              number(score.baseline()),
              score.nReal(),
              score.nGenerated(),
              score.estimator()));
    }
    evaluation.notes().forEach(note -> console.print("note: " + note));
    for (Evaluation.OfClass one : evaluation.classes()) {
      console.print("class " + one.name() + ": " + one.verdict().summary());
    }
    console.print("verdict: " + evaluation.verdict().summary());
    evaluation.verdict().findings().forEach(finding -> console.print("  - " + finding.text()));
    console.print("advice: " + evaluation.verdict().advice());
    if (RunImages.isRun(generated)) {
      console.next("report", generated);
    }
  }

  /** Four digits that count. */
  private static String number(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    double size = Math.abs(value);
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
