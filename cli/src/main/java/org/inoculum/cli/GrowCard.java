package org.inoculum.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.inoculum.Inoculum;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.RunEvaluation;
import org.inoculum.evaluate.Score;
import org.inoculum.run.RunDirectory;
import org.inoculum.utility.UtilityResult;
import org.jspecify.annotations.Nullable;

/**
 * The README.md of a folder that {@code grow} made.
 *
 * @param commands what did it, one command each
 */
record GrowCard(
    GrowPlan plan,
    Path out,
    RunDirectory run,
    Optional<RunEvaluation> evaluation,
    Optional<UtilityResult> utility,
    List<List<String>> commands) {
  private static final List<String> SHOWN = List.of("kid", "precision", "recall", "coverage");

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# Synthetic images from " + Path.of(plan.data()).getFileName());
    lines.add("");
    lines.add(
        "Made by %s from %d real images (%s). They show no specimen that exists."
            .formatted(Inoculum.program(), plan.images(), String.join(", ", plan.classes())));
    lines.add("");
    lines.add("| | |");
    lines.add("|---|---|");
    lines.add("| `images/` | the synthetic data set, with its own card: this is what to pass on |");
    if (Files.exists(out.resolve(GrowOutcome.FIELDS))) {
      lines.add("| `fields/` | composed fields of view, on the ground that was given |");
    }
    lines.add("| `report.html` | for a reviewer; it shows training images |");
    lines.add("| `run/` | the training: generator, scores, provenance; it has training images |");
    if (plan.prepare() != null) {
      lines.add(
          "| `data/` | copies of the real images, cut" + (plan.isSplit() ? " and split |" : " |"));
    }
    lines.add("| `grow.json` | what was decided |");
    lines.add("");
    lines.add("## What was found");
    lines.add("");
    evaluation.map(RunEvaluation::evaluation).ifPresent(found -> scores(lines, found));
    if (!plan.isEvaluatedApart()) {
      lines.add("");
      lines.add(
          "No image was kept aside: the scores compare with the training images themselves, which flatters them.");
    }
    utility.ifPresent(
        one -> {
          lines.add("");
          lines.add("Utility: " + one.verdict());
        });
    lines.add("");
    lines.add(
        "This is not anonymisation, not differentially private, and no clinical validation: report.html names the limits.");
    lines.add("");
    lines.add("## The same, command by command");
    lines.add("");
    commands.forEach(command -> lines.add("    inoculum " + GrowStages.typed(command)));
    lines.add("");
    return String.join("\n", lines);
  }

  private static void scores(List<String> lines, Evaluation found) {
    lines.add("**" + found.verdict().summary() + "** Next: " + found.verdict().advice() + ".");
    lines.add("");
    lines.add("| score | value | real-vs-real baseline |");
    lines.add("|---|---|---|");
    for (Score score : found.metrics()) {
      if (SHOWN.contains(score.name())) {
        lines.add(
            "| %s (%s) | %s | %s |"
                .formatted(
                    score.name(),
                    score.features(),
                    number(score.value()),
                    number(score.baseline())));
      }
    }
  }

  private static String number(@Nullable Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }
}
