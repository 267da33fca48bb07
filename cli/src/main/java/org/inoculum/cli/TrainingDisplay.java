package org.inoculum.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.train.Judgement;
import org.inoculum.train.Progress;
import org.inoculum.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/** Shows a training: its lines, and a bar on a terminal or a plain line now and then elsewhere. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private static final double PLAIN_EVERY_SECONDS = 30;

  private final Console console;
  private final boolean lines;
  private final @Nullable Bar bar;
  private @Nullable RunDirectory run;
  private double lastPlain;
  private String score = "";

  /**
   * A display.
   *
   * @param lines whether to show the line of each iteration, which is in the run's log anyway
   */
  TrainingDisplay(Console console, boolean lines) {
    this.console = console;
    this.lines = lines;
    this.bar = console.terminal() ? new Bar(console, "training") : null;
  }

  /** The run, once it has started. */
  @Nullable RunDirectory run() {
    return run;
  }

  @Override
  public void started(RunDirectory started) {
    run = started;
    console.note("run " + started.path() + " (Ctrl-C saves and stops)");
  }

  @Override
  public void line(String text) {
    if (lines || !text.startsWith(">")) {
      console.note(text);
    }
  }

  @Override
  public void judged(Judgement judgement) {
    if (judgement.kid() != null) {
      score = String.format(Locale.ROOT, ", KID %.2f", judgement.kid());
    }
  }

  @Override
  public void progressed(Progress progress) {
    String pace =
        String.format(
            Locale.ROOT,
            "%.2f kimg, %.1f images/s, %s left%s",
            progress.kimg(),
            progress.imagesPerSecond(),
            duration(progress.secondsLeft()),
            score);
    if (bar != null) {
      bar.at(progress.used(), pace);
    } else if (progress.seconds() - lastPlain >= PLAIN_EVERY_SECONDS) {
      lastPlain = progress.seconds();
      console.note(String.format(Locale.ROOT, "%.0f%%: ", 100 * progress.used()) + pace);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** Prints where the run stands and what comes next. */
  static void result(Console console, RunDirectory run, RunStatus status, boolean json) {
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("run", run.path().toString());
      result.put("status", status.state());
      result.put("kimg", status.kimg());
      result.put("seconds", status.seconds());
      result.put("imagesPerSecond", status.imagesPerSecond());
      console.printJson(result);
    } else {
      console.print(
          String.format(
              Locale.ROOT,
              "%s: %s after %d iterations, %.2f kimg, %s",
              run.path(),
              status.state().name().toLowerCase(Locale.ROOT),
              status.iteration(),
              status.kimg(),
              TrainingDisplay.duration(status.seconds())));
      console.print(
          String.format(
              "pictures: %s/samples; next: inoculum generate %s --count 1000 --out DIR",
              run.path(), run.path()));
    }
  }

  /** Such as "45 s", "12 min" or "3.2 h". */
  static String duration(double seconds) {
    if (Double.isInfinite(seconds)) {
      return "unknown time";
    }
    if (seconds < 90) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 5400
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
