package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals before and after a command asks whether to stop, in a process of its own. */
class StopRequestTest {
  private static final long PATIENCE_SECONDS = 60;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void beforeItIsAskedTheFirstSignalEndsTheProcess(String signal, int exitCode) throws Exception {
    try (Child child = Child.start("unasked")) {
      child.signal(signal);
      assertThat(child.exitCode()).isEqualTo(exitCode);
      assertThat(child.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void onceItIsAskedTheFirstSignalIsARequest(String signal, int exitCode) throws Exception {
    try (Child child = Child.start("asked")) {
      child.signal(signal);
      assertThat(child.exitCode()).isEqualTo(exitCode);
      assertThat(child.rest()).isEqualTo("saved");
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void theSecondSignalEndsTheProcess(String signal, int exitCode) throws Exception {
    try (Child child = Child.start("busy")) {
      child.signal(signal);
      assertThat(child.line()).isEqualTo("noticed");
      child.signal(signal);
      assertThat(child.exitCode()).isEqualTo(exitCode);
      assertThat(child.rest()).isEmpty();
    }
  }

  /** A command that goes on until it is told to stop, or longer. */
  static final class Command {
    public static void main(String[] arguments) {
      StopRequest stop = StopRequest.onSignals();
      boolean asks = !arguments[0].equals("unasked");
      if (asks) {
        stop.getAsBoolean();
      }
      System.out.println("ready");
      while (!asks || !stop.getAsBoolean()) {
        Thread.onSpinWait();
      }
      if (arguments[0].equals("busy")) {
        System.out.println("noticed");
        while (true) {
          Thread.onSpinWait();
        }
      }
      System.out.println("saved");
      System.exit(stop.exitCode().orElseThrow());
    }
  }

  private record Child(Process process) implements AutoCloseable {
    static Child start(String how) throws IOException {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "this system has no signals");
      Process process =
          new ProcessBuilder(
                  // A shell in the background has its children ignore SIGINT.
                  "/usr/bin/env",
                  "--default-signal=INT,TERM,HUP",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Command.class.getName(),
                  how)
              .redirectErrorStream(true)
              .start();
      Child child = new Child(process);
      assertThat(child.line()).isEqualTo("ready");
      return child;
    }

    /** The next line that it prints. */
    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      int read = process.getInputStream().read();
      while (read != -1 && read != '\n') {
        line.append((char) read);
        read = process.getInputStream().read();
      }
      return line.toString();
    }

    void signal(String name) throws IOException, InterruptedException {
      String[] command = {"/usr/bin/env", "kill", "-" + name, String.valueOf(process.pid())};
      assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
      return process.exitValue();
    }

    String rest() throws IOException {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
