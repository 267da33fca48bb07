package org.inoculum.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.utility.LabelCheck;
import org.inoculum.utility.UtilityResult;

/** The section on whether synthetic images helped a classifier. */
final class UtilitySection {
  private static final String TITLE = "Do they help a classifier?";

  private UtilitySection() {}

  static ReportSection of(ReportSources sources, Subject subject) {
    Optional<Path> found = sources.utility(subject.run());
    if (found.isEmpty()) {
      return ReportSection.missing(
          TITLE,
          "the run keeps no utility test, and none was named",
          "inoculum utility --run %s --synthetic DIR && "
                  .formatted(Inoculum.quoted(subject.run().path().toString()))
              + subject.reportWith(sources, ""));
    }
    Path file = found.get();
    UtilityResult result = Json.read(file, UtilityResult.class);
    requireWhole(result, file);
    List<Html> body = new ArrayList<>();
    body.add(Html.styled("p", "verdict", Html.text(result.verdict())));
    result.warnings().forEach(warning -> body.add(Html.of("p", "Note: " + warning)));
    body.add(conditions(result));
    body.add(comparisons(result));
    body.add(labels(result));
    body.add(
        Html.styled(
            "p",
            "small",
            Html.text(
                String.format(
                    Locale.ROOT,
                    "From the file %s, as it was given; it does not name the run that it evaluates. Trained on %s real and %s synthetic images, tested on %s real ones, %d x %d. %d classifiers in each condition and set (%d), batches of %d images, seed %d; intervals hold %s of the draws.",
                    file.getFileName(),
                    counts(result.train()),
                    counts(result.synthetic()),
                    counts(result.heldOut()),
                    result.size(),
                    result.size(),
                    result.repeats(),
                    result.sets(),
                    result.batch(),
                    result.seed(),
                    Figures.percent(result.interval())))));
    return new ReportSection(TITLE, result.verdict(), Html.all(body));
  }

  /** A JSON object without these fields is read without complaint. */
  private static void requireWhole(UtilityResult result, Path file) {
    if (result.verdict() == null
        || result.train() == null
        || result.heldOut() == null
        || result.synthetic() == null
        || result.labelChecks().stream().anyMatch(check -> check.name() == null)
        || result.conditions().stream()
            .anyMatch(
                one ->
                    one.images() == null || one.augmentation() == null || one.sensitivity() == null)
        || result.comparisons().stream()
            .anyMatch(one -> one.condition() == null || one.against() == null)) {
      throw UserException.badData(
          file + " is not a utility test: expected what `inoculum utility --out` writes");
    }
  }

  private static String counts(Map<String, Long> byClass) {
    return byClass.entrySet().stream()
        .map(one -> String.format(Locale.ROOT, "%,d %s", one.getValue(), one.getKey()))
        .collect(Collectors.joining(" + "));
  }

  private static Html conditions(UtilityResult result) {
    List<String> headings =
        new ArrayList<>(
            List.of("trained on", "augmentation", "steps", "balanced accuracy", "interval"));
    result.classes().forEach(name -> headings.add("sensitivity " + name));
    Table table = Table.headed(headings.toArray(String[]::new));
    for (UtilityResult.ConditionResult condition : result.conditions()) {
      List<String> cells = new ArrayList<>();
      cells.add(condition.augmentation());
      cells.add(String.format(Locale.ROOT, "%,d", condition.steps()));
      cells.add(Figures.percent(condition.balancedAccuracy()));
      cells.add(
          Figures.percent(condition.low()) + Figures.UP_TO + Figures.percent(condition.high()));
      for (String name : result.classes()) {
        Double sensitivity = condition.sensitivity().get(name);
        cells.add(sensitivity == null ? "–" : Figures.percent(sensitivity));
      }
      table.row(condition.images(), cells.toArray(String[]::new));
    }
    return table.html();
  }

  private static Html comparisons(UtilityResult result) {
    Table table = Table.headed("difference of balanced accuracy", "points", "interval");
    for (UtilityResult.ConditionComparison one : result.comparisons()) {
      table.row(
          one.condition() + " less " + one.against(),
          points(one.difference()),
          points(one.low()) + Figures.UP_TO + points(one.high()));
    }
    return table.html();
  }

  private static Html labels(UtilityResult result) {
    Table table =
        Table.headed(
            "known for its class by classifiers that saw real images alone",
            "synthetic",
            "synthetic images",
            "real test");
    for (LabelCheck check : result.labelChecks()) {
      table.row(
          check.name(),
          check.named() == null ? "–" : Figures.percent(check.named()),
          String.format(Locale.ROOT, "%,d", check.images()),
          Figures.percent(check.real()));
    }
    return table.html();
  }

  private static String points(double difference) {
    return String.format(Locale.ROOT, "%+.1f", 100 * difference);
  }
}
