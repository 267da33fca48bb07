package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.cli.DisplayOptions.Preview;
import org.inoculum.cli.Terminal.Colours;
import org.inoculum.cli.Terminal.Size;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Image;
import org.inoculum.run.RunDirectory;
import org.inoculum.train.EvaluationRecord;
import org.inoculum.train.Progress;
import org.inoculum.train.ValidationSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training as people see it. */
class TrainingDisplayTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Size size = new Size(80, 24);

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 200})
  void aTerminalShowsEverythingThatFitsAndNothingTwice(int columns) {
    size = new Size(columns, 24);
    train(new Terminal(true, true, Colours.TRUE, () -> size), Preview.AUTO, false);
    List<String> rows = new Screen(columns).show(text()).rows();
    assertThat(rows).allMatch(row -> row.length() <= columns);
    String screen = String.join("\n", rows);
    assertThat(screen)
        .contains("50%  40 s left", "distance 0.170", "snapshot 200", "generator has collapsed");
    assertThat(screen).doesNotContain(">100");
    assertThat(rows.get(0)).startsWith("run ");
    assertThat(rows).filteredOn(row -> row.startsWith("\u2580")).hasSize(8);
    if (columns >= 80) {
      assertThat(screen)
          .contains(
              "00000-cells-modern  iteration 200  kimg 3.20  images/s 43.2  memory ",
              "d 0.693  g 1.204",
              "distance 0.170 \u00b1 0.010  real 0.003  best so far  recall 0.40 of 0.83  at 200",
              "snapshot 200  checkpoint 190");
    }
  }

  @Test
  void withoutUnicodeOrColoursTheWordsSayTheSame() {
    train(new Terminal(true, false, Colours.NONE, () -> size), Preview.AUTO, false);
    assertThat(text()).doesNotContain("\u2588", "\u2580", "\u00b1", "38;5;", "38;2;");
    String screen = String.join("\n", new Screen(80).show(text()).rows());
    assertThat(screen).contains("####", "distance 0.170 +- 0.010", "best so far");
  }

  @Test
  void picturesCanBeAskedForAndRefused() {
    train(new Terminal(true, false, Colours.NONE, () -> size), Preview.ON, false);
    assertThat(text()).contains("\u2580", "48;5;");
    written.reset();
    train(new Terminal(true, true, Colours.TRUE, () -> size), Preview.OFF, false);
    assertThat(text()).doesNotContain("\u2580");
    written.reset();
    size = new Size(80, 12);
    train(new Terminal(true, true, Colours.TRUE, () -> size), Preview.ON, false);
    assertThat(text()).as("too low").doesNotContain("\u2580");
  }

  @Test
  void elsewhereThereAreLinesOnly() {
    train(Terminal.PLAIN, Preview.AUTO, false);
    assertThat(text().lines())
        .contains(
            "run runs/00000-cells-modern (Ctrl-C saves and stops)",
            "the generator has collapsed",
            "evaluated")
        .noneMatch(line -> line.startsWith(">"))
        .filteredOn(line -> line.contains("kimg"))
        .singleElement()
        .asString()
        .startsWith("50%: iteration 200, 3.20 kimg, 43.2 images/s, 40 s left")
        .endsWith("d 0.693 g 1.204, energy distance 0.170 (real images 0.003)");
    assertThat(text()).doesNotContain("\u001b", "\r", "\u2580");
  }

  @Test
  void aTerminalOfTwentyColumnsGetsLinesToo() {
    size = new Size(20, 24);
    train(new Terminal(true, true, Colours.TRUE, () -> size), Preview.AUTO, false);
    List<String> rows = new Screen(20).show(text()).rows();
    assertThat(String.join("", rows)).contains("collapsed").doesNotContain("\u2588", "\u2580");
  }

  @Test
  void theArticlesLinesAreShownWhereAskedFor() {
    train(Terminal.PLAIN, Preview.AUTO, true);
    assertThat(text().lines()).contains(">100, 1/2, d1=0.693");
    written.reset();
    train(new Terminal(true, true, Colours.TRUE, () -> size), Preview.AUTO, true);
    assertThat(new Screen(80).show(text()).rows()).containsOnlyOnce(">100, 1/2, d1=0.693");
  }

  @Test
  void namesOfFilesCannotDrawOnTheTerminal() {
    Console console = console(Terminal.PLAIN);
    console.note("passed over \u001b]0;title\u0007\u001b[2J\u009b3m.png");
    console.error("no \u001b[31m");
    assertThat(text()).doesNotContain("\u001b", "\u0007", "\u009b").contains("passed over ?]0;");
  }

  private void train(Terminal terminal, Preview preview, boolean lines) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      images.add(DrawnBacilli.draw(0, i, 16));
    }
    try (TrainingDisplay display = new TrainingDisplay(console(terminal), lines, preview)) {
      display.started(new RunDirectory(Path.of("runs/00000-cells-modern")));
      display.sampleGridSaved(0, images);
      display.line(">100, 1/2, d1=0.693");
      display.progressed(progress(100, 0.25));
      display.sampleGridSaved(100, images);
      display.evaluated(
          new EvaluationRecord(
              200,
              3.2,
              ValidationSource.TRAINING_IMAGES,
              64,
              64,
              0.0,
              0.17,
              0.01,
              0.003,
              0.3,
              0.8,
              0.4,
              0.83,
              0.5,
              0.9,
              true));
      display.line("evaluated");
      display.snapshotSaved(200);
      display.checkpointSaved(190);
      display.warned("the generator has collapsed");
      display.progressed(progress(200, 0.5));
    }
  }

  private static Progress progress(long iteration, double progress) {
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("d", 0.693);
    measured.put("g", 1.204);
    return new Progress(
        iteration, 0.016 * iteration, iteration < 200 ? 5 : 40, 43.2, measured, progress);
  }

  private Console console(Terminal terminal) {
    return new Console(
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(written, true, StandardCharsets.UTF_8),
        terminal);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
