package org.inoculum.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.inoculum.detect.Detector;
import org.inoculum.detect.DetectorFile;
import org.inoculum.detect.FieldsExperiment;
import org.inoculum.detect.FieldsOptions;
import org.inoculum.detect.FieldsResult;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.inoculum.detect.FieldsSource;
import org.inoculum.detect.GradeAgreement;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.torch.PrecisionChoice;
import org.jspecify.annotations.Nullable;

/** {@code inoculum utility --fields}: runs the test, prints and writes its result. */
record FieldsUtility(Console console, StopRequest stop) {

  int run(
      FieldsSource source,
      UtilityFieldsOptions more,
      FieldsOptions options,
      @Nullable Path out,
      boolean json) {
    Path keep = more.keepDetector();
    if (out != null) {
      Storage.refuseExisting(out);
    }
    if (keep != null) {
      Storage.refuseExisting(keep);
    }
    AtomicLong begun = new AtomicLong(System.nanoTime());
    FieldsExperiment.Outcome outcome =
        FieldsExperiment.run(
            source,
            more.groupBy(),
            options,
            PrecisionChoice.AUTO,
            (done, of, steps) -> {
              long now = System.nanoTime();
              double spent = (now - begun.get()) / 1e9;
              console.note(
                  "%d of %d detectors of %d steps, %s left"
                      .formatted(
                          done, of, steps, TrainingDisplay.duration(spent / done * (of - done))));
              if (done == of) {
                begun.set(now); // what comes next takes its own time
              }
            },
            console::note,
            stop);
    FieldsResult result = outcome.result();
    if (out != null) {
      Storage.writeFile(out, Json.document(result));
    }
    if (keep != null && outcome.detector().isPresent()) {
      try (Detector detector = outcome.detector().get()) {
        Storage.writeFile(keep, DetectorFile.encode(detector));
      }
    }
    if (json) {
      console.printJson(result);
    } else {
      print(result, keep);
    }
    return 0;
  }

  private void print(FieldsResult result, @Nullable Path keep) {
    console.print(
        String.format(
            Locale.ROOT,
            "fields %s with cells %s of %s; %d repeats, %d steps of %d crops in every condition",
            result.fields(),
            result.cells(),
            result.classes(),
            result.repeats(),
            result.steps(),
            result.batch()));
    for (FieldsResult.Steps one : result.tried()) {
      console.print(
          String.format(
              Locale.ROOT, "%-32s %5d steps: AP %.3f", one.condition(), one.steps(), one.ap()));
    }
    for (ConditionScores one : result.conditions()) {
      console.print(
          String.format(
              Locale.ROOT,
              "%-32s AP %.3f (%.3f to %.3f; by seed %s), AP at IoU 0.5 %.3f, F1 %.3f",
              one.condition(),
              one.ap(),
              one.low(),
              one.high(),
              listed(one.apByRepeat()),
              one.apIou50(),
              one.f1()));
      console.print(
          String.format(
              Locale.ROOT,
              "%-32s counted %.0f of %d cells, %.2f wrong a field, bias %+.2f (limits of agreement %.1f to %.1f)",
              "",
              one.counted(),
              one.cells(),
              one.countError(),
              one.countBias(),
              one.countLow(),
              one.countHigh()));
      GradeAgreement grades = one.grades();
      if (grades != null) {
        console.print(
            "%-32s grades: the same for %.0f %% of slides, weighted kappa %s"
                .formatted(
                    "",
                    100 * grades.same(),
                    grades.kappa() == null
                        ? "not defined, since all have one grade"
                        : String.format(Locale.ROOT, "%.2f", grades.kappa())));
      }
    }
    for (ConditionDifference one : result.comparisons()) {
      console.print(
          String.format(
              Locale.ROOT,
              "%s less %s: AP %+.3f (%+.3f to %+.3f), at IoU 0.5 %+.3f (%+.3f to %+.3f), count error %+.2f (%+.2f to %+.2f)",
              one.condition(),
              one.against(),
              one.difference(),
              one.low(),
              one.high(),
              one.iouDifference(),
              one.iouLow(),
              one.iouHigh(),
              one.countDifference(),
              one.countLow(),
              one.countHigh()));
    }
    console.print(result.verdict());
    if (keep != null) {
      console.print("next: inoculum detect " + keep + " FIELDS --out DIR");
    }
  }

  private static String listed(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.3f", value))
        .collect(Collectors.joining(" "));
  }
}
