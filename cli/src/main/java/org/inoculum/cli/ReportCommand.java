package org.inoculum.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.inoculum.report.FieldsReport;
import org.inoculum.report.Report;
import org.inoculum.report.ReportSources;
import org.inoculum.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes a run as one HTML file for a reviewer.",
    footer = {
      "",
      "Example: inoculum report runs/00000-my-images-modern --held-out held-out --synthetic synthetic --utility utility.json",
      "It has data, samples, nearest training images, scores, curves and limits. The file needs no",
      "network and prints on A4. What it lacks it names, with the command that would add it. It shows",
      "training images: pass it on only to those who may see them.",
      "",
      "Example: inoculum report composed --held-out test-fields --utility fields.json",
      "Of a set that compose wrote: fields with their boxes, and how well a detector of them counts."
    })
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A run directory, or a set that compose wrote.")
  private Path run = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the report goes. Default: report.html in the run directory.")
  private @Nullable Path out;

  @Option(names = "--overwrite", description = "Replaces an earlier report.")
  private boolean overwrite;

  @Option(
      names = "--evaluation",
      paramLabel = "FILE",
      description = "Scores: what inoculum evaluate RUN --json printed.")
  private @Nullable Path evaluation;

  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description =
          "Evaluates the run now, against these real images; of a composed set, annotated fields to show beside it.")
  private @Nullable Path heldOut;

  @Option(
      names = "--synthetic",
      paramLabel = "DIR",
      description = "A data set that inoculum generate made from the run.")
  private @Nullable Path synthetic;

  @Option(
      names = "--utility",
      paramLabel = "FILE",
      description = "What inoculum utility --out FILE wrote; of a composed set, utility --fields.")
  private @Nullable Path utility;

  @Mixin private SnapshotOption snapshot = new SnapshotOption();

  @Mixin private EngineOptions engine = new EngineOptions();

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path file = out == null ? run.resolve("report.html") : out;
    if (FieldsReport.describes(run)) {
      FieldsReport.write(
          run,
          Optional.ofNullable(utility),
          Optional.ofNullable(heldOut),
          file,
          overwrite,
          console::note);
      console.print("report: " + file);
      return 0;
    }
    try (CountDisplay progress = new CountDisplay(console)) {
      Report.write(
          RunDirectory.open(run),
          new ReportSources(
              Optional.ofNullable(evaluation),
              Optional.ofNullable(heldOut),
              Optional.ofNullable(synthetic),
              Optional.ofNullable(utility),
              snapshot.choice(),
              engine.threads(),
              engine.precision()),
          file,
          overwrite,
          console::note,
          progress);
    }
    console.print("report: " + file);
    return 0;
  }
}
