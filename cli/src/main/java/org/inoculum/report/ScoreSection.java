package org.inoculum.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.evaluate.Comparison;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.RunEvaluation;
import org.inoculum.evaluate.RunImages;
import org.inoculum.evaluate.ScatteringFeatures;
import org.inoculum.evaluate.Score;
import org.inoculum.evaluate.Verdict;
import org.inoculum.files.Json;
import org.inoculum.torch.Engine;
import org.jspecify.annotations.Nullable;

/** Scores beside what real images score in the place of the generated ones. */
final class ScoreSection {
  private static final String TITLE = "Scores";

  /** Lines of {@code metrics.jsonl} that are shown, from the end. */
  private static final int NEWEST_LINES = 8;

  /** What is the same in every line, or in the curves. */
  private static final Set<String> NOT_SHOWN =
      Set.of("nReal", "precisionBaseline", "recallBaseline", "coverageBaseline");

  private ScoreSection() {}

  static ReportSection of(Subject subject, ReportSources sources, Consumer<String> warn) {
    List<Html> body = new ArrayList<>();
    String headline;
    Optional<Scored> scored = scored(subject, sources, warn);
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

  /** Scores, and a sentence that says where they are from. */
  private record Scored(Evaluation evaluation, String from) {}

  /** What was named, else what the run keeps, else what its held-out images say now. */
  private static Optional<Scored> scored(
      Subject subject, ReportSources sources, Consumer<String> warn) {
    if (sources.evaluation().isPresent()) {
      Path file = sources.evaluation().get();
      Evaluation evaluation = Json.read(file, Evaluation.class);
      if (!isWhole(evaluation)) {
        throw UserException.badData(
            file + " is not an evaluation: expected what `inoculum evaluate --json` prints");
      }
      return Optional.of(
          new Scored(
              evaluation,
              "From the file "
                  + file.getFileName()
                  + ", as it was given; it does not name the run that it evaluates."));
    }
    if (sources.heldOut().isPresent()) {
      return Optional.of(evaluated(subject, sources, sources.heldOut().get(), warn));
    }
    Optional<RunEvaluation> kept =
        subject
            .snapshot()
            .flatMap(snapshot -> RunEvaluation.of(subject.run(), snapshot, warn))
            .filter(one -> isWhole(one.evaluation()));
    if (kept.isPresent()) {
      return kept.map(
          one ->
              new Scored(
                  one.evaluation(),
                  "Of the snapshot above by the features %s, as the run keeps it: %d generated images against the real ones in %s."
                      .formatted(one.features(), one.generated(), lastName(one.heldOut()))));
    }
    return subject
        .snapshot()
        .flatMap(snapshot -> RunImages.heldOutFolder(subject.run()))
        .map(folder -> evaluated(subject, sources, folder, warn));
  }

  private static String lastName(String folder) {
    return folder.substring(1 + Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')));
  }

  private static Scored evaluated(
      Subject subject, ReportSources sources, Path heldOut, Consumer<String> warn) {
    Engine engine = Engine.start(sources.threads(), sources.precision());
    warn.accept("evaluating the snapshot");
    try (ScatteringFeatures space = new ScatteringFeatures()) {
      Evaluation evaluation =
          Evaluation.of(
              Comparison.ofImages(
                  heldOut,
                  realCount ->
                      RunImages.generate(
                          subject.run(),
                          sources.snapshot(),
                          Math.min(realCount, Comparison.MOST_GENERATED),
                          engine,
                          warn),
                  subject.trainingFolder().orElse(null),
                  subject.reading()),
              space);
      return new Scored(
          evaluation,
          "Of the snapshot above, for this report, against the real images in "
              + heldOut.getFileName()
              + ".");
    }
  }

  /** A JSON object without these fields is read without complaint. */
  private static boolean isWhole(Evaluation evaluation) {
    return isWhole(evaluation.verdict(), evaluation.metrics())
        && evaluation.classes().stream().allMatch(one -> isWhole(one.verdict(), one.metrics()));
  }

  private static boolean isWhole(Verdict verdict, List<Score> scores) {
    return verdict != null
        && verdict.summary() != null
        && verdict.advice() != null
        && verdict.findings().stream().allMatch(finding -> finding.text() != null)
        && scores.stream().allMatch(score -> score.name() != null);
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
