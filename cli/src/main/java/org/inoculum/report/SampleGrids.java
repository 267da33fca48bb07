package org.inoculum.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;

/** The run's newest sample grid beside real images. */
final class SampleGrids {
  private SampleGrids() {}

  static ReportSection of(Subject subject) {
    Path samples = subject.run().path().resolve("samples");
    Optional<Path> newest = newest(samples);
    Path reals = samples.resolve("reals.png");
    return new ReportSection(
        "Samples beside real images",
        newest.isPresent() ? "" : "not in this report: the run has no sample grid",
        Html.styled(
            "div",
            "pair",
            Files.exists(reals)
                ? figure(reals, "Real images that the generator was trained on")
                : Html.styled(
                    "p",
                    "absent",
                    Html.text("Not in this report: the run has no samples/reals.png.")),
            newest
                .map(grid -> figure(grid, "Samples at iteration " + number(grid)))
                .orElseGet(
                    () ->
                        ReportSection.absent(
                            "the run has no sample grid yet", subject.command("resume", "")))));
  }

  /** A PNG with what it shows. */
  static Html figure(Path png, String caption) {
    return figure(ImageFiles.content(png, DecodingLimits.DEFAULT), caption);
  }

  static Html figure(byte[] png, String caption) {
    return Html.of("figure", Html.image(png, caption, "sheet"), Html.of("figcaption", caption));
  }

  private static long number(Path grid) {
    return Long.parseLong(String.valueOf(grid.getFileName()).replace(".png", ""));
  }

  static Optional<Path> newest(Path samples) {
    if (!Files.isDirectory(samples)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(samples)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("\\d{6,18}\\.png"))
          .max(Comparator.comparingLong(SampleGrids::number));
    } catch (IOException e) {
      throw UserException.badData("cannot read " + samples + ": " + e.getMessage(), e);
    }
  }
}
