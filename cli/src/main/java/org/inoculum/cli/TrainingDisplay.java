package org.inoculum.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.inoculum.UserException;
import org.inoculum.image.Image;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.train.EvaluationRecord;
import org.inoculum.train.Progress;
import org.inoculum.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training: on a terminal a {@link TrainingPanel}, redrawn now and then by a thread of its
 * own, under the lines of what happened; elsewhere these lines, and one now and then of where it
 * stands.
 */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private static final double PLAIN_EVERY_SECONDS = 30;
  private static final long REDRAW_MILLIS = 500;

  private final Console console;
  private final boolean lines;
  private final boolean samplesShown;
  private final CountDisplay preparations;
  private final List<String> pending = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread redraws;
  private @Nullable TrainingPanel panel;
  private @Nullable RunDirectory run;
  private boolean narrow;
  private double lastPlain;
  private String score = "";

  /**
   * A display.
   *
   * @param lines whether to show the line of each iteration, which is in the run's log anyway
   * @param preview whether to show samples
   */
  TrainingDisplay(Console console, boolean lines, DisplayOptions.Preview preview) {
    this.console = console;
    this.preparations = new CountDisplay(console);
    this.lines = lines;
    Terminal terminal = console.terminal();
    this.samplesShown =
        switch (preview) {
          case AUTO -> terminal.unicode() && terminal.colours() != Terminal.Colours.NONE;
          case ON -> true;
          case OFF -> false;
        };
  }

  /** The run, once it has started. */
  @Nullable RunDirectory run() {
    return run;
  }

  @Override
  public synchronized void preparing(String doing, int done, int total) {
    preparations.at(doing, done, total);
  }

  @Override
  public synchronized void started(RunDirectory started) {
    preparations.close();
    run = started;
    console.note("run " + started.path() + " (Ctrl-C saves and stops)");
    if (console.terminal().moves()) {
      panel =
          new TrainingPanel(
              console.terminal(), samplesShown, String.valueOf(started.path().getFileName()));
      before(started).forEach(panel::evaluated);
      Thread thread = new Thread(this::redraw, "display");
      thread.setDaemon(true);
      thread.start();
      redraws = thread;
    }
  }

  /** Scores of a run that is resumed. */
  private static List<EvaluationRecord> before(RunDirectory run) {
    try {
      return run.metrics(EvaluationRecord.class);
    } catch (UserException e) {
      return List.of(); // a crash has spoilt them, and the training cuts them
    }
  }

  private void redraw() {
    try {
      do {
        draw();
      } while (!closed.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void line(String text) {
    if (!lines && text.startsWith(">")) {
      return;
    }
    if (panel == null) {
      console.note(text);
    } else {
      pending.add(Console.clean(text)); // drawn with the panel, not a hundred times a second
    }
  }

  @Override
  public synchronized void warned(String text) {
    if (panel == null) {
      console.warn(text);
    } else {
      pending.add(Ink.WARNING.on(Console.clean(text), console.terminal().colours()));
    }
  }

  @Override
  public synchronized void sampleGridSaved(long iteration, List<Image> images) {
    if (panel != null) {
      panel.images(images);
    }
  }

  @Override
  public synchronized void snapshotSaved(long iteration) {
    if (panel != null) {
      panel.snapshot(iteration);
    }
  }

  @Override
  public synchronized void checkpointSaved(long iteration) {
    if (panel != null) {
      panel.checkpoint(iteration);
    }
  }

  @Override
  public synchronized void evaluated(EvaluationRecord evaluation) {
    if (panel != null) {
      panel.evaluated(evaluation);
    }
    if (evaluation.energyDistance() != null && evaluation.energyDistanceBaseline() != null) {
      score =
          String.format(
              Locale.ROOT,
              ", energy distance %.3f (real images %.3f)",
              evaluation.energyDistance(),
              evaluation.energyDistanceBaseline());
    }
  }

  @Override
  public synchronized void progressed(Progress progress) {
    if (panel != null) {
      panel.progress(progress);
    }
    boolean plain = panel == null || narrow;
    if (plain && progress.seconds() - lastPlain >= PLAIN_EVERY_SECONDS) {
      lastPlain = progress.seconds();
      console.note(plain(progress));
    }
  }

  private String plain(Progress progress) {
    String losses =
        progress.measured().entrySet().stream()
            .map(one -> one.getKey() + " " + TrainingPanel.number(one.getValue()))
            .collect(Collectors.joining(" "));
    StringBuilder memory = new StringBuilder();
    ResidentMemory.bytes()
        .ifPresent(bytes -> memory.append(", ").append(TrainingPanel.gibibytes(bytes)));
    return String.format(
        Locale.ROOT,
        "%.0f%%: iteration %d, %.2f kimg, %.1f images/s, %s left%s, %s%s",
        100 * progress.progress(),
        progress.iteration(),
        progress.kimg(),
        progress.imagesPerSecond(),
        duration(progress.secondsLeft()),
        memory,
        losses,
        score);
  }

  /** Asks and writes outside the lock: a terminal that is held (Ctrl-S) holds no training. */
  private void draw() {
    Terminal.Size size = console.terminal().size().get();
    List<String> above;
    List<String> now;
    synchronized (this) {
      if (panel == null) {
        return;
      }
      now = panel.lines(size, ResidentMemory.bytes());
      narrow = now.isEmpty();
      above = List.copyOf(pending);
      pending.clear();
    }
    console.panel(above, now, size.columns());
  }

  @Override
  public void close() {
    Thread thread = redraws;
    if (thread == null) {
      preparations.close(); // where it failed before the run was there
      return;
    }
    closed.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1)); // longer only if the terminal is held
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    draw();
    console.leavePanel();
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
              duration(status.seconds())));
      console.print("samples: " + run.path().resolve("samples"));
      if (status.state() == RunStatus.State.FINISHED) {
        console.next("generate", run.path(), "--count 1000 --out synthetic");
      } else {
        console.next("resume", run.path());
      }
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
