package org.inoculum.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.inoculum.image.Image;
import org.inoculum.train.EvaluationRecord;
import org.inoculum.train.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The state of a training in a few lines: samples, progress, losses, the last score beside its
 * baseline, what was saved, a bar. Words that do not fit are left out, the last ones first.
 */
final class TrainingPanel {
  /** Fewer columns are not worth a panel. */
  static final int LEAST_COLUMNS = 40;

  private static final int ROWS_FOR_SAMPLES = 20;
  private static final int ROWS_FOR_LARGE_SAMPLES = 30;
  private static final int SAMPLE_SIDE = 16;
  private static final int LARGE_SAMPLE_SIDE = 24;
  private static final int MOST_COLUMNS = 120;
  private static final String GAP = "  ";

  private final Terminal terminal;
  private final boolean samplesShown;
  private final String name;

  private List<Image> images = List.of();
  private @Nullable Progress progress;
  private @Nullable EvaluationRecord evaluated;
  private @Nullable EvaluationRecord best;
  private long snapshot = -1;
  private long checkpoint = -1;

  /**
   * A panel of nothing yet.
   *
   * @param samplesShown whether samples are shown
   * @param name of the run
   */
  TrainingPanel(Terminal terminal, boolean samplesShown, String name) {
    this.terminal = terminal;
    this.samplesShown = samplesShown;
    this.name = name;
  }

  void images(List<Image> newest) {
    images = List.copyOf(newest);
  }

  void progress(Progress newest) {
    progress = newest;
  }

  void evaluated(EvaluationRecord newest) {
    evaluated = newest;
    if (newest.best()) {
      best = newest;
    }
  }

  void snapshot(long iteration) {
    snapshot = iteration;
  }

  void checkpoint(long iteration) {
    checkpoint = iteration;
  }

  /** The panel on a terminal of this size; nothing where that is too narrow. */
  List<String> lines(Terminal.Size size, OptionalLong memory) {
    int columns = Math.min(MOST_COLUMNS, size.columns() - 1);
    List<String> lines = new ArrayList<>();
    if (size.columns() < LEAST_COLUMNS) {
      return lines;
    }
    if (samplesShown && size.rows() >= ROWS_FOR_SAMPLES) {
      int side = size.rows() >= ROWS_FOR_LARGE_SAMPLES ? LARGE_SAMPLE_SIDE : SAMPLE_SIDE;
      lines.addAll(TerminalThumbnails.of(images, side, columns, sampleColours()));
    }
    lines.add(fit(columns, where(memory)));
    lines.add(fit(columns, losses()));
    lines.add(fit(columns, score()));
    lines.add(fit(columns, saved()));
    lines.add(bar(columns));
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private Terminal.Colours sampleColours() {
    return terminal.colours() == Terminal.Colours.NONE
        ? Terminal.Colours.PALETTE // asked for by name
        : terminal.colours();
  }

  private List<String> where(OptionalLong memory) {
    List<String> words = new ArrayList<>(List.of(Console.clean(name)));
    Progress now = progress;
    if (now != null) {
      words.add(named("iteration", String.format(Locale.ROOT, "%,d", now.iteration())));
      words.add(named("kimg", String.format(Locale.ROOT, "%.2f", now.kimg())));
      words.add(named("images/s", String.format(Locale.ROOT, "%.1f", now.imagesPerSecond())));
    }
    memory.ifPresent(bytes -> words.add(named("memory", gibibytes(bytes))));
    return words;
  }

  private List<String> losses() {
    List<String> words = new ArrayList<>();
    Progress now = progress;
    if (now != null) {
      now.measured().forEach((loss, value) -> words.add(named(loss, number(value))));
    }
    return words;
  }

  private List<String> score() {
    EvaluationRecord now = evaluated;
    if (now == null) {
      return List.of(named("score", "not evaluated yet"));
    }
    List<String> words = new ArrayList<>();
    words.add(named("distance", distance(now)));
    if (now.energyDistanceBaseline() != null) {
      words.add(named("real", number(now.energyDistanceBaseline())));
    }
    EvaluationRecord top = best;
    if (top != null) {
      words.add(
          Ink.GOOD.on(
              top.equals(now)
                  ? "best so far"
                  : String.format(Locale.ROOT, "best %s at %,d", distance(top), top.iteration()),
              terminal.colours()));
    }
    if (now.recall() != null && now.recallBaseline() != null) {
      words.add(
          named(
              "recall",
              String.format(Locale.ROOT, "%.2f of %.2f", now.recall(), now.recallBaseline())));
    }
    words.add(named("at", String.format(Locale.ROOT, "%,d", now.iteration())));
    return words;
  }

  private List<String> saved() {
    List<String> words = new ArrayList<>();
    if (snapshot >= 0) {
      words.add(named("snapshot", String.format(Locale.ROOT, "%,d", snapshot)));
    }
    if (checkpoint >= 0) {
      words.add(named("checkpoint", String.format(Locale.ROOT, "%,d", checkpoint)));
    }
    return words;
  }

  private String bar(int columns) {
    Progress now = progress;
    double share = now == null ? 0 : Math.max(0, Math.min(1, now.progress()));
    String words =
        String.format(
            Locale.ROOT,
            " %3.0f%%  %s",
            100 * share,
            now == null ? "begins" : TrainingDisplay.duration(now.secondsLeft()) + " left");
    return Bar.of(share, words, columns, terminal);
  }

  private String named(String what, String value) {
    return Ink.QUIET.on(what, terminal.colours()) + " " + value;
  }

  private static String fit(int columns, List<String> words) {
    StringBuilder line = new StringBuilder();
    int columnsUsed = 0;
    for (String word : words) {
      int more = Panel.visible(word) + (columnsUsed == 0 ? 0 : GAP.length());
      if (columnsUsed + more > columns) {
        break;
      }
      line.append(columnsUsed == 0 ? "" : GAP).append(word);
      columnsUsed += more;
    }
    return line.toString();
  }

  private String distance(EvaluationRecord evaluation) {
    Double distance = evaluation.energyDistance();
    Double error = evaluation.energyDistanceError();
    return distance == null
        ? "none (nearly all are copies)"
        : number(distance)
            + (error == null ? "" : (terminal.unicode() ? " \u00b1 " : " +- ") + number(error));
  }

  /** Three decimals, or three digits where that would be long. */
  static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.3f" : "%.2e", value);
  }

  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
