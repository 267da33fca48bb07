package org.inoculum.report;

import java.nio.file.Path;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.generate.SyntheticSet;

/** How copies of training images were kept out of a data set that was grown from the run. */
final class CopySection {
  private static final String TITLE = "Copy test of the grown set";

  private CopySection() {}

  static ReportSection of(Subject subject, ReportSources sources) {
    if (sources.grown().isEmpty()) {
      return ReportSection.missing(
          TITLE, "no grown data set was named", subject.reportWith(sources, "--grown DIR"));
    }
    Path folder = sources.grown().get();
    Path file = folder.resolve("generation.json");
    SyntheticSet grown = Json.read(file, SyntheticSet.class);
    if (grown.run() == null || grown.snapshotSha256() == null || grown.notice() == null) {
      throw UserException.badData(
          file + " does not describe a grown data set: expected what `inoculum generate` writes");
    }
    Table table = Table.ofFacts();
    table.row("grown set", "%s, %,d images".formatted(folder.getFileName(), grown.count()));
    table.row(
        "grown", Figures.orUnknown(grown.created()) + " by " + Figures.orUnknown(grown.program()));
    table.row(
        "from",
        "run "
            + grown.run()
            + ", snapshot "
            + grown.snapshot()
            + ", seed "
            + (grown.seed() == null ? "by a list" : grown.seed()));
    table.row("SHA-256 of its generator", grown.snapshotSha256());
    SyntheticSet.CopyTest test = grown.copyTest();
    String headline = "NOT TESTED: the set was grown without the filter";
    if (test != null) {
      headline =
          "%,d images accepted; rejected: %,d copies of training images, %,d repeats, %,d blank"
              .formatted(grown.count(), test.copies(), test.repeats(), test.blank());
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
            otherRun(subject, grown),
            table.html(),
            Html.of("p", grown.notice())));
  }

  private static Html otherRun(Subject subject, SyntheticSet grown) {
    if (subject.snapshot().isPresent()
        && subject.snapshot().get().info().sha256().equals(grown.snapshotSha256())) {
      return Html.NOTHING;
    }
    return Html.styled(
        "p",
        "absent",
        Html.text(
            grown.run().equals(subject.name())
                ? "The set was grown from another snapshot than the one reported on here."
                : "The set says that it was grown from another run: " + grown.run() + "."));
  }
}
