package org.inoculum.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.evaluate.RunEvaluation;
import org.inoculum.files.Storage;
import org.inoculum.report.ReportSources;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.utility.UtilityResult;

/**
 * What {@code grow} came to.
 *
 * @param out its folder
 * @param commands that do the same one by one
 */
record GrowOutcome(
    Console console, GrowPlan plan, Path out, RunDirectory run, List<List<String>> commands) {
  static final String REPORT = "report.html";
  static final String FIELDS = "fields";
  static final String IMAGES = "images";

  /** Writes the card, and says what there is. */
  void tell(int count, boolean json) {
    Optional<RunEvaluation> evaluation =
        RunEvaluation.of(run, SnapshotChoice.BEST.in(run, console::note), console::note);
    Optional<UtilityResult> utility = ReportSources.keptUtility(run);
    Storage.writeFile(
        out.resolve("README.md"),
        new GrowCard(plan, out, run, evaluation, utility, commands).text());
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("out", out.toString());
      result.put("images", out.resolve(IMAGES).toString());
      result.put("run", run.path().toString());
      result.put("report", out.resolve(REPORT).toString());
      result.put("verdict", evaluation.map(one -> one.evaluation().verdict()).orElse(null));
      result.put("utility", utility.map(UtilityResult::verdict).orElse(null));
      result.put("commands", commands.stream().map(GrowStages::typed).toList());
      console.printJson(result);
      return;
    }
    console.print(
        "images: " + out.resolve(IMAGES) + " (" + count + " of them, README.md, manifest.jsonl)");
    evaluation.ifPresent(
        one -> {
          console.print("verdict: " + one.evaluation().verdict().summary());
          console.print("advice: " + one.evaluation().verdict().advice());
        });
    utility.ifPresent(one -> console.print("utility: " + one.verdict()));
    if (Files.exists(out.resolve(FIELDS))) {
      console.print("fields: " + out.resolve(FIELDS));
    }
    console.print("report: " + out.resolve(REPORT) + " (it shows your training images)");
    console.next("dashboard", "--runs", out.resolve(GrowPlan.RUNS));
  }
}
