package org.inoculum.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks {@code stty}, which every Unix has, how large the terminal is: now and then, since windows
 * are resized. Java has no way of its own.
 */
final class TerminalSize implements Supplier<Terminal.Size> {
  private static final long GOOD_FOR_NANOS = TimeUnit.SECONDS.toNanos(2);

  private Terminal.Size last = Terminal.Size.USUAL;
  private long askedAt;
  private boolean asked;

  @Override
  public synchronized Terminal.Size get() {
    long now = System.nanoTime();
    if (!asked || now - askedAt > GOOD_FOR_NANOS) {
      asked = true;
      askedAt = now;
      last = ask(last);
    }
    return last;
  }

  private static Terminal.Size ask(Terminal.Size before) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/tty")))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(stty.getInputStream(), StandardCharsets.US_ASCII))) {
        String line = answer.readLine();
        stty.waitFor(1, TimeUnit.SECONDS);
        return line == null ? before : parse(line, before);
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      return before; // no stty, or no terminal to ask
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return before;
    }
  }

  /** From "24 80"; some terminals say 0 for what they do not know. */
  static Terminal.Size parse(String rowsAndColumns, Terminal.Size before) {
    String[] words = rowsAndColumns.strip().split(" ", -1);
    if (words.length != 2 || !words[0].matches("\\d{1,5}") || !words[1].matches("\\d{1,5}")) {
      return before;
    }
    int rows = Integer.parseInt(words[0]);
    int columns = Integer.parseInt(words[1]);
    return new Terminal.Size(
        columns == 0 ? before.columns() : columns, rows == 0 ? before.rows() : rows);
  }
}
