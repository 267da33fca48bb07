package org.inoculum.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.inoculum.data.FileProgress;

/**
 * The progress of a command that counts images, and the time that it still takes: a bar on a
 * terminal, a line now and then elsewhere; nothing where it is soon over.
 */
final class CountDisplay implements FileProgress, AutoCloseable {
  private static final double QUIET_SECONDS = 2;
  private static final double PLAIN_EVERY_SECONDS = 10;
  private static final double REDRAW_SECONDS = 0.5;
  private static final int LEAST_BAR = 10;

  private final Console console;
  private final LongSupplier nanoTime;
  private String doing = "";
  private int first;
  private long start;
  private long told;

  CountDisplay(Console console) {
    this(console, System::nanoTime);
  }

  /** With a clock of its own. */
  CountDisplay(Console console, LongSupplier nanoTime) {
    this.console = console;
    this.nanoTime = nanoTime;
  }

  @Override
  public void at(String nowDoing, int done, int total) {
    at(nowDoing, "images", done, total);
  }

  @Override
  public void at(String nowDoing, String unit, int done, int total) {
    long now = nanoTime.getAsLong();
    if (!nowDoing.equals(doing)) {
      close();
      doing = nowDoing;
      first = done; // what was there before tells nothing of the pace
      start = now;
      told = now;
    }
    double seconds = seconds(start, now);
    if (seconds < QUIET_SECONDS || done <= first) {
      return;
    }
    double pace = (done - first) / seconds;
    String left = TrainingDisplay.duration((total - done) / pace);
    String words =
        unit.equals("images")
            ? String.format(
                Locale.ROOT, "%,d of %,d images, %.1f images/s, %s left", done, total, pace, left)
            : String.format(Locale.ROOT, "%,d of %,d %s, %s left", done, total, unit, left);
    Terminal terminal = console.terminal();
    String line = " " + doing + ": " + words;
    int columns = terminal.size().get().columns();
    boolean drawn = terminal.moves() && line.length() + LEAST_BAR < columns;
    if (seconds(told, now) < (drawn ? REDRAW_SECONDS : PLAIN_EVERY_SECONDS)) {
      return;
    }
    told = now;
    if (drawn) {
      String bar = Bar.of((double) done / total, line, columns - 1, terminal);
      console.panel(List.of(), List.of(bar), columns);
    } else {
      console.note(doing + ": " + words);
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  @Override
  public void close() {
    console.panel(List.of(), List.of(), Terminal.Size.USUAL.columns());
  }
}
