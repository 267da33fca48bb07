package org.inoculum.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.Reading;
import org.inoculum.evaluate.RunImages;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.report.ReportSources;
import org.inoculum.run.RunDirectory;
import org.inoculum.utility.LabelCheck;
import org.inoculum.utility.UtilityData;
import org.inoculum.utility.UtilityExperiment;
import org.inoculum.utility.UtilityOptions;
import org.inoculum.utility.UtilityResult;
import org.inoculum.utility.UtilityResult.ConditionComparison;
import org.inoculum.utility.UtilityResult.ConditionResult;
import org.jspecify.annotations.Nullable;

/** {@code utility} for images of single cells. */
final class ClassifierUtility {
  private final Console console;
  private final StopRequest stop;

  ClassifierUtility(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  /** The folders as they were typed. */
  record Folders(
      List<Path> runs,
      @Nullable Path train,
      @Nullable Path heldOut,
      List<Path> synthetic,
      @Nullable Path background) {
    Folders {
      if (synthetic.isEmpty()) {
        throw UserException.usage(
            "Missing required option: '--synthetic=DIR'"
                + (runs.isEmpty() && train == null
                    ? "; and --train=DIR, or the run that remembers its images with --run=RUN"
                    : ""));
      }
      if (runs.size() > 1 && runs.size() != synthetic.size()) {
        throw UserException.usage(
            "%d --run and %d --synthetic: name one set of synthetic images for each run"
                .formatted(runs.size(), synthetic.size()));
      }
      if (runs.size() > 1 && (train != null || heldOut != null)) {
        throw UserException.usage(
            "several runs remember their own images; leave --train and --held-out out");
      }
      runs = List.copyOf(runs);
      synthetic = List.copyOf(synthetic);
    }

    @Nullable Path run(int set) {
      return runs.isEmpty() ? null : runs.get(runs.size() == 1 ? 0 : set);
    }
  }

  /** Makes the test and tells; the exit code. */
  int run(
      Folders folders, Reading reading, UtilityOptions options, @Nullable Path out, boolean json) {
    if (out != null) {
      Storage.refuseExisting(out);
    }
    List<RunDirectory> runs = folders.runs().stream().map(RunDirectory::open).toList();
    List<UtilityData> sets = new ArrayList<>();
    for (int i = 0; i < folders.synthetic().size(); i++) {
      sets.add(read(folders, i, reading));
    }
    UtilityResult result;
    try (CountDisplay display = new CountDisplay(console)) {
      result =
          UtilityExperiment.run(
              sets,
              options,
              (done, of) ->
                  display.at(
                      "training classifiers",
                      "steps",
                      (int) Math.min(Integer.MAX_VALUE, done),
                      (int) Math.min(Integer.MAX_VALUE, of)),
              console::note,
              stop);
    }
    if (out != null) {
      Storage.writeFile(out, Json.document(result));
    }
    for (RunDirectory run : runs) {
      console.note("kept in " + ReportSources.keepUtility(run, result));
    }
    if (json) {
      console.printJson(result);
    } else {
      print(result);
      if (!runs.isEmpty()) {
        console.next("report", runs.get(0).path());
      }
    }
    return 0;
  }

  private UtilityData read(Folders folders, int set, Reading reading) {
    Path named = folders.run(set);
    RunDirectory run = named == null ? null : RunDirectory.open(named);
    Path train = known(folders.train(), "--train", run, RunImages::trainingFolder);
    Path heldOut = known(folders.heldOut(), "--held-out", run, RunImages::heldOutFolder);
    Path synthetic = folders.synthetic().get(set);
    UtilityData data =
        folders.background() == null
            ? UtilityData.read(train, heldOut, synthetic, reading)
            : UtilityData.readAgainst(train, heldOut, synthetic, folders.background(), reading);
    for (DataSet images : List.of(data.train(), data.heldOut(), data.synthetic())) {
      images.notes().forEach(note -> console.note(images.root() + ": " + note));
      SkipBadOption.warnOfSkipped(console, images.skipped(), images.samples().size());
    }
    return data;
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
            "training images %s, held-out images %s, synthetic %s%s; %d classifiers in each condition, batches of %d images",
            result.train(),
            result.heldOut(),
            result.synthetic(),
            result.sets() == 1 ? "" : ", the first of " + result.sets() + " sets",
            result.repeats(),
            result.batch()));
    console.print(
        String.format(
            Locale.ROOT,
            "%-44s%-23s%6s  %s",
            "trained on",
            "augmentation",
            "steps",
            "balanced accuracy; sensitivity"));
    for (ConditionResult condition : result.conditions()) {
      String sensitivity =
          condition.sensitivity().entrySet().stream()
              .map(one -> String.format(Locale.ROOT, "%s %.3f", one.getKey(), one.getValue()))
              .collect(Collectors.joining(", "));
      console.print(
          String.format(
              Locale.ROOT,
              "%-44s%-23s%6d  %.3f (%.3f to %.3f); %s",
              condition.images(),
              condition.augmentation(),
              condition.steps(),
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
                "of %d synthetic images of %s, classifiers that saw real ones alone take %.0f%% for that class (of real test images %.0f%%)",
                check.images(),
                check.name(),
                100 * check.named(),
                100 * check.real()));
      }
    }
    console.print(result.verdict());
  }
}
