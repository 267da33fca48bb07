package org.inoculum.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.inoculum.run.RunDirectory;

/** The section with the curves of {@code stats.jsonl}. */
final class Curves {
  private static final String TITLE = "Curves";

  /** Points of a line at most; each is the mean of its stretch, or speed would look like noise. */
  private static final int MOST_POINTS = 400;

  private static final Set<String> LOSSES =
      Set.of("loss/d", "loss/d_real", "loss/d_fake", "loss/g");
  private static final Set<String> NOT_DRAWN =
      Set.of(
          "iteration",
          "kimg",
          "seconds",
          "progress",
          "imagesPerSecond",
          "penalty",
          "spectral",
          "resolution");

  private Curves() {}

  static ReportSection of(Subject subject) {
    List<Map<?, ?>> lines =
        subject.lines("stats.jsonl").stream()
            .filter(
                line ->
                    line.get("kimg") instanceof Number kimg && Double.isFinite(kimg.doubleValue()))
            .toList();
    if (lines.isEmpty()) {
      return ReportSection.missing(
          TITLE, "the run has no numbers in stats.jsonl yet", subject.command("resume", ""));
    }
    Set<String> measured = new TreeSet<>();
    lines.forEach(line -> line.keySet().forEach(name -> measured.add(String.valueOf(name))));
    Set<String> losses = new TreeSet<>(measured);
    losses.retainAll(LOSSES);
    Set<String> others = new TreeSet<>(measured);
    others.removeAll(LOSSES);
    others.removeAll(NOT_DRAWN);
    try {
      List<Html> charts = new ArrayList<>();
      charts.addAll(evaluated(subject));
      charts.add(
          chart(
              lines,
              losses,
              "iterations",
              "Losses of the discriminator (loss/d; classic: loss/d_real on real images, loss/d_fake on generated ones) and of the generator (loss/g)"));
      charts.add(chart(lines, Set.of("imagesPerSecond"), "iterations", "Real images a second"));
      charts.add(
          chart(
              lines, others, "iterations", "What else was measured: " + String.join(", ", others)));
      return new ReportSection(TITLE, "", Html.styled("div", "charts", Html.all(charts)));
    } catch (LinkageError | InternalError e) {
      // A Java without fonts cannot draw; the rest of the report is worth having all the same.
      return ReportSection.missing(
          TITLE,
          "this Java cannot draw text (" + e.getMessage() + "); install fontconfig and a font",
          subject.command("report", "--overwrite"));
    }
  }

  /** What snapshots scored. */
  private static List<Html> evaluated(Subject subject) {
    List<Map<?, ?>> lines =
        subject.lines("metrics.jsonl").stream()
            .filter(
                line ->
                    line.get("kimg") instanceof Number kimg && Double.isFinite(kimg.doubleValue()))
            .toList();
    if (lines.isEmpty()) {
      return List.of();
    }
    String by = String.valueOf(lines.get(lines.size() - 1).get("validationSet")).replace('_', ' ');
    String best =
        subject.run().best().isPresent()
            ? "; the best snapshot is " + RunDirectory.number(subject.run().best().getAsLong())
            : "";
    return List.of(
        chart(
            lines,
            List.of("energyDistance", "energyDistanceBaseline"),
            "evaluations",
            "Energy distance during the training, evaluated on: "
                + by
                + "; lower is better"
                + best),
        chart(
            lines,
            List.of("coverage", "precision", "recall", "copies"),
            "evaluations",
            "Coverage, precision and recall (higher is better), and the share of copies"));
  }

  private static Html chart(
      List<Map<?, ?>> lines, Collection<String> names, String what, String description) {
    int stretch = (lines.size() + MOST_POINTS - 1) / MOST_POINTS;
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (String name : names) {
      List<Double> means = means(lines, name, stretch);
      if (means.stream().anyMatch(Double::isFinite)) {
        values.put(name, means);
      }
    }
    if (values.isEmpty()) {
      return Html.NOTHING;
    }
    boolean clipped =
        values.values().stream()
            .flatMap(List::stream)
            .anyMatch(value -> Math.abs(value) > Chart.LIMIT);
    String caption =
        description
            + (clipped ? "; values beyond 1e9 are drawn at 1e9, which is off the scale" : "");
    return Html.of(
        "figure",
        Html.image(Chart.png(means(lines, "kimg", stretch), values), caption, "chart"),
        Html.of(
            "figcaption",
            stretch == 1
                ? caption
                : String.format(Locale.ROOT, "%s; means over %d %s", caption, stretch, what)));
  }

  /** Means of stretches; NaN where one has no number. */
  private static List<Double> means(List<Map<?, ?>> lines, String name, int stretch) {
    List<Double> means = new ArrayList<>();
    for (int first = 0; first < lines.size(); first += stretch) {
      means.add(
          lines.subList(first, Math.min(lines.size(), first + stretch)).stream()
              .map(line -> line.get(name))
              .filter(value -> value instanceof Number)
              .mapToDouble(value -> ((Number) value).doubleValue())
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN));
    }
    return means;
  }
}
