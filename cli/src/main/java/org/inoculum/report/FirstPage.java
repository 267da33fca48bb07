package org.inoculum.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.data.Manifest;
import org.inoculum.evaluate.Score;
import org.inoculum.evaluate.Verdict;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Crop;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;

/** What a reader with half a minute takes away: the verdict, images beside real ones, numbers. */
final class FirstPage {
  private static final int IMAGES = 16;
  private static final int COLUMNS = 8;

  /** Pixels between the images of a sample grid. */
  private static final int GAP = 2;

  private static final List<String> SHOWN = List.of("precision", "recall", "coverage");

  private FirstPage() {}

  static Html of(Subject subject, Optional<Scored> scored, List<ReportSection> parts) {
    List<Html> body = new ArrayList<>();
    scored.map(one -> one.evaluation().verdict()).ifPresent(verdict -> body.add(verdict(verdict)));
    body.add(images(subject));
    scored.ifPresent(one -> body.add(numbers(one.evaluation().metrics())));
    Table table = Table.ofFacts();
    parts.stream()
        .filter(part -> !part.headline().isEmpty())
        .filter(part -> scored.isEmpty() || !part.title().equals(ScoreSection.TITLE)) // it is above
        .forEach(part -> table.row(part.title(), part.headline()));
    table.row("Limits", "not anonymisation, not differentially private");
    body.add(Html.styled("div", "summary", table.html()));
    return Html.all(body);
  }

  private static Html verdict(Verdict verdict) {
    return Html.all(
        Html.styled("p", "verdict", Html.text(verdict.summary())),
        Html.of("p", "Next: " + verdict.advice() + "."));
  }

  private static Html images(Subject subject) {
    Path samples = subject.run().path().resolve("samples");
    Optional<Path> grid =
        subject
            .snapshot()
            .map(snapshot -> samples.resolve(snapshot.name() + ".png"))
            .filter(Files::isRegularFile)
            .or(() -> SampleGrids.newest(samples));
    List<Html> figures = new ArrayList<>();
    subject
        .data()
        .map(Manifest::size)
        .ifPresent(
            size -> {
              first(samples.resolve("reals.png"), size, "The first real images")
                  .ifPresent(figures::add);
              grid.flatMap(file -> first(file, size, "The first generated images, none left out"))
                  .ifPresent(figures::add);
            });
    return figures.size() < 2 ? Html.NOTHING : Html.styled("div", "pair", Html.all(figures));
  }

  /** The first images of a sample grid; nothing where it is not one of that size. */
  private static Optional<Html> first(Path file, int size, String caption) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Image grid;
    try {
      grid = ImageFiles.read(file, DecodingLimits.DEFAULT);
    } catch (UserException e) {
      return Optional.empty(); // the section below says what is wrong with it
    }
    int columns = (grid.width() + GAP) / (size + GAP);
    int rows = (grid.height() + GAP) / (size + GAP);
    if (columns * (size + GAP) - GAP != grid.width() || columns * rows < IMAGES) {
      return Optional.empty();
    }
    List<Image> tiles =
        IntStream.range(0, IMAGES)
            .mapToObj(
                i -> Crop.of(grid, i % columns * (size + GAP), i / columns * (size + GAP), size))
            .toList();
    return Optional.of(
        SampleGrids.figure(Png.encode(ContactSheet.of(tiles, COLUMNS, GAP, 255)), caption));
  }

  private static Html numbers(List<Score> scores) {
    Table table = Table.headed("score", "generated images", "real images in their place");
    for (Score score : scores) {
      if (SHOWN.contains(score.name())) {
        table.row(
            score.name(),
            Figures.of(score.value()),
            score.baseline() == null ? "–" : Figures.of(score.baseline()));
      }
    }
    return table.html();
  }
}
