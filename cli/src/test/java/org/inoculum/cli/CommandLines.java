package org.inoculum.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line of the program, for tests of other packages: to be looked at, not to be run. */
public final class CommandLines {
  private CommandLines() {}

  /** A new one, which prints nowhere. */
  public static CommandLine create() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Main.commandLine(new Console(nowhere, nowhere, Terminal.PLAIN), StopRequest.never());
  }
}
