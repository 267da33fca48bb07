package org.inoculum.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.inoculum.data.Inspection;
import org.inoculum.data.Manifest.ClassCount;
import org.inoculum.data.Reading;
import org.inoculum.data.WindowChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Says what a folder of images holds and what may spoil a training.",
    footer = {"", "Example: inoculum inspect my-images"})
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "DIR",
      description = "A folder of images, or of one sub-folder for each class.")
  private Path folder = Path.of("");

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Inspection.Report report;
    try (CountDisplay display = new CountDisplay(console)) {
      report = Inspection.inspect(folder, reading.over(Reading.DEFAULT), display);
    }
    if (json) {
      console.printJson(report);
    } else {
      print(report);
    }
    return report.images() == 0 ? Failures.BAD_DATA : 0;
  }

  private void print(Inspection.Report report) {
    console.print(report.folder() + ": " + report.images() + " images that can be read");
    for (ClassCount one : report.classes()) {
      console.print("  class " + one.name() + ": " + one.images());
    }
    console.print("sizes:      " + counts(report.sizes()));
    console.print("formats:    " + counts(report.formats()));
    console.print("modes:      " + counts(report.modes()));
    console.print("bit depths: " + counts(report.bitDepths()));
    console.print("planes:     " + counts(report.planes()));
    console.print("pixel side: " + counts(report.pixelSizes()));
    if (report.window() != null) {
      console.print(
          "window:     "
              + WindowChoice.values(report.window()).label()
              + " becomes black to white in files of more than 8 bits");
    }
    console.print("augmented by prepare: " + report.augmentation());
    for (List<String> group : report.exactDuplicates()) {
      console.print("the same image: " + String.join(", ", group));
    }
    for (Inspection.NearGroup group : report.nearDuplicates()) {
      console.print(
          String.format(
              Locale.ROOT,
              "nearly the same (distance %.3f): %s",
              group.distance(),
              String.join(", ", group.files())));
    }
    report.nearlyBlank().forEach(file -> console.print("almost blank: " + file));
    report
        .unreadable()
        .forEach(file -> console.print("cannot be read: " + file.file() + ": " + file.reason()));
    report.warnings().forEach(warning -> console.print("warning: " + warning));
    console.print(conclusion(report));
    if (report.images() > 0) {
      console.next("grow", folder);
    }
  }

  /** Whether a training can begin, in a line. */
  private static String conclusion(Inspection.Report report) {
    if (report.images() == 0) {
      return "not ready: there is no image that can be read";
    }
    if (!report.unreadable().isEmpty()) {
      return "nearly ready: the files named above cannot be read; replace them, or leave them out with --skip-bad";
    }
    return report.warnings().isEmpty()
        ? "ready: all images can be trained on"
        : "ready: all images can be trained on; read the warnings above first";
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
