package org.inoculum.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.evaluate.TableMetrics;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum metrics}. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "Compares two tables of features that another program extracted.",
    footer = {
      "",
      "Example: inoculum metrics held-out.csv synthetic.csv --train train.csv",
      "Rows are images, columns are features, which are used as they are. A first line without numbers",
      "is a header."
    })
final class MetricsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "REAL.csv",
      description = "Features of real images, best held out of the training.")
  private Path real = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "SYNTHETIC.csv",
      description = "Features of generated images.")
  private Path generated = Path.of("");

  @Option(
      names = "--train",
      paramLabel = "TRAIN.csv",
      description =
          "Features of the training images: authenticity is then against them, and zU is computed.")
  private @Nullable Path train;

  @Option(
      names = "--k",
      paramLabel = "K",
      description =
          "Neighbours of precision, recall, density and coverage. Default: ${DEFAULT-VALUE}.")
  private int k = 5;

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  MetricsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (k < 1) {
      throw UserException.usage("--k must be at least 1, was " + k);
    }
    TableMetrics metrics = TableMetrics.of(real, generated, train, k);
    if (json) {
      console.printJson(metrics);
    } else {
      print(metrics);
    }
    return 0;
  }

  private void print(TableMetrics metrics) {
    line("precision", metrics.precision());
    line("recall", metrics.recall());
    line("density", metrics.density());
    line("coverage", metrics.coverage());
    line("kid", metrics.kid());
    line("kid biased", metrics.kidBiased());
    line("fid", metrics.fid());
    line("authenticity", metrics.authenticity());
    line("vendi", metrics.vendi());
    if (metrics.zU() != null) {
      line("zU", metrics.zU());
    }
    console.print(
        "%d real and %d generated rows of %d features; k = %d"
            .formatted(metrics.nReal(), metrics.nGenerated(), metrics.dimension(), metrics.k()));
    metrics.notes().forEach(note -> console.note("note: " + note));
  }

  private void line(String name, double value) {
    console.print(String.format(Locale.ROOT, "%-13s %.6g", name, value));
  }
}
