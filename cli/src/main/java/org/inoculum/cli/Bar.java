package org.inoculum.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar in the last line of a terminal. */
final class Bar implements AutoCloseable {
  private static final int STEPS = 1000;
  private static final int WIDTH = 100;

  private final Console console;
  private final ProgressBar bar;

  Bar(Console console, String task) {
    this.console = console;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(STEPS)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis((int) Duration.ofMillis(500).toMillis())
            .setMaxRenderedLength(WIDTH)
            .hideEta()
            .setConsumer(
                new ProgressBarConsumer() {
                  @Override
                  public int getMaxRenderedLength() {
                    return WIDTH;
                  }

                  @Override
                  public void accept(String rendered) {
                    console.bar(rendered);
                  }

                  @Override
                  public void close() {
                    console.bar("");
                  }
                })
            .build();
  }

  /**
   * Moves the bar.
   *
   * @param share 0..1
   * @param words what is said beside it
   */
  void at(double share, String words) {
    bar.stepTo(Math.min(STEPS, Math.round(STEPS * share)));
    bar.setExtraMessage(words);
  }

  @Override
  public void close() {
    bar.close();
    console.bar("");
  }
}
