package org.inoculum.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.annotation.Box;
import org.inoculum.compose.CompositionResult;
import org.inoculum.data.AnnotatedField;
import org.inoculum.detect.Detection;
import org.inoculum.detect.FieldOverlay;
import org.inoculum.detect.Rect;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;

/** The section that shows composed fields with their boxes, beside annotated ones. */
final class ComposedSection {
  private static final String TITLE = "Composed fields";
  private static final int SHOWN = 3;

  /** Pixels of the longer side. */
  private static final int LONGEST = 720;

  private ComposedSection() {}

  static ReportSection of(
      Path set, CompositionResult made, Optional<Path> real, Consumer<String> note) {
    List<Html> body = new ArrayList<>();
    List<Html> composed = figures(set, "composed", note);
    List<Html> annotated = real.map(folder -> figures(folder, "annotated", note)).orElse(List.of());
    List<Html> pairs = new ArrayList<>();
    for (int i = 0; i < Math.max(composed.size(), annotated.size()); i++) {
      pairs.add(i < composed.size() ? composed.get(i) : Html.of("span", ""));
      if (!annotated.isEmpty()) {
        pairs.add(i < annotated.size() ? annotated.get(i) : Html.of("span", ""));
      }
    }
    body.add(Html.styled("div", "pair", Html.all(pairs)));
    if (annotated.isEmpty()) {
      body.add(
          ReportSection.absent(
              "annotated fields beside them", "inoculum report DIR --held-out TEST-FIELDS"));
    }
    body.add(facts(made));
    return new ReportSection(TITLE, "", Html.all(body));
  }

  /** The first fields of a folder that have boxes. */
  private static List<Html> figures(Path folder, String kind, Consumer<String> note) {
    List<AnnotatedField> fields = AnnotatedField.read(folder, null, null, note);
    List<Html> figures = new ArrayList<>();
    for (AnnotatedField field : fields) {
      if (field.boxes().isEmpty() || figures.size() == SHOWN) {
        continue;
      }
      Image image = ImageFiles.read(field.file(), DecodingLimits.DEFAULT);
      List<String> classes = field.boxes().stream().map(Box::label).distinct().sorted().toList();
      List<Detection> boxes = new ArrayList<>();
      for (Box box : field.boxes()) {
        Box pixels = box.inPixels(image.width(), image.height());
        boxes.add(
            new Detection(
                classes.indexOf(box.label()),
                new Rect(pixels.left(), pixels.top(), pixels.width(), pixels.height()),
                1));
      }
      String caption = "%s: %s, %d boxes".formatted(kind, field.source(), boxes.size());
      figures.add(
          Html.of(
              "figure",
              Html.image(Png.encode(FieldOverlay.draw(image, boxes, LONGEST)), caption, "chart"),
              Html.of("figcaption", caption)));
    }
    return figures;
  }

  private static Html facts(CompositionResult made) {
    Table table = Table.ofFacts();
    table.row("fields", Figures.count(made.fields()));
    table.row(
        "cells", Figures.count(made.cells()) + " in " + Figures.count(made.objects()) + " boxes");
    table.row("classes", String.join(", ", made.classes()));
    table.row("modality", made.modality());
    table.row("cells cut out of", made.cut() + " crops; " + made.rejected() + " more gave none");
    table.row(
        "ground",
        "%d fields; %d annotated objects removed, %d places that may be a cell ignored"
            .formatted(made.ground(), made.replaced(), made.suspects()));
    table.row(
        "boxes", String.format(Locale.ROOT, "%.1f pixels wider than cells", made.boxMargin()));
    table.row("made by", made.program() + ", seed " + made.seed());
    return table.html();
  }
}
