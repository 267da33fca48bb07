package org.inoculum.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.data.FileProgress;
import org.inoculum.evaluate.Comparison;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.RunEvaluation;
import org.inoculum.evaluate.RunImages;
import org.inoculum.evaluate.ScatteringFeatures;
import org.inoculum.evaluate.Score;
import org.inoculum.evaluate.Verdict;
import org.inoculum.files.Json;
import org.inoculum.torch.Engine;

/**
 * The scores of a report.
 *
 * @param from a sentence that says where they are from
 */
record Scored(Evaluation evaluation, String from) {
  /** What was named, else what the run keeps, else what its held-out images say now. */
  static Optional<Scored> of(
      Subject subject, ReportSources sources, Consumer<String> warn, FileProgress progress) {
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
      return Optional.of(evaluated(subject, sources, sources.heldOut().get(), warn, progress));
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
                  "Of the snapshot that is reported on by the features %s, as the run keeps it: %d generated images against the real ones in %s."
                      .formatted(one.features(), one.generated(), lastName(one.heldOut()))));
    }
    return subject
        .snapshot()
        .flatMap(snapshot -> RunImages.heldOutFolder(subject.run()))
        .map(folder -> evaluated(subject, sources, folder, warn, progress));
  }

  private static String lastName(String folder) {
    return folder.substring(1 + Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')));
  }

  private static Scored evaluated(
      Subject subject,
      ReportSources sources,
      Path heldOut,
      Consumer<String> warn,
      FileProgress progress) {
    Engine engine = Engine.start(sources.threads(), sources.precision());
    warn.accept("evaluating the snapshot");
    try (ScatteringFeatures space = new ScatteringFeatures()) {
      Evaluation evaluation =
          Evaluation.of(
              Comparison.ofImages(
                  heldOut,
                  realCount ->
                      RunImages.generate(
                          sources.snapshot().in(subject.run(), warn),
                          Math.min(realCount, Comparison.MOST_GENERATED),
                          engine,
                          progress),
                  subject.trainingFolder().orElse(null),
                  subject.reading()),
              space,
              progress);
      return new Scored(
          evaluation,
          "Of the snapshot that is reported on, for this report, against the real images in "
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
}
