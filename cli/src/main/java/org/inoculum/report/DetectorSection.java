package org.inoculum.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.inoculum.detect.FieldsResult;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.inoculum.detect.GradeAgreement;

/** The section on whether composed fields train a detector: what {@code utility --fields} found. */
final class DetectorSection {
  static final String TITLE = "Do they train a detector?";

  /** Curves that can be told apart in one chart. */
  private static final int MOST_CURVES = 4;

  private DetectorSection() {}

  static ReportSection of(FieldsResult result, Path file) {
    List<Html> body = new ArrayList<>();
    body.add(Html.styled("p", "verdict", Html.text(result.verdict())));
    result.warnings().forEach(warning -> body.add(Html.of("p", "Note: " + warning)));
    body.add(conditions(result));
    body.add(comparisons(result));
    body.add(charts(result));
    if (!result.tried().isEmpty()) {
      body.add(plateau(result));
    }
    body.add(
        Html.styled(
            "p",
            "small",
            Html.text(
                String.format(
                    Locale.ROOT,
                    "From the file %s, as it was given; it does not name the set that it tests. Fields %s with cells %s. %d detectors in each condition, %,d steps of %d crops each, seed %d. A cell counts as found where the found centre lies in its box or within %.0f pixels of its centre. Intervals resample seeds and fields and hold %s of the resamples.",
                    file.getFileName(),
                    result.fields(),
                    result.cells(),
                    result.repeats(),
                    result.steps(),
                    result.batch(),
                    result.seed(),
                    result.tolerance(),
                    Figures.percent(result.interval())))));
    return new ReportSection(TITLE, result.verdict(), Html.all(body));
  }

  private static Html conditions(FieldsResult result) {
    List<String> headings =
        new ArrayList<>(
            List.of(
                "trained on",
                "AP by centre",
                "interval",
                "by seed",
                "AP at IoU 0.5",
                "F1",
                "counted",
                "wrong a field",
                "bias (limits of agreement)"));
    if (!result.grades().isEmpty()) {
      headings.add("grades: kappa, same");
    }
    Table table = Table.headed(headings.toArray(String[]::new));
    for (ConditionScores one : result.conditions()) {
      List<String> cells = new ArrayList<>();
      cells.add(number(one.ap()));
      cells.add(number(one.low()) + Figures.UP_TO + number(one.high()));
      cells.add(
          one.apByRepeat().stream().map(DetectorSection::number).collect(Collectors.joining(" ")));
      cells.add(number(one.apIou50()));
      cells.add(number(one.f1()));
      cells.add(String.format(Locale.ROOT, "%.0f of %d", one.counted(), one.cells()));
      cells.add(String.format(Locale.ROOT, "%.2f", one.countError()));
      cells.add(
          String.format(
              Locale.ROOT,
              "%+.2f (%.1f%s%.1f)",
              one.countBias(),
              one.countLow(),
              Figures.UP_TO,
              one.countHigh()));
      GradeAgreement grades = one.grades();
      if (!result.grades().isEmpty()) {
        cells.add(
            grades == null
                ? "–"
                : Figures.of(grades.kappa()) + ", " + Figures.percent(grades.same()));
      }
      table.row(one.condition(), cells.toArray(String[]::new));
    }
    return table.html();
  }

  private static Html comparisons(FieldsResult result) {
    Table table =
        Table.headed(
            "difference", "AP", "interval", "AP at IoU 0.5", "interval", "count error", "interval");
    for (ConditionDifference one : result.comparisons()) {
      table.row(
          one.condition() + " less " + one.against(),
          String.format(Locale.ROOT, "%+.3f", one.difference()),
          String.format(Locale.ROOT, "%+.3f%s%+.3f", one.low(), Figures.UP_TO, one.high()),
          String.format(Locale.ROOT, "%+.3f", one.iouDifference()),
          String.format(Locale.ROOT, "%+.3f%s%+.3f", one.iouLow(), Figures.UP_TO, one.iouHigh()),
          String.format(Locale.ROOT, "%+.2f", one.countDifference()),
          String.format(
              Locale.ROOT, "%+.2f%s%+.2f", one.countLow(), Figures.UP_TO, one.countHigh()));
    }
    return table.html();
  }

  /** Precision against recall, and the agreement of counts of the best condition. */
  private static Html charts(FieldsResult result) {
    List<ConditionScores> shown = shown(result);
    List<Double> recalls = new ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      recalls.add(i / 100.0);
    }
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    for (ConditionScores one : shown) {
      if (one.precisions().size() == recalls.size()) {
        curves.put(one.condition(), one.precisions());
      }
    }
    List<Html> charts = new ArrayList<>();
    try {
      charts.add(
          figure(
              FieldsCharts.precision(recalls, curves),
              "Precision by centre at each recall, mean over seeds: the upper right is better"));
      for (ConditionScores one : shown) {
        charts.add(
            figure(
                FieldsCharts.agreement(one, result.truths()),
                "Counts of the test fields, "
                    + one.condition()
                    + ": found less true against their mean, a point a field, with bias and limits of agreement (Bland and Altman)"));
      }
    } catch (LinkageError | InternalError e) {
      // A Java without fonts cannot draw; the rest of the report is worth having all the same.
      return ReportSection.absent(
          "charts, since this Java cannot draw text (" + e.getMessage() + ")",
          "install fontconfig and a font, then inoculum report DIR --overwrite");
    }
    return Html.styled("div", "charts", Html.all(charts));
  }

  /** All annotated fields and whatever holds composed ones. */
  private static List<ConditionScores> shown(FieldsResult result) {
    List<ConditionScores> fewer = new ArrayList<>(result.conditions());
    while (fewer.size() > MOST_CURVES && fewer.get(0).condition().contains("annotated")) {
      fewer.remove(0);
    }
    return fewer.subList(0, Math.min(MOST_CURVES, fewer.size()));
  }

  private static Html plateau(FieldsResult result) {
    Table table = Table.headed("trained on", "steps", "AP, first seed");
    for (FieldsResult.Steps one : result.tried()) {
      table.row(one.condition(), Figures.count(one.steps()), number(one.ap()));
    }
    return Html.all(Html.of("h3", "How long it was trained"), table.html());
  }

  private static Html figure(byte[] png, String caption) {
    return Html.of("figure", Html.image(png, caption, "chart"), Html.of("figcaption", caption));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
