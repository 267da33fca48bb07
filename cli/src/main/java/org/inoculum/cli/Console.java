package org.inoculum.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.inoculum.files.Json;

/**
 * Results go to stdout, everything else to stderr; a progress bar at the bottom of a terminal makes
 * way for lines.
 */
final class Console {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private String bar = "";

  Console(PrintStream out, PrintStream err, boolean terminal) {
    this.out = new PrintWriter(out, true, StandardCharsets.UTF_8);
    this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
    this.terminal = terminal;
  }

  /** Whether stderr is a terminal that moves its cursor; the launcher knows, Java 17 does not. */
  static boolean isTerminal() {
    String term = System.getenv("TERM");
    return Boolean.getBoolean("inoculum.terminal")
        && term != null
        && !term.equals("dumb")
        && System.getenv("NO_COLOR") == null;
  }

  boolean terminal() {
    return terminal;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** A line of the result. */
  synchronized void print(String line) {
    hideBar();
    out.println(line);
    showBar();
  }

  /** The result for machines. */
  void printJson(Object result) {
    out.print(Json.document(result));
    out.flush();
  }

  /** A line on the way. */
  synchronized void note(String line) {
    hideBar();
    err.println(line);
    showBar();
  }

  /** What went wrong, in one line. */
  void error(String message) {
    note("inoculum: " + message.replace("\n", " ").replace("\r", ""));
  }

  /** Replaces the bar; an empty text removes it. */
  synchronized void bar(String text) {
    hideBar();
    bar = text;
    showBar();
  }

  private void hideBar() {
    if (!bar.isEmpty()) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private void showBar() {
    if (!bar.isEmpty()) {
      err.print(bar);
      err.flush();
    }
  }
}
