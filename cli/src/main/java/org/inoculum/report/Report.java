package org.inoculum.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.FileProgress;
import org.inoculum.files.OwnFile;
import org.inoculum.files.Storage;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunDirectory;

/**
 * A run as one HTML file that fetches nothing and runs nothing. A part that is not known is named
 * with the command that would add it.
 */
public final class Report {
  /** In the first lines of every report, by which one is known. */
  static final String MARK = "<meta name=\"generator\" content=\"inoculum report\">";

  /** Styles and images that stand in the file itself, and nothing else. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

  private static final List<String> LIMITS =
      List.of(
          "This is not anonymisation, and it is not differentially private: a generator can reproduce what it was trained on.",
          "This report shows training images. Pass it on only to those who may see them.",
          "The copy test misses copies that are cut, moved by more than a pixel or two, or turned by an odd angle.",
          "Scores on a handful of images are uncertain: read them with their interval and beside their baseline, and compare only scores of the same counts, feature space and estimator.",
          "Generated images show nothing that was not in the training images: no new kinds of cell, no rare findings, no other stain or microscope.",
          "Whether they help depends on the classifier and on its data; nothing here is a clinical validation.");

  private Report() {}

  /**
   * Writes a report, whole or not at all.
   *
   * @param file where it goes
   * @param overwrite whether an earlier report there is replaced; anything else there never is
   * @param note is told in a sentence of what takes long, and of anything odd
   * @param progress is told how far an evaluation is, if one has to be made
   * @throws UserException of kind USAGE if something is in the way, BAD_DATA if a file of the run
   *     or of the sources is missing or damaged, STORAGE if the report cannot be written
   */
  public static void write(
      RunDirectory run,
      ReportSources sources,
      Path file,
      boolean overwrite,
      Consumer<String> note,
      FileProgress progress) {
    Fonts.require();
    new OwnFile(file, "a report", MARK, 1000).requireFree(overwrite);
    Storage.writeFile(file, of(run, sources, note, progress));
  }

  /** The report's text. */
  static String of(
      RunDirectory run, ReportSources sources, Consumer<String> note, FileProgress progress) {
    List<String> oddities = new ArrayList<>();
    Subject subject =
        Subject.read(
            run,
            sources.snapshot(),
            oddity -> {
              oddities.add(oddity);
              note.accept(oddity);
            });
    Optional<Scored> scored = Scored.of(subject, sources, note, progress);
    List<ReportSection> parts = new ArrayList<>();
    parts.add(ScoreSection.of(subject, sources, scored));
    parts.add(UtilitySection.of(sources, subject));
    parts.add(CopySection.of(subject, sources));
    parts.add(NearestImages.of(subject, sources, note));
    parts.add(SampleGrids.of(subject));
    parts.add(Curves.of(subject));
    parts.add(OriginSection.of(subject));
    return page(
        "Run " + subject.name(), oddities, FirstPage.of(subject, scored, parts), parts, LIMITS);
  }

  /** A page with a heading, parts and limits. */
  static String page(
      String heading,
      List<String> oddities,
      Html first,
      List<ReportSection> parts,
      List<String> limits) {
    List<Html> body = new ArrayList<>();
    body.add(Html.of("h1", heading));
    body.add(
        Html.styled(
            "p", "small", Html.text("Report of " + Provenance.now() + ", " + Inoculum.program())));
    oddities.forEach(oddity -> body.add(Html.styled("p", "absent", Html.text(oddity))));
    body.add(first);
    for (ReportSection part : parts) {
      body.add(Html.of("section", Html.of("h2", part.title()), part.body()));
    }
    body.add(
        Html.of(
            "section",
            Html.of("h2", "Limits"),
            Html.of("ul", Html.all(limits.stream().map(limit -> Html.of("li", limit)).toList()))));
    return String.join(
        "\n",
        "<!DOCTYPE html>",
        "<html lang=\"en\">",
        "<head>",
        "<meta charset=\"utf-8\">",
        MARK,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "<meta name=\"color-scheme\" content=\"light dark\">",
        Html.of("title", heading + " - inoculum report").toString(),
        "<style>",
        style(),
        "</style>",
        "</head>",
        "<body>",
        Html.of("main", Html.all(body)).toString(),
        "</body>",
        "</html>",
        "");
  }

  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(Report.class.getResourceAsStream("report.css"), "report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a broken installation
    }
  }
}
