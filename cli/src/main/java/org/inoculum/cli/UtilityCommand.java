package org.inoculum.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.Reading;
import org.inoculum.detect.FieldsOptions;
import org.inoculum.evaluate.RunImages;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.report.ReportSources;
import org.inoculum.run.RunDirectory;
import org.inoculum.torch.LibTorch;
import org.inoculum.utility.LabelCheck;
import org.inoculum.utility.UtilityData;
import org.inoculum.utility.UtilityExperiment;
import org.inoculum.utility.UtilityOptions;
import org.inoculum.utility.UtilityResult;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.ConditionResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inoculum utility}. */
@Command(
    name = "utility",
    mixinStandardHelpOptions = true,
    description =
        "Tests whether synthetic images help to train a classifier, or fields a detector.",
    footer = {
      "",
      "Example: inoculum utility --run runs/00000-my-images-modern --synthetic synthetic",
      "         inoculum utility --train my-images --held-out held-out --synthetic synthetic",
      "         inoculum utility --run runs/00000-bacillus-modern --synthetic synthetic --background others",
      "A small classifier is trained with and without them and tested on real images. Each DIR has one",
      "sub-folder for each class, with the same names; --synthetic may lack some. No test image may be",
      "in training, turned or mirrored either; and nothing that the generator was trained on belongs",
      "into --held-out.",
      "",
      "Example: inoculum utility --fields --train fields --held-out test-fields --synthetic composed",
      "A small detector is trained on annotated fields, on composed ones and on both, and tested on real",
      "fields. --train or --synthetic may be left out. No field of --held-out may be ground of a composed",
      "one. The result is for research: no detector of this program is a medical device."
    })
