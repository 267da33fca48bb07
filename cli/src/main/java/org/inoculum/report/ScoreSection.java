package org.inoculum.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.Score;
import org.inoculum.evaluate.Verdict;
import org.jspecify.annotations.Nullable;

/** Scores beside what real images score in the place of the generated ones. */
final class ScoreSection {
  static final String TITLE = "Scores";

  /** Lines of {@code metrics.jsonl} that are shown, from the end. */
  private static final int NEWEST_LINES = 8;

  /** What is the same in every line, or in the curves. */
  private static final Set<String> NOT_SHOWN =
      Set.of("nReal", "precisionBaseline", "recallBaseline", "coverageBaseline");

  private ScoreSection() {}

  static ReportSection of(Subject subject, ReportSources sources, Optional<Scored> scored) {
    List<Html> body = new ArrayList<>();
    String headline;
    if (scored.isPresent()) {
      Evaluation evaluation = scored.get().evaluation();
      headline = evaluation.verdict().summary();
      body.add(Html.of("p", scored.get().from()));
      body.add(evaluated(evaluation));
    } else {
      String why = "the run was not evaluated";
      headline = "not in this report: " + why;
      body.add(ReportSection.absent(why, subject.reportWith(sources, "--held-out DIR")));
    }
    List<Map<?, ?>> lines = subject.lines("metrics.jsonl");
    if (!lines.isEmpty()) {
      body.add(Html.of("h3", "During the training (metrics.jsonl)"));
      body.add(duringTraining(lines));
    }
    return new ReportSection(TITLE, headline, Html.all(body));
  }

  private static Html evaluated(Evaluation evaluation) {
    List<Html> body = new ArrayList<>();
    body.add(verdict(evaluation.verdict()));
    body.add(scores(evaluation.metrics()));
    body.add(
        Html.styled(
            "p",
            "small",
            Html.text(
                "The baseline is what real images score in the place of the generated ones: no generator can be asked for more.")));
    evaluation
        .classes()
        .forEach(
            one -> {
              body.add(Html.of("h3", "Class " + one.name()));
              body.add(verdict(one.verdict()));
              body.add(scores(one.metrics()));
            });
    evaluation.notes().forEach(note -> body.add(Html.of("p", "Note: " + note)));
    return Html.all(body);
  }

  private static Html verdict(Verdict verdict) {
    List<Html> findings =
        verdict.findings().stream().map(finding -> Html.of("li", finding.text())).toList();
    return Html.all(
        Html.styled("p", "verdict", Html.text(verdict.summary())),
        findings.isEmpty() ? Html.NOTHING : Html.of("ul", Html.all(findings)));
  }

  private static Html scores(List<Score> scores) {
    Table table =
        Table.headed(
            "score",
            "value",
            "95 % interval",
            "baseline",
            "better",
            "n real",
            "n generated",
            "feature space",
            "estimator");
    for (Score score : scores) {
      table.row(
          score.name(),
          Figures.of(score.value()),
          Figures.interval(score.low(), score.high()),
          Figures.of(score.baseline()),
          better(score.name()),
          Figures.count(score.nReal()),
          Figures.count(score.nGenerated()),
          Figures.orUnknown(score.features()),
          Figures.orUnknown(score.estimator()));
    }
    return table.html();
  }

  private static String better(String name) {
    return switch (name) {
      case "kid", "kidSubsets", "fid", "swd" -> "low";
      case "precision", "recall", "density", "coverage", "authenticity" -> "high";
      case "vendi" -> "near the baseline";
      case "cT" -> "near 0; below -3: copies";
      default -> "";
    };
  }

  private static Html duringTraining(List<Map<?, ?>> lines) {
    List<Map<?, ?>> newest = lines.subList(Math.max(0, lines.size() - NEWEST_LINES), lines.size());
    Set<String> names = new LinkedHashSet<>();
    newest.forEach(line -> line.keySet().forEach(name -> names.add(String.valueOf(name))));
    names.removeAll(NOT_SHOWN);
    Table table = Table.headed(names.toArray(String[]::new));
    for (Map<?, ?> line : newest) {
      List<String> cells = names.stream().map(name -> cell(line.get(name))).toList();
      if (!cells.isEmpty()) {
        table.row(cells.get(0), cells.subList(1, cells.size()).toArray(String[]::new));
      }
    }
    return Html.all(
        Html.of("p", "The newest %d of %d lines.".formatted(newest.size(), lines.size())),
        table.html());
  }

  private static String cell(@Nullable Object value) {
    return value instanceof Double number
        ? Figures.of(number)
        : value == null ? "–" : String.valueOf(value);
  }
}
