package org.inoculum.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.utility.LabelCheck;
import org.inoculum.utility.UtilityResult;

/** Whether synthetic images helped a recogniser. */
final class UtilityPart {
  private static final String TITLE = "Do they help a recogniser?";

  private UtilityPart() {}

  static Part of(ReportSources sources, Subject subject) {
    if (sources.utility().isEmpty()) {
      return Part.missing(
          TITLE,
          "no utility test was named",
          "inoculum utility --real-train DIR --real-test DIR --synthetic DIR --out utility.json && "
              + subject.reportWith(sources, "--utility utility.json"));
    }
    Path file = sources.utility().get();
    UtilityResult result = Json.read(file, UtilityResult.class);
    requireWhole(result, file);
    List<Html> body = new ArrayList<>();
    body.add(Html.styled("p", "verdict", Html.text(result.verdict())));
    result.warnings().forEach(warning -> body.add(Html.of("p", "Note: " + warning)));
    body.add(arms(result));
    body.add(comparisons(result));
    body.add(labels(result));
    body.add(
        Html.styled(
            "p",
            "small",
            Html.text(
                String.format(
                    Locale.ROOT,
                    "From the file %s, as it was given; it does not name the run that it judges. Trained on %s real and %s synthetic images, tested on %s real ones, %d x %d. %d recognisers in each arm, %,d steps of %d images each, seed %d; intervals hold %s of the resamples.",
                    file.getFileName(),
                    counts(result.realTrain()),
                    counts(result.synthetic()),
                    counts(result.realTest()),
                    result.size(),
                    result.size(),
                    result.seeds(),
                    result.steps(),
                    result.batch(),
                    result.seed(),
                    Figures.percent(result.interval())))));
    return new Part(TITLE, result.verdict(), Html.all(body));
  }

  /** A JSON object without these fields is read without complaint. */
  private static void requireWhole(UtilityResult result, Path file) {
    if (result.verdict() == null
        || result.realTrain() == null
        || result.realTest() == null
        || result.synthetic() == null
        || result.labelChecks().stream().anyMatch(check -> check.name() == null)
        || result.arms().stream().anyMatch(arm -> arm.arm() == null || arm.sensitivity() == null)
        || result.comparisons().stream()
            .anyMatch(one -> one.arm() == null || one.against() == null)) {
      throw UserException.badData(
          file + " is not a utility test: expected what `inoculum utility --out` writes");
    }
  }

  private static String counts(Map<String, Long> byClass) {
    return byClass.entrySet().stream()
        .map(one -> String.format(Locale.ROOT, "%,d %s", one.getValue(), one.getKey()))
        .collect(Collectors.joining(" + "));
  }

  private static Html arms(UtilityResult result) {
    List<String> headings = new ArrayList<>(List.of("trained on", "balanced accuracy", "interval"));
    result.classes().forEach(name -> headings.add("sensitivity " + name));
    Table table = Table.headed(headings.toArray(String[]::new));
    for (UtilityResult.ArmResult arm : result.arms()) {
      List<String> cells = new ArrayList<>();
      cells.add(Figures.percent(arm.balancedAccuracy()));
      cells.add(Figures.percent(arm.low()) + Figures.UP_TO + Figures.percent(arm.high()));
      for (String name : result.classes()) {
        Double sensitivity = arm.sensitivity().get(name);
        cells.add(sensitivity == null ? "–" : Figures.percent(sensitivity));
      }
      table.row(arm.arm(), cells.toArray(String[]::new));
    }
    return table.html();
  }

  private static Html comparisons(UtilityResult result) {
    Table table = Table.headed("difference of balanced accuracy", "points", "interval");
    for (UtilityResult.Comparison one : result.comparisons()) {
      table.row(
          one.arm() + " less " + one.against(),
          points(one.difference()),
          points(one.low()) + Figures.UP_TO + points(one.high()));
    }
    return table.html();
  }

  private static Html labels(UtilityResult result) {
    Table table =
        Table.headed(
            "known for its class by real + classical",
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