final class UtilityCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description =
          "The run that made the synthetic images: it remembers its training images and the folder of its held-out images, and keeps the result for report.")
  private @Nullable Path run;

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description = "Real images to train on. Default: those that RUN remembers.")
  private @Nullable Path train;

  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description =
          "Real images that neither a classifier nor the generator has seen. Default: those that RUN remembers.")
  private @Nullable Path heldOut;

  @Option(
      names = "--synthetic",
      paramLabel = "DIR",
      description =
          "Synthetic images, such as a set that generate made; with --fields, composed fields.")
  private @Nullable Path synthetic;

  @Option(
      names = "--background",
      paramLabel = "DIR",
      description =
          "Where there is one class: real images of what is none of it. A classifier tells the two apart; half of these are trained on, half are tested on.")
  private @Nullable Path background;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Networks trained in each condition. Default: 5; with --fields 3.")
  private @Nullable Integer repeats;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Gradient steps of each, the same in every condition. Default: 300; with --fields as --protocol says.")
  private @Nullable Integer steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides every random draw. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Networks that are trained at a time. Default: all CPUs.")
  private @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also writes the JSON document here; must not exist.")
  private @Nullable Path out;

  @Mixin private UtilityFieldsOptions fieldsOptions = new UtilityFieldsOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private SkipBadOption skipBad = new SkipBadOption();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  UtilityCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    int trained = threads == null ? LibTorch.defaultThreads() : threads;
    if (fieldsOptions.fields()) {
      if (run != null || background != null) {
        throw UserException.usage(
            (run != null ? "--run" : "--background")
                + " is for images of single cells; with --fields name folders");
      }
      if (!skipBad.over(reading.over(Reading.DEFAULT)).equals(Reading.DEFAULT)) {
        throw UserException.usage(
            "with --fields images are read as they are; options for planes, windows, limits and damaged files are for images of single cells");
      }
      FieldsOptions options = fieldsOptions.options(repeats, steps, trained, seed);
      return new FieldsUtility(console, stop)
          .run(
              fieldsOptions.source(train, required("--held-out", heldOut), synthetic),
              fieldsOptions,
              options,
              out,
              json);
    }
    fieldsOptions.refuseWithoutFields();
    UtilityOptions options =
        new UtilityOptions(
            repeats == null ? UtilityOptions.DEFAULT_REPEATS : repeats,
            steps == null ? UtilityOptions.DEFAULT_STEPS : steps,
            trained,
            seed);
    if (out != null) {
      Storage.refuseExisting(out);
    }
    RunDirectory from = run == null ? null : RunDirectory.open(run);
    Path trainedOn = known(train, "--train", from, RunImages::trainingFolder);
    Path testedOn = known(heldOut, "--held-out", from, RunImages::heldOutFolder);
    Path made = required("--synthetic", synthetic);
    Reading read = skipBad.over(reading.over(Reading.DEFAULT));
    UtilityData data =
        background == null
            ? UtilityData.read(trainedOn, testedOn, made, read)
            : UtilityData.readAgainst(trainedOn, testedOn, made, background, read);
    for (DataSet set : List.of(data.train(), data.heldOut(), data.synthetic())) {
      set.notes().forEach(note -> console.note(set.root() + ": " + note));
      SkipBadOption.warnOfSkipped(console, set.skipped(), set.samples().size());
    }
    long start = System.nanoTime();
    UtilityResult result =
        UtilityExperiment.run(
            data,
            options,
            (done, of) -> {
              double spent = (System.nanoTime() - start) / 1e9;
              console.note(
                  String.format(
                      Locale.ROOT,
                      "%d of %d classifiers, %s left",
                      done,
                      of,
                      TrainingDisplay.duration(spent / done * (of - done))));
            },
            console::note,
            stop);
    if (out != null) {
      Storage.writeFile(out, Json.document(result));
    }
    if (from != null) {
      console.note("kept in " + ReportSources.keepUtility(from, result));
    }
    if (json) {
      console.printJson(result);
    } else {
      print(result);
      if (run != null) {
        console.next("report", run);
      }
    }
    return 0;
  }

  private static Path required(String option, @Nullable Path given) {
    if (given == null) {
      throw UserException.usage("Missing required option: '" + option + "=DIR'");
    }
    return given;
  }

  private static Path known(
      @Nullable Path given,
      String option,
      @Nullable RunDirectory run,
      Function<RunDirectory, Optional<Path>> remembered) {
    if (given != null) {
      return given;
    }
    if (run == null) {
      throw UserException.usage(
          option + "=DIR is missing; or name the run that remembers its images with --run=RUN");
    }
    return remembered
        .apply(run)
        .orElseThrow(
            () ->
                UserException.usage(
                    run.path()
                        + " remembers no such folder that is still as it was; name it with "
                        + option
                        + "=DIR"));
  }

  private void print(UtilityResult result) {
    console.print(
        String.format(
            Locale.ROOT,
            "training images %s, held-out images %s, synthetic %s; %d repeats, %d steps of %d images in every condition",
            result.train(),
            result.heldOut(),
            result.synthetic(),
            result.repeats(),
            result.steps(),
            result.batch()));
    for (ConditionResult condition : result.conditions()) {
      String sensitivity =
          condition.sensitivity().entrySet().stream()
              .map(one -> String.format(Locale.ROOT, "%s %.3f", one.getKey(), one.getValue()))
              .collect(Collectors.joining(", "));
      console.print(
          String.format(
              Locale.ROOT,
              "%-28s balanced accuracy %.3f (%.3f to %.3f); sensitivity %s",
              condition.condition(),
              condition.balancedAccuracy(),
              condition.low(),
              condition.high(),
              sensitivity));
    }
    for (ConditionComparison one : result.comparisons()) {
      console.print(
          String.format(
              Locale.ROOT,
              "%s less %s: %+.1f points (%.1f to %.1f)",
              one.condition(),
              one.against(),
              100 * one.difference(),
              100 * one.low(),
              100 * one.high()));
    }
    for (LabelCheck check : result.labelChecks()) {
      if (check.named() != null) {
        console.print(
            String.format(
                Locale.ROOT,
                "of %d synthetic images of %s, real + classical takes %.0f%% for that class (of real test images %.0f%%)",
                check.images(),
                check.name(),
                100 * check.named(),
                100 * check.real()));
      }
    }
    console.print(result.verdict());
  }
}
