package org.inoculum.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.inoculum.Inoculum;
import org.inoculum.files.ForeignText;
import org.inoculum.files.Json;

/**
 * Results go to stdout, everything else to stderr; a {@link Panel} at the bottom of a terminal
 * makes way for lines. Control characters, which names of files may have, are not passed on.
 */
final class Console {
  private static final int LONGEST_ERROR = 4000;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final Panel panel = new Panel();
  private final boolean stage;
  private List<String> panelLines = List.of();

  Console(PrintStream out, PrintStream err, Terminal terminal) {
    this(
        new PrintWriter(out, true, StandardCharsets.UTF_8),
        new PrintWriter(err, true, StandardCharsets.UTF_8),
        terminal,
        false);
  }

  private Console(PrintWriter out, PrintWriter err, Terminal terminal, boolean stage) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.stage = stage;
  }

  /**
   * The console of a command that is a stage of another one: its result is a line on the way, and
   * what one would type next is not told.
   */
  Console ofStage() {
    return new Console(err, err, terminal, true);
  }

  Terminal terminal() {
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
    leavePanel();
    out.println(clean(AsTyped.of(line)));
  }

  /**
   * The command that one would type next, as the last line of a result.
   *
   * @param command its name and arguments, each as one types it; a path may need quotation marks
   */
  void next(Object... command) {
    if (stage) {
      return;
    }
    print(
        Arrays.stream(command)
            .map(word -> word instanceof Path ? Inoculum.quoted(word.toString()) : word.toString())
            .collect(Collectors.joining(" ", "next: inoculum ", "")));
  }

  /** The result for machines. */
  void printJson(Object result) {
    out.print(ForeignText.json(Json.document(result)));
    out.flush();
  }

  /** A line on the way. */
  void note(String line) {
    note(line, Terminal.Colours.NONE, Ink.QUIET);
  }

  /** A line on the way that asks for attention. */
  void warn(String line) {
    note(line, terminal.colours(), Ink.WARNING);
  }

  private synchronized void note(String line, Terminal.Colours colours, Ink ink) {
    String text = ink.on(clean(AsTyped.of(line)), colours);
    if (panel.isEmpty()) {
      err.println(text);
    } else {
      send(panel.replace(List.of(text), panelLines, terminal.size().get().columns()));
    }
  }

  /** What went wrong, in one line. */
  void error(String message) {
    note("inoculum: " + shortened(message.replace("\n", " ").replace("\r", "")));
  }

  /**
   * Replaces the panel, on a terminal that can.
   *
   * @param above lines that go above it for good, {@link #clean}
   * @param lines each with less visible characters than {@code columns}; none remove it
   */
  synchronized void panel(List<String> above, List<String> lines, int columns) {
    if (!(panel.isEmpty() && lines.isEmpty() && above.isEmpty())) {
      send(panel.replace(above, lines, columns));
    }
    panelLines = List.copyOf(lines);
  }

  /** Leaves the panel as the last thing that was drawn, and goes on below it. */
  synchronized void leavePanel() {
    send(panel.leave());
    panelLines = List.of();
  }

  private void send(String text) {
    err.print(text);
    err.flush();
  }

  /** An error names what is wrong; it does not repeat a whole file. */
  private static String shortened(String message) {
    return message.length() <= LONGEST_ERROR
        ? message
        : message.substring(0, LONGEST_ERROR / 2)
            + " … "
            + message.substring(message.length() - LONGEST_ERROR / 2);
  }

  /** As one line, without what could move the cursor or forge a line. */
  static String clean(String line) {
    return ForeignText.line(line);
  }
}
