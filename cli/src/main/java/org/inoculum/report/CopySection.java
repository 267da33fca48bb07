package org.inoculum.report;

import java.nio.file.Path;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.generate.SyntheticSet;

/**
 * The section on how copies of training images were kept out of a data set that was generated from
 * the run.
 */
final class CopySection {
  private static final String TITLE = "Copy test of the synthetic data set";

  private CopySection() {}

  static ReportSection of(Subject subject, ReportSources sources) {
    if (sources.synthetic().isEmpty()) {
      return ReportSection.missing(
          TITLE, "no synthetic data set was named", subject.reportWith(sources, "--synthetic DIR"));
    }
    Path folder = sources.synthetic().get();
    Path file = folder.resolve("generation.json");
    SyntheticSet synthetic = FormatVersion.read(file, SyntheticSet.class);
    if (synthetic.run() == null
        || synthetic.snapshotSha256() == null
        || synthetic.notice() == null) {
      throw UserException.badData(
          file
              + " does not describe a synthetic data set: expected what `inoculum generate` writes");
    }
    Table table = Table.ofFacts();
    table.row(
        "synthetic data set", "%s, %,d images".formatted(folder.getFileName(), synthetic.count()));
    table.row(
        "generated",
        Figures.orUnknown(synthetic.created()) + " by " + Figures.orUnknown(synthetic.program()));
    table.row(
        "from",
        "run "
            + synthetic.run()
            + ", snapshot "
            + synthetic.snapshot()
            + ", seed "
            + (synthetic.seed() == null ? "by a list" : synthetic.seed()));
    table.row("SHA-256 of its generator", synthetic.snapshotSha256());
    SyntheticSet.CopyCheckCounts test = synthetic.copyTest();
    String headline = "NOT TESTED: the set was generated without the filter";
    if (test != null) {
      headline =
          "%,d images accepted; rejected: %,d copies of training images, %,d repeats, %,d blank"
              .formatted(synthetic.count(), test.copies(), test.repeats(), test.blank());
      table.row("compared with", "%,d training images".formatted(test.trainingImages()));
      table.row("a copy below a ratio of", Figures.of(test.threshold()));
      table.row("rejected as copies", Figures.count(test.copies()));
      table.row("rejected as repeats of another", Figures.count(test.repeats()));
      table.row("rejected as blank", Figures.count(test.blank()));
    }
    return new ReportSection(
        TITLE,
        headline,
        Html.all(
            Html.styled("p", "verdict", Html.text(headline + ".")),
            otherRun(subject, synthetic),
            table.html(),
            Html.of("p", synthetic.notice())));
  }

  private static Html otherRun(Subject subject, SyntheticSet synthetic) {
    if (subject.snapshot().isPresent()
        && subject.snapshot().get().info().sha256().equals(synthetic.snapshotSha256())) {
      return Html.NOTHING;
    }
    return Html.styled(
        "p",
        "absent",
        Html.text(
            synthetic.run().equals(subject.name())
                ? "The set was generated from another snapshot than the one reported on here."
                : "The set says that it was generated from another run: " + synthetic.run() + "."));
  }
}
